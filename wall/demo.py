"""`backchannel demo`: the rehearsal event, played to whoever wants to see what a wall is."""

import argparse
import json
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from wall.commands import LINK_LASTS, now, say
from wall.commands.serve import running
from wall.config import Config
from wall.core.event import Event
from wall.core.hashtag import tagkey
from wall.core.participation import NEW
from wall.core.people import Link
from wall.core.source import SourceSettings
from wall.errors import NotFound
from wall.processes import until_told_to_stop
from wall.rehearsal.hall import FOYER, MAIN, clock, lists, poll, sessions, sponsors
from wall.rehearsal.people import people
from wall.rehearsal.programme import ROOM, dates
from wall.rehearsal.record import record
from wall.store import Store

SLUG = "demo"
BEGIN_SECONDS = 5400
"""The recording starts an hour and a half in, so that the wall is not empty: what came before comes at once."""
LONGEST_PAUSE_SECONDS = 12
TRUSTED_PARTS = ("top", "speaker")


async def demo(config: Config, options: argparse.Namespace) -> int:
    """Play the rehearsal until told to stop, in a folder that goes with it unless one is given."""
    with data_folder(config) as data_dir:
        config = replace(config, data_dir=data_dir, redis_url="", redis_replicas=0)
        async with running(config, workers=1) as (store, base):
            await prepare(store, config, speed=options.speed)
            screen, foyer, desk = await links(store)
            say(
                "The rehearsal is playing; nothing leaves this machine.",
                f"  screen     {base}/{SLUG}/screen/open#{screen}",
                f"  another    {base}/{SLUG}/screen/open#{foyer}   (in the foyer, with other scenes)",
                f"  live page  {base}/{SLUG}",
                f"  desk       {base}/sign-in?next=/{SLUG}/moderate#{desk}   (works once)",
                "Ctrl-C stops it.",
            )
            await until_told_to_stop()
    return 0


@contextmanager
def data_folder(config: Config) -> Iterator[Path]:
    """Yield the folder given, or one that is deleted at the end."""
    if "data_dir" in config.origins:
        yield config.data_dir
        return
    with tempfile.TemporaryDirectory(prefix="backchannel-demo-") as folder:
        yield Path(folder)


async def prepare(store: Store, config: Config, *, speed: float) -> None:
    """Make the event, trust those a moderator would, and set the recording up as its source."""
    recording = config.data_dir / "rehearsal.jsonl"
    lines = list(record())
    recording.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    try:
        await store.events.get(SLUG)
    except NotFound:
        starts, ends = dates(now().date())
        await store.events.create(
            Event(
                slug=SLUG,
                title=ROOM["title"],
                hashtags=ROOM["hashtags"],
                keys=tuple(tagkey(tag) for tag in ROOM["hashtags"]),
                timezone=ROOM["timezone"],
                starts=starts,
                ends=ends,
                mode="trusted go through",
                participation=NEW,
            )
        )
        for person in people():
            if person.part in TRUSTED_PARTS:
                await store.authors.trust(SLUG, f"replay:{person.network}:{person.key}", by="The rehearsal")
        await furnish(store, [line["at"] for line in lines], speed=speed)
    await store.sources.save(SLUG, SourceSettings(id="phones", kind="form"))
    await store.sources.save(
        SLUG,
        SourceSettings(
            id="rehearsal",
            kind="replay",
            options={
                "path": str(recording.resolve()),
                "speed": str(speed),
                "begin": str(BEGIN_SECONDS),
                "pause": str(LONGEST_PAUSE_SECONDS),
            },
        ),
    )


async def furnish(store: Store, times: Sequence[float], *, speed: float) -> None:
    """Give the event its scenes, sponsors, a poll, and a programme that runs as fast as the recording does."""
    for scenes in lists():
        await store.scenes.create(SLUG, scenes, now=now())
    await store.sponsors.change(SLUG, lambda _: sponsors(), now=now())
    await store.polls.add(SLUG, poll(now()), now=now())
    reached = clock(times, now(), begin=BEGIN_SECONDS, speed=speed, pause=LONGEST_PAUSE_SECONDS)
    await store.programmes.change(SLUG, lambda before: before.with_sessions(sessions(reached)), now=now())


async def links(store: Store) -> tuple[str, str, str]:
    """Return the tokens of two new screens and of a one-time link to the desk."""
    screen = await open_screen(store, "Main stage", room="Depot", scenes=MAIN)
    foyer = await open_screen(store, "Foyer", room="", scenes=FOYER)
    people = await store.people.all()
    you = people[0] if people else await store.people.add("You", owner=True)
    link = Link(kind="sign-in", person_id=you.id, expires_at=now() + LINK_LASTS)
    return screen, foyer, await store.people.make_link(link, now=now())


async def open_screen(store: Store, name: str, *, room: str, scenes: str) -> str:
    """Open a screen that runs a list, and return its token."""
    screen, token = await store.screens.open(SLUG, name, now=now())
    await store.screens.arrange(SLUG, screen.id, lambda one: replace(one, room=room, scenes=scenes), now=now())
    return token
