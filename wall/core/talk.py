"""What some posts of an event talk about, against all its others: those of a session, or of some people.

It is counted as trends are (trends.py), with another crowd to set it against.
"""

from collections.abc import Callable, Collection, Hashable, Mapping, Set
from itertools import islice
from typing import TypeVar

from wall.core.trends import Crowd, Trend, Uttered, apart, stands_out

Named = TypeVar("Named", bound=Hashable)


def talk(
    uttered: Mapping[str, Uttered],
    chosen: Set[str],
    *,
    most: int,
    allows: Callable[[str], bool] = lambda _phrase: True,
) -> list[Trend]:
    """Return what the chosen posts, by id, talk about and the others do not, what most people say first.

    Of a trend, `before` are the people among the others. `allows` is asked about each phrase, as it is compared.
    """
    here, others = Crowd(), Crowd()
    for id, one in uttered.items():
        (here if id in chosen else others).add(id, one)
    return foremost(here, others, uttered, most, allows)


def talk_of(
    uttered: Mapping[str, Uttered],
    people: Mapping[Named, Collection[str]],
    *,
    most: int,
    allows: Callable[[str], bool] = lambda _phrase: True,
) -> dict[Named, list[Trend]]:
    """Return what each of several groups of people talks about and all others do not; somebody may be in several."""
    others, of_author = Crowd(), dict[str, list[str]]()
    for id, one in uttered.items():
        others.add(id, one)
        of_author.setdefault(one.author, []).append(id)
    found = {}
    for name, authors in people.items():
        here = Crowd()
        theirs = [id for author in authors for id in of_author.get(author, ())]
        for id in theirs:
            here.add(id, uttered[id])
            others.take(id, uttered[id])
        found[name] = foremost(here, others, uttered, most, allows)
        for id in theirs:
            others.add(id, uttered[id])
    return found


def foremost(
    here: Crowd, others: Crowd, uttered: Mapping[str, Uttered], most: int, allows: Callable[[str], bool]
) -> list[Trend]:
    found = sorted(stands_out(here, others, uttered), key=lambda one: (-one[1].people, -one[0], one[1].phrase))
    return list(islice(apart(trend for _ratio, trend in found if allows(trend.phrase)), most))
