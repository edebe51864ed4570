"""What screens show, as they say themselves once it is painted, and what that proves."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from wall.core.curtain import CurtainKind
from wall.core.feed import Cursor
from wall.core.people import Screen
from wall.core.programme import same_room

Script = Literal["Chinese", "Japanese", "Korean"]
LATELY = timedelta(hours=1)
SPEAKS = timedelta(seconds=25)
"""A screen that is open was heard of within this: it speaks every ten seconds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Showing:
    """What one device, opened by a screen's link, has painted.

    `cursor` is the place in the public feed up to which its picture is true, reached at `reached_at`; `seen_at` is when
    it spoke last, and `left` that `page`, one load of it, was closed then. `width` and `height` are in pixels,
    `missing` the scripts that its machine has no letters for. `scene` is the id of the scene that is seen, and `post`
    that of the post, where one is seen alone. `told` is the id of the direction that this follows, as of `told_at`, and
    `did` that of the newest call that it has done.
    """

    screen: str
    device: str
    cursor: str
    reached_at: datetime
    seen_at: datetime
    posts: int = 0
    curtain: CurtainKind = "open"
    version: str = ""
    width: int = 0
    height: int = 0
    road: str = ""
    page: str = ""
    scene: str = ""
    post: str = ""
    told: str = ""
    told_at: datetime | None = None
    did: str = ""
    left: bool = False
    missing: tuple[Script, ...] = ()

    def painted(self, wanted: Cursor, tip: Cursor) -> bool:
        """Tell whether its picture holds everything up to a place of the feed that ends at `tip`."""
        reached = Cursor.parse(self.cursor)
        if reached is None or reached.epoch != tip.epoch:
            return False
        # What happened before this history began is in the snapshot that it began with.
        return wanted.epoch != tip.epoch or reached.offset >= wanted.offset


@dataclass(frozen=True, slots=True, kw_only=True)
class Witness:
    """A screen that must confirm what left the wall: since when it has, or since when nothing was heard of it."""

    screen: Screen
    showings: Sequence[Showing]
    painted_at: datetime | None
    heard_at: datetime


def witnesses(
    screens: Iterable[Screen], showings: Iterable[Showing], wanted: Cursor, tip: Cursor, *, now: datetime
) -> list[Witness]:
    """Return what every screen that was here lately has to say about a place of the feed.

    A link that is open on several devices has confirmed once each of them has. One that was opened and never said
    what it shows is silent since then.
    """
    found: list[Witness] = []
    spoken = list(showings)
    for screen in screens:
        mine = [one for one in spoken if one.screen == screen.id]
        here = [one for one in mine if not one.left and now - one.seen_at < LATELY]
        if here:
            found.append(witness(screen, here, wanted, tip))
        elif (
            screen.seen_at
            and now - screen.seen_at < LATELY
            and not any(one.seen_at >= screen.seen_at for one in mine)
        ):
            found.append(Witness(screen=screen, showings=(), painted_at=None, heard_at=screen.seen_at))
    return found


def witness(screen: Screen, here: Sequence[Showing], wanted: Cursor, tip: Cursor) -> Witness:
    silent = [one.seen_at for one in here if not one.painted(wanted, tip)]
    return Witness(
        screen=screen,
        showings=here,
        painted_at=None if silent else max(one.reached_at for one in here),
        heard_at=min(silent, default=min(one.seen_at for one in here)),
    )


def seen_in(
    room: str, screens: Iterable[Screen], showings: Sequence[Showing], *, now: datetime
) -> tuple[Screen, Showing] | None:
    """Return the screen that an audience sees, of those that are open now, and what one device shows there.

    It is the oldest that stands in the room, else the oldest of which nobody said where it stands; for no room, any.
    """
    here = [one for one in showings if not one.left and now - one.seen_at < SPEAKS]
    for screen in sorted(screens, key=lambda one: (not same_room(one.room, room), one.created_at, one.id)):
        mine = sorted((one for one in here if one.screen == screen.id), key=lambda one: one.device)
        if mine and (same_room(screen.room, room) or not (screen.room and room)):
            return screen, mine[0]
    return None
