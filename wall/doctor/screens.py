"""Whether every screen is there, and shows what it should."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from wall.core.event import Event
from wall.core.people import Screen
from wall.core.showing import SPEAKS, Showing
from wall.doctor.finding import Finding, careful, ok


def screens(
    event: Event, opened: Iterable[Screen], showings: Sequence[Showing], *, version: str, now: datetime
) -> list[Finding]:
    """Judge each screen of an event: when it was heard of last, and which version it runs."""
    return [
        screen(
            f"screen “{one.name}” of {event.slug}",
            one,
            [show for show in showings if show.screen == one.id],
            version,
            now,
        )
        for one in opened
        if one.kind == "screen"
    ]


def screen(name: str, one: Screen, showings: Sequence[Showing], version: str, now: datetime) -> Finding:
    here = [show for show in showings if not show.left and now - show.seen_at < SPEAKS]
    if not here:
        heard = max([show.seen_at for show in showings] + ([one.seen_at] if one.seen_at else []), default=None)
        if heard is None:
            return careful(
                name, "It was never opened.", "Open its link on the machine of the projector, or take it back."
            )
        return careful(
            name,
            f"Nothing was heard of it for {span(now - heard)}.",
            "See that its machine is on, awake and in the network; if it is not needed any more, take it back.",
        )
    others = sorted({show.version for show in here if show.version and show.version != version})
    if others:
        return careful(
            name,
            f"It runs version {', '.join(others)}, and this is {version}.",
            "It renews itself once it is idle; reload its page to have that now.",
        )
    size = f"{here[0].width}×{here[0].height}" if here[0].width else "an unknown size"
    return ok(name, f"It is here, {size}, with {here[0].posts} post{'' if here[0].posts == 1 else 's'}.")


def span(time: timedelta) -> str:
    seconds = max(0, int(time.total_seconds()))
    for size, unit in ((86_400, "day"), (3600, "hour"), (60, "minute"), (1, "second")):
        if seconds >= size:
            number = seconds // size
            return f"{number} {unit}{'' if number == 1 else 's'}"
    return "a moment"
