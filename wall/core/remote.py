"""The remote control: what each press makes of what a screen was told before."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Literal

from wall.core.scenes import Call, CallKind, Direction, Show

StateKind = Literal["show", "turn", "hold", "go on", "freeze", "thaw", "blank", "light", "normal"]
PressKind = StateKind | CallKind

CALL_LASTS = timedelta(seconds=30)
"""A screen that hears of a call later than this does not do it any more."""
SPREAD_SECONDS = 20
"""Several screens that are to load their page anew do it some time within so long."""
MOST_TURNS = 50

WORDS: dict[PressKind, str] = {
    "show": "show",
    "turn": "next",
    "hold": "hold",
    "go on": "go on",
    "freeze": "freeze",
    "thaw": "no longer frozen",
    "blank": "blank",
    "light": "no longer blank",
    "normal": "back to normal",
    "identify": "say your name",
    "reload": "load anew",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Press:
    """What somebody pressed: `show` with what is to be shown, `turns` forwards or, below zero, back."""

    id: str
    kind: PressKind
    at: datetime
    by: str
    by_name: str
    show: Show | None = None
    turns: int = 0
    several: bool = False


def told(before: Direction, press: Press) -> Direction:
    """Return what a screen is told after a press. The same press again changes nothing.

    What somebody wants shown is shown, so that it ends a screen's being blank or frozen, but not its being held.
    """
    if press.id == before.id or press.id in {call.id for call in before.calls}:
        return before
    if press.kind == "identify" or press.kind == "reload":
        return called(before, press, press.kind)
    return replace(
        changed(replace(before, show=shown(before, press.at)), press),
        id=press.id,
        since=press.at,
        by=press.by,
        by_name=press.by_name,
    )


def changed(before: Direction, press: Press) -> Direction:
    match press.kind:
        case "show":
            show = replace(press.show, at=press.at) if press.show else None
            return replace(before, show=show, frozen=False, blank=False)
        case "turn":
            return replace(before, turn=before.turn + press.turns, show=None, frozen=False, blank=False)
        case "hold":
            return replace(before, held=True)
        case "go on":
            return replace(before, held=False, show=None if before.held else before.show)
        case "freeze":
            return replace(before, frozen=True)
        case "thaw":
            return replace(before, frozen=False)
        case "blank":
            return replace(before, blank=True)
        case "light":
            return replace(before, blank=False)
        case _:
            return Direction(turn=before.turn, calls=before.calls)


def called(before: Direction, press: Press, kind: CallKind) -> Direction:
    """Return a direction with a call for something that is done once."""
    within = SPREAD_SECONDS if kind == "reload" and press.several else 0
    call = Call(id=press.id, kind=kind, at=press.at, by_name=press.by_name, within=within)
    return replace(before, calls=(*(one for one in before.calls if one.kind != kind), call))


def shown(direction: Direction, now: datetime) -> Show | None:
    """Return what somebody wants shown, unless its time is over."""
    show = direction.show
    if show is None or direction.held:
        return show
    since = show.at or direction.since
    return show if since is None or now < since + timedelta(seconds=show.seconds) else None


def fresh(direction: Direction, now: datetime) -> tuple[Call, ...]:
    """Return the calls that a screen is to do that has not done them, the newest last."""
    found = (call for call in direction.calls if now - call.at < CALL_LASTS)
    return tuple(sorted(found, key=lambda call: call.at))


def in_words(press: Press) -> str:
    """Return a press as the audit log says it."""
    if press.kind != "turn":
        return WORDS[press.kind]
    times = abs(press.turns)
    return ("next" if press.turns > 0 else "back") + (f", {times} times" if times > 1 else "")
