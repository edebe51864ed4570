"""Posts of whoever left: withdrawn, of nobody, and without the address that told whose they were."""

from datetime import datetime
from typing import TYPE_CHECKING

import msgspec

from wall.core import authorship
from wall.core.moderation import Standing
from wall.store.database import Call, Script
from wall.store.keys import EventKeys

if TYPE_CHECKING:
    from wall.store.posts import Posts

UNANSWER = Script("unanswer")
KEYS_AT_A_TIME = 1000


async def forget(posts: "Posts", slug: str, author: str, *, now: datetime) -> None:
    """Withdraw every post of an author, and keep nothing of whose they were."""

    def forgotten(standing: Standing) -> Standing | None:
        return authorship.forget(standing, now) if standing.post.author.uid == author else None

    keys = EventKeys(slug)
    for standing in await posts.of_author(slug, author):
        await posts.change(slug, standing.post.id, forgotten, "withdrawn", now)
        # Once it is out of its thread and its card, for those are found by what it says of itself.
        await posts.change(slug, standing.post.id, authorship.unnamed, "withdrawn", now)
        if standing.post.aliases:
            await posts.database.command("HDEL", keys.aliases, *standing.post.aliases)
    await unanswer(posts, slug, author)
    # Last: by it, who was cut off finds the posts again.
    await posts.database.command("DEL", keys.author(author))


async def unanswer(posts: "Posts", slug: str, author: str) -> None:
    """Take away what decisions about an author's posts were answered with, which is kept for a day."""
    keys, cursor = EventKeys(slug), "0"
    said = msgspec.json.encode(author)
    while True:
        call = Call(UNANSWER, [keys.event], [cursor, keys.decision(""), KEYS_AT_A_TIME, said])
        cursor = (await posts.database.run(call)).decode()
        if cursor == "0":
            return
