"""The hashtag of posts that were sent to the event itself, and so need not name it."""

from wall.core.event import Event
from wall.core.post import Tag


def implied(event: Event, tags: tuple[Tag, ...]) -> tuple[Tag, ...]:
    """Return the tags with the event's first hashtag among them."""
    if any(tag.key in event.keys for tag in tags) or not event.keys:
        return tags
    return (*tags, Tag(event.hashtags[0], event.keys[0], "meta"))
