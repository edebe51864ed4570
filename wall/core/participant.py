"""Somebody who takes part in an event from a browser: no account, a name if they give one, and where they are."""

from dataclasses import dataclass
from typing import Literal, get_args

from wall.core.continent import Continent

Place = Literal["", "room", "remote"]
PLACES: tuple[Place, ...] = get_args(Place)

AUTHOR = "form:"
"""How the uid of a participant as an author begins."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Participant:
    """Who takes part. `id` is of one event and says nothing of the secret in the cookie that it was made from.

    `place` is where they say they are, empty while they have not said. `continent` is where they chose to be counted.
    """

    id: str
    name: str = ""
    place: Place = ""
    continent: Continent = ""


def participant_of(author: str) -> str | None:
    """Return which participant an author is, by uid; None for whoever writes elsewhere."""
    return author.removeprefix(AUTHOR) or None if author.startswith(AUTHOR) else None
