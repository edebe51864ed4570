"""Reactions to posts: counted as they come, and told once a second. Who gave what leaves Redis for nobody else."""

from collections.abc import Mapping
from dataclasses import dataclass

from wall.core.reactions import Reaction
from wall.core.words import _
from wall.errors import InvalidInput, NotFound
from wall.store.database import Call, Database, Script
from wall.store.keys import EventKeys
from wall.store.known import COUNTS

REACT = Script("react", after=("reaction",))
UNREACT = Script("unreact", after=("reaction",))

MOST_PARTICIPANTS = 20_000
"""Of one post: what is kept of who gave it what stays below two megabytes."""
MOST_POSTS = 1_000
"""Of one participant, so that all of theirs can be taken back in one step."""
FULL = {
    -1: _("This post has had more reactions than are counted."),
    -2: _(
        "You have reacted to %(most_posts)s posts here. Take one back to give another.",
        most_posts=f"{MOST_POSTS:,}",
    ),
}
ACT = {True: "yes", False: "no", None: ""}


@dataclass(frozen=True, slots=True)
class Given:
    """What a participant has given a post by now, and all that it has, by reaction."""

    own: tuple[str, ...]
    counts: Mapping[str, int]


class Reactions:
    """The reactions to the posts of every event, by slug."""

    def __init__(self, database: Database) -> None:
        self.database = database

    async def give(
        self,
        slug: str,
        post_id: str,
        participant_id: str,
        reaction: Reaction,
        *,
        wanted: bool | None,
        keep_seconds: int,
    ) -> Given:
        """Give a post a reaction, or take it back; None for the other of both. Twice the same is once.

        Raises NotFound for a post that is not on the wall, InvalidInput where there are too many.
        """
        keys = EventKeys(slug)
        answer = await self.database.run(
            Call(
                REACT,
                [keys.post(post_id), keys.reactions(post_id), keys.reacted(participant_id), keys.untold],
                [
                    post_id,
                    participant_id,
                    reaction.key,
                    ACT[wanted],
                    MOST_PARTICIPANTS,
                    MOST_POSTS,
                    keep_seconds,
                ],
            )
        )
        if answer is None:
            raise NotFound(_("This post is not on the wall."))
        if isinstance(answer, int):
            raise InvalidInput(FULL[answer])
        own, counts = answer
        return Given(tuple(own.decode().split()), COUNTS.decode(counts) if counts else {})

    async def own(self, slug: str, post_id: str, participant_id: str) -> tuple[str, ...]:
        """Return what a participant has given a post."""
        given = await self.database.command("HGET", EventKeys(slug).reactions(post_id), participant_id)
        return tuple(given.decode().split()) if given else ()

    async def of(self, slug: str, participant_id: str) -> dict[str, list[str]]:
        """Return what a participant has given, by post."""
        keys = EventKeys(slug)
        ids = [id.decode() for id in await self.database.command("SMEMBERS", keys.reacted(participant_id))]
        given = await self.database.commands(*(("HGET", keys.reactions(id), participant_id) for id in ids))
        return {id: row.decode().split() for id, row in zip(ids, given, strict=True) if row}

    async def take_back(self, slug: str, participant_id: str) -> None:
        """Take all reactions of a participant back: nothing of theirs is counted or kept any more."""
        keys = EventKeys(slug)
        await self.database.run(
            Call(UNREACT, [keys.reacted(participant_id), keys.untold, keys.posts], [participant_id])
        )
