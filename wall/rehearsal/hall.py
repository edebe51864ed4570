"""What there is at the rehearsal beside posts: the scenes of two screens, sponsors, a poll, and the programme."""

from bisect import bisect_right
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from itertools import pairwise

from wall.core.poll import Poll
from wall.core.programme import Session
from wall.core.scenes import Scene, SceneList
from wall.core.sponsors import Sponsor, Sponsors
from wall.rehearsal.programme import ROOM, programme

MAIN, FOYER = "main-stage", "foyer"
TIERS = {"Halyard Hosting": "Gold", "Lantern Maps": "Silver", "Birchwire": "Silver", "Pellicle Type": "Silver"}
NOT_IN_A_PROGRAMME = ("night", "dusk1")


def lists() -> tuple[SceneList, SceneList]:
    """Return what the screen on the main stage runs, and the one in the foyer."""
    welcome = {"text": "Welcome to the depot. \nPost with #" + ROOM["hashtags"][0]}
    return (
        SceneList(
            id=MAIN,
            name="Main stage",
            scenes=(
                Scene(id="wall", kind="wall", seconds=90),
                Scene(id="questions", kind="questions", seconds=20),
                Scene(id="trends", kind="trends", seconds=12, options={"minutes": "5"}),
                Scene(id="programme", kind="programme", seconds=15),
                Scene(id="sponsors", kind="sponsors", seconds=10),
            ),
        ),
        SceneList(
            id=FOYER,
            name="Foyer",
            scenes=(
                Scene(id="programme", kind="programme", seconds=20),
                Scene(id="wall", kind="wall", seconds=45),
                Scene(id="numbers", kind="numbers", seconds=12),
                Scene(id="people", kind="people", seconds=12),
                Scene(id="poll", kind="poll", seconds=15),
                Scene(id="join", kind="join", seconds=12),
                Scene(id="welcome", kind="announcement", seconds=8, options=welcome),
                Scene(id="sponsors", kind="sponsors", seconds=10),
            ),
        ),
    )


def sponsors() -> Sponsors:
    """Return the sponsors of the rehearsal, which have names and no logos, since nobody drew any."""
    found = Sponsors(every=12, seconds=10)
    for number, name in enumerate(ROOM["sponsors"], 1):
        found = found.added(Sponsor(id=f"sponsor{number}", name=name, tier=TIERS[name]))
    return found


def poll(now: datetime) -> Poll:
    """Return what the audience is asked."""
    return Poll(
        id="mending",
        kind="single",
        question="What shall we mend on the last evening?",
        options=("Radios", "Bicycles", "Lamps", "The espresso machine"),
        most=1,
        status="open",
        created_at=now,
        opened_at=now,
    )


def sessions(reached: Callable[[float], datetime]) -> tuple[Session, ...]:
    """Return the sessions at the times when the rehearsal reaches them, by seconds from midnight of its first day."""
    return tuple(
        Session(
            id=one.id,
            title=one.title,
            starts=reached(one.start),
            ends=reached(one.end),
            room="" if one.room not in ROOM["rooms"] else one.room,
            speakers=(one.speaker,) if one.speaker else (),
        )
        for one in programme()
        if one.id not in NOT_IN_A_PROGRAMME
    )


def clock(
    times: Sequence[float], now: datetime, *, begin: float, speed: float, pause: float
) -> Callable[[float], datetime]:
    """Return what tells when a recording that starts now, at `begin`, reaches a second of its first day.

    `times` are those of its posts in order, in seconds after the doors open; no gap lasts longer than `pause`.
    """
    doors = programme()[0].start
    stops = [begin, *(time for time in times if time > begin)]
    played = [0.0]
    for before, after in pairwise(stops):
        played.append(played[-1] + min(pause, (after - before) / speed))

    def reached(second: float) -> datetime:
        time = second - doors
        place = bisect_right(stops, time) - 1
        if place < 0:
            return now + timedelta(seconds=round((time - begin) / speed))
        return now + timedelta(seconds=round(played[place] + min(pause, (time - stops[place]) / speed)))

    return reached
