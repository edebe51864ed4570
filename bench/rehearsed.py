"""An event as the rehearsal has it: its posts with their pictures, its programme, and a list with every kind of scene."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import groupby
from zoneinfo import ZoneInfo

from bench.example_posts import examples
from bench.example_scenes import set_up
from bench.example_sponsors import sponsors
from wall.core.event import Event
from wall.core.hashtag import tagkey
from wall.core.moderation import Status, Verdict
from wall.core.post import Post
from wall.core.source import SourceSettings
from wall.media import Pictures
from wall.rehearsal.people import people
from wall.rehearsal.programme import ROOM
from wall.rehearsal.record import record
from wall.sources.replay import parse_line, parse_post
from wall.store import Store
from wall.store.submission import Submission

SLUG = "cg26"
LAST_SECOND = 98_400
"""Of the recording, which begins at a quarter past eight: the second morning, at twenty-five to twelve."""
PICTURED = timedelta(hours=2)
"""Of older posts no picture is kept: no scene shows one."""
LATE_MORNING = timedelta(hours=11, minutes=35)
CITIES = [
    "Pacific/Auckland",
    "Australia/Sydney",
    "Asia/Tokyo",
    "Asia/Singapore",
    "Asia/Bangkok",
    "Asia/Dhaka",
    "Asia/Karachi",
    "Asia/Dubai",
    "Europe/Helsinki",
    "Europe/Berlin",
    "Europe/Dublin",
    "Atlantic/Azores",
    "America/Noronha",
    "America/Sao_Paulo",
    "America/New_York",
    "America/Chicago",
    "America/Denver",
    "America/Los_Angeles",
    "America/Anchorage",
    "Pacific/Honolulu",
]


def event(now: datetime) -> Event:
    return Event(
        slug=SLUG,
        title=ROOM["title"],
        hashtags=ROOM["hashtags"],
        keys=tuple(tagkey(tag) for tag in ROOM["hashtags"]),
        timezone=city(now),
    )


def city(now: datetime) -> str:
    """Return the zone in which a late morning is nearest, so that a day is half over whenever pictures are taken."""

    def away(zone: str) -> timedelta:
        clock = now.astimezone(ZoneInfo(zone))
        return abs(timedelta(hours=clock.hour, minutes=clock.minute) - LATE_MORNING)

    return min(CITIES, key=away)


async def rehearse(store: Store, pictures: Pictures) -> None:
    """Set the event up, with everything approved that came in from its first morning to the second."""
    now = datetime.now(UTC)
    made = event(now)
    await store.events.create(made)
    await store.sources.save(SLUG, SourceSettings(id="phones", kind="form"))
    await store.screens.open(SLUG, "Main stage", now=now)
    for _, minute in groupby(
        posts(made, now), key=lambda post: int((now - post.received_at).total_seconds() // 60)
    ):
        together = list(minute)
        dressed = [await pictures.dress(post) if now - post.received_at < PICTURED else post for post in together]
        approved = [Submission(post, Verdict(status=Status.APPROVED)) for post in dressed]
        await store.posts.submit(SLUG, approved, now=together[-1].received_at)
    wanted = await sponsors(pictures)
    await store.sponsors.change(SLUG, lambda _: wanted, now=now)
    await set_up(store, SLUG)


def posts(made: Event, now: datetime) -> list[Post]:
    """Return what moderators would have let through, each as its author wrote it first."""
    rejected = {person.name for person in people() if person.part == "spam"}
    recorded = (line for line in record() if line["op"] == "post" and line["at"] < LAST_SECOND)
    lines = [
        *(line for line in recorded if line["author"]["name"] not in rejected),
        *examples(made.hashtags[0], LAST_SECOND),
    ]
    found = []
    for line in sorted(lines, key=lambda line: line["at"]):
        at = now - timedelta(seconds=LAST_SECOND - line["at"])
        post = parse_post(parse_line(json.dumps(line)), "rehearsal", made, now)
        found.append(replace(post, created_at=at, received_at=at))
    return found
