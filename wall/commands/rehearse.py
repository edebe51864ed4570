"""`backchannel rehearse`: a day on this wall, and whether it is ready for one."""

import argparse
import secrets
import sys

from wall import USER_AGENT
from wall.commands import base_url, now, say
from wall.config import Config
from wall.core.rehearsing import TITLE, slug_at
from wall.dress_rehearsal import here
from wall.dress_rehearsal.chance import SEEDS, drawn_faults
from wall.dress_rehearsal.course import Course
from wall.dress_rehearsal.outcome import outcome
from wall.dress_rehearsal.plan import Plan, checked
from wall.dress_rehearsal.recording import day, played
from wall.dress_rehearsal.told import as_json, as_page, as_text
from wall.erasing import Eraser
from wall.errors import ConfigError, NotFound, StoreUnavailable
from wall.media import Pictures
from wall.processes import allow_many_connections
from wall.sources.fetch import Fetch
from wall.store import Store, open_store
from wall.store.server import running_url


async def rehearse(config: Config, options: argparse.Namespace) -> int:
    """Rehearse, report, and say by the exit status whether the wall is ready."""
    plan = planned(options)
    here.able(config.data_dir, plan.faults)
    base = (options.url or base_url(config, config.port)).rstrip("/")
    lines = played(day(options.day), plan)
    allow_many_connections()
    store = open_store(config.redis_url or running_url(config.data_dir / "redis"))
    began = now()
    try:
        course = Course(
            store=store,
            slug=slug_at(began),
            base=base,
            data_dir=config.data_dir,
            plan=plan,
            lines=lines,
            now=now,
            told=progress,
        )
        try:
            ended = outcome(plan, await course.run())
        finally:
            if not options.keep:
                await erase(store, config, course.slug)
    finally:
        await store.database.close()
    say(*([as_json(ended)] if options.json else as_text(ended)))
    if options.keep:
        progress(f"The event is kept: {base}/{course.slug}")
    if options.page:
        write(options, as_page(ended, base=base, at=began))
    return 0 if ended.ready else 1


def planned(options: argparse.Namespace) -> Plan:
    """Return what is asked for, its random faults drawn; raises ConfigError."""
    consent = options.break_this_wall
    plan = checked(
        Plan(
            minutes=options.minutes,
            speed=options.speed,
            viewers=options.viewers,
            faults=options.fault,
            raid=options.raid,
            panic=options.panic,
            patience=options.patience,
        ),
        consent=consent,
    )
    if options.random_faults is None:
        if options.seed is not None:
            raise ConfigError("A seed is that of random faults: say how many by --random-faults.")
        return plan
    seed = options.seed if options.seed is not None else secrets.randbelow(SEEDS)
    return drawn_faults(plan, options.random_faults, seed=seed, consent=consent)


async def erase(store: Store, config: Config, slug: str) -> None:
    """Leave nothing of the rehearsal's event."""
    async with Fetch(user_agent=USER_AGENT) as fetch:
        try:
            event = await store.events.get(slug)
            await Eraser(store, Pictures(config.picture_dir, fetch), now).erase(event, by_name=TITLE)
        except NotFound:
            return
        except StoreUnavailable as error:
            progress(f"{error.message} The event {slug} is still there; erase it on its page once Redis is back.")


def write(options: argparse.Namespace, page: str) -> None:
    try:
        options.page.write_text(page, encoding="utf-8")
    except OSError as error:
        raise ConfigError(f"{options.page} cannot be written: {error.strerror}.") from error


def progress(words: str) -> None:
    """Say how far it is beside the report, which may be read by a program."""
    sys.stderr.write(words + "\n")
    sys.stderr.flush()
