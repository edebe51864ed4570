"""The chat of an event at a moment: which edition is on, what was asked in it, and which of its posts are shown."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from wall.core.answering import without_answers
from wall.core.edition import Asked, Edition, asked, next_time, standing
from wall.core.event import Event
from wall.core.moderation import Standing
from wall.core.numbered import without_label
from wall.store import Store


@dataclass(frozen=True, slots=True)
class Moment:
    """The chat at a moment: which edition it is about, the questions asked in it, and the one that stands until when.

    Between editions it is about the next one that is planned, if there is one.
    """

    edition: Edition | None
    asked: tuple[Asked, ...] = ()
    standing: Asked | None = None
    until: datetime | None = None

    @property
    def said(self) -> str:
        """The question that stands, for readers who may not be in the chat; "" for none."""
        return f"Q{self.standing.number}: {self.standing.text}" if self.standing else ""


async def moment_of(store: Store, event: Event, now: datetime) -> Moment:
    """Return the chat as it is: the edition that opened last and has not ended, else the next one that is planned."""
    editions = [one for one in await store.chats.all(event.slug) if one.ends > now]
    opened = max(
        (one for one in editions if one.opens <= now), key=lambda one: (one.opens, one.number), default=None
    )
    if opened is None:
        return Moment(min(editions, key=lambda one: (one.starts, one.number), default=None))
    found = await questions_of(store, event, opened, now)
    return Moment(opened, tuple(found), standing(opened, found, now), next_time(opened, found, now))


async def questions_of(store: Store, event: Event, edition: Edition, now: datetime) -> list[Asked]:
    """Return the questions asked until now; where only a host's post asks one, that post is on the wall."""
    posts = await store.chat_index.asked(event.slug, edition.number)
    found = asked(edition, posts, now)
    standings = await by_id(store, event, [one.post for one in found if one.post])
    kept = []
    for one in found:
        post = standings.get(one.post)
        if one.text or post:
            words = one.text or (without_label(post.post.text) if post else "")
            kept.append(Asked(one.number, words, one.at, one.post if post else ""))
    return kept


async def shown(store: Store, event: Event, ids: Sequence[str]) -> list[Standing]:
    """Return those of some posts that are on the wall now, in the same order."""
    found = await by_id(store, event, ids)
    return [found[id] for id in ids if id in found]


async def by_id(store: Store, event: Event, ids: Sequence[str]) -> dict[str, Standing]:
    """Return those of some posts that are on the wall now, by their ids."""
    there = await store.posts.get_all(event.slug, list(ids)) if ids else []
    visible = without_answers([one for one in there if one and one.visible])
    return {one.post.id: one for one in await store.threads.tied(event.slug, visible)} if visible else {}
