"""`backchannel plan`: how much machine so many viewers and posts take."""

import argparse

from wall.commands import say
from wall.config import Config
from wall.core.capacity import ASSUMPTIONS, FIGURES, LINE, Day, Plan
from wall.core.capacity import plan as planned
from wall.errors import ConfigError


async def plan(config: Config, options: argparse.Namespace) -> int:
    """Print what a day of an event asks for, and what that is computed from."""
    day = Day(
        viewers=options.viewers,
        posts_per_hour=options.posts_per_hour,
        events=options.events,
        hours=options.hours,
    )
    if day.viewers < 1 or day.posts_per_hour < 0 or day.events < 1 or day.hours <= 0:
        raise ConfigError("Viewers, events and hours are one or more, posts an hour none or more.")
    say(*lines(day, planned(day)), "", "Assumed:", *(f"  {one}" for one in ASSUMPTIONS), "", "Measured:")
    say(*(f"  {one.value:>9,g} {one.unit:8}  {one.what} ({one.source})" for one in FIGURES))
    return 0


def lines(day: Day, asked: Plan) -> list[str]:
    machine = "1 machine is enough" if asked.machines == 1 else f"{asked.machines} machines"
    many = "1 event" if day.events == 1 else f"{day.events:,} events"
    rows = [
        ("web processes", f"{asked.web_processes}, one of them to spare", f"{asked.web_cores:.2f} cores together"),
        ("", "", f"{asked.arrival_cores:.2f} cores more while people arrive"),
        (
            "ingest workers",
            f"{asked.ingest_workers}, one of them to spare",
            f"{asked.ingest_cores:.2f} cores together",
        ),
        ("Redis", f"{asked.redis_commands:,.0f} commands a second", f"{asked.redis_cores:.2f} cores"),
        ("machines", machine, f"{asked.cores:.2f} cores and {LINE} Mbit/s of a line are what counts"),
        (
            "memory",
            f"{asked.web_megabytes:,.0f} MB a web process",
            f"{asked.ingest_megabytes:,.0f} MB an ingest worker",
        ),
        ("", "", f"{asked.redis_megabytes:,.0f} MB Redis, after {day.hours:g} hours"),
        (
            "line",
            f"{asked.megabits:,.0f} Mbit/s",
            f"{asked.arrival_megabits:,.1f} Mbit/s more while people arrive",
        ),
        ("disk", f"{asked.disk_megabytes:,.0f} MB", f"after {day.hours:g} hours, pictures among them"),
        ("a burst of ten", f"{asked.burst_seconds:.2f} s", "until the last viewer has all ten"),
        ("all come back", f"{asked.return_seconds:.2f} s", "of a core of each web process"),
    ]
    told = f"{day.viewers:,} viewers and {day.posts_per_hour:,g} posts an hour, {many}:"
    return [told, *(f"  {what:15} {this:34} {that}".rstrip() for what, this, that in rows)]
