"""An invented event of which everything is known: who is listened to, who stays unhappy, and who only makes noise."""

from dataclasses import dataclass, field
from random import Random

from bench.insight.network import Network
from wall.core.lasting import HOUR, MINUTE, Sounding, course
from wall.core.triage import Case

PEOPLE, KNOWN, LASTING, FLARES = 300, 10, 10, 50
BOT, BOT_POSTS = "bot", 295
RING = tuple(f"sock{number}" for number in range(5))
NOW = 9 * HOUR


@dataclass
class Seeded:
    """The event: `known` are those who are listened to, `lasting` those who stay unhappy, `cases` who may want an answer.

    Followers are drawn alike for all, but for one of a million whom nobody here listens to.
    """

    network: Network = field(default_factory=Network)
    known: set[str] = field(default_factory=set)
    lasting: set[str] = field(default_factory=set)
    followers: dict[str, int] = field(default_factory=dict)
    cases: list[Case] = field(default_factory=list)


def seeded(seed: int) -> Seeded:
    """Return the event that belongs to a number."""
    draw = Random(seed)
    event = Seeded()
    people = [f"person{number}" for number in range(PEOPLE)]
    for name in (*people, BOT, *RING):
        event.followers[name] = round(draw.lognormvariate(5, 2))
    event.followers[people[0]] = 1_000_000
    event.known = set(draw.sample(people[1:], KNOWN))
    talk(event, people, draw)
    noise(event)
    complain(event, people, draw)
    return event


def talk(event: Seeded, people: list[str], draw: Random) -> None:
    for name in people:
        for _turn in range(1 + round(draw.expovariate(0.5))):
            event.network.post(name)
    for name in sorted(event.known):
        for _turn in range(4):
            event.network.passed_on(event.network.post(name), *draw.sample(people, draw.randint(8, 30)))
    for _turn in range(2 * PEOPLE):
        name, other = draw.sample(people, 2)
        event.network.answer(name, to=other)
    for _turn in range(PEOPLE):
        event.network.passed_on(draw.randrange(PEOPLE), draw.choice(people))


def noise(event: Seeded) -> None:
    for _turn in range(BOT_POSTS):
        event.network.post(BOT)
    for name in RING:
        for _turn in range(50):
            event.network.passed_on(event.network.post(name), *(other for other in RING if other != name))


def complain(event: Seeded, people: list[str], draw: Random) -> None:
    """Have some be unhappy for hours, others once. How angry they sound says nothing about which of them they are."""
    unhappy = draw.sample(people, LASTING + FLARES)
    event.lasting = set(unhappy[:LASTING])
    for name in unhappy:
        begins = draw.randint(1, 5) * HOUR
        times = [begins + draw.randint(0, 25) * MINUTE for _turn in range(draw.randint(1, 3))]
        if name in event.lasting:
            times.append(begins + draw.randint(150, 200) * MINUTE)
        posts = [Sounding(f"{name} {at}", at, draw.uniform(0.86, 0.99)) for at in times]
        event.cases.append(
            Case(
                post=name,
                since=max(times),
                asks=draw.random() < 0.3,
                problem="wifi" if draw.random() < 0.3 else "",
                state=course(posts, now=NOW).state,
            )
        )
