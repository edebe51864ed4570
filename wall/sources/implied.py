"""The hashtags of posts that need not name them: sent to the event itself, or going on from one that has them."""

from typing import Literal

from wall.core.event import Event
from wall.core.matching import keys_of
from wall.core.post import Tag


def implied(event: Event, tags: tuple[Tag, ...], where: Literal["sent", "thread"] = "sent") -> tuple[Tag, ...]:
    """Return the tags with the event's first hashtag among them, and those that every post must have."""
    has = {tag.key for tag in tags}
    asked = list(zip(event.terms.every, keys_of(event.terms.every), strict=True))
    if has.isdisjoint(event.keys):
        asked[:0] = list(zip(event.hashtags, event.keys, strict=False))[:1]
    return (*tags, *(Tag(raw, key, where) for raw, key in asked if key not in has))
