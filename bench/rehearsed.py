"""An event as the rehearsal has it: its posts with their pictures, its programme, and a list with every kind of scene."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from bench.example_scenes import set_up
from wall.core.event import Event
from wall.core.hashtag import tagkey
from wall.core.moderation import Status, Verdict
from wall.core.post import Post
from wall.core.source import SourceSettings
from wall.media import Pictures
from wall.rehearsal.programme import ROOM
from wall.rehearsal.record import record
from wall.sources.replay import parse_line, parse_post
from wall.store import Store
from wall.store.submission import Submission

SLUG = "rehearsal"
FROM_SECOND, POSTS = 5_400, 70
STEP = timedelta(seconds=9)


def event() -> Event:
    return Event(
        slug=SLUG,
        title=ROOM["title"],
        hashtags=ROOM["hashtags"],
        keys=tuple(tagkey(tag) for tag in ROOM["hashtags"]),
        timezone=ROOM["timezone"],
    )


async def rehearse(store: Store, pictures: Pictures) -> None:
    """Set the event up, with everything approved that came in within some minutes, one of it pinned by nobody."""
    made = event()
    await store.events.create(made)
    await store.sources.save(SLUG, SourceSettings(id="phones", kind="form"))
    await store.screens.open(SLUG, "Main stage", now=datetime.now(UTC))
    now = datetime.now(UTC)
    for place, post in enumerate(posts(made, now)):
        at = now - STEP * (POSTS - place)
        dressed = await pictures.dress(replace(post, created_at=at, received_at=at))
        await store.posts.submit(SLUG, [Submission(dressed, Verdict(status=Status.APPROVED))], now=at)
    await set_up(store, SLUG)


def posts(made: Event, now: datetime) -> list[Post]:
    """Return posts of the first morning, each as its author wrote it first."""
    lines = [line for line in record() if line["op"] == "post" and line["at"] >= FROM_SECOND][:POSTS]
    return [parse_post(parse_line(json.dumps(line)), "rehearsal", made, now) for line in lines]
