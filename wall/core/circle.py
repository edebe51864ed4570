"""A circle: an event that only its members see, who decide among themselves who else comes in."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal, get_args

from wall.core.words import _
from wall.errors import InvalidInput

Manner = Literal["majority", "no veto"]
MANNERS: tuple[Manner, ...] = get_args(Manner)
Came = Literal["organiser", "team", "invitation"]
Left = Literal["", "left", "removed", "office"]

MANNER_WORDS: dict[Manner, str] = {
    "majority": "more ayes than nays",
    "no veto": "at least one aye and no nay",
}
FEWEST_TO_REMOVE = 3
BROWSER_KEPT = timedelta(days=180)


@dataclass(frozen=True, slots=True, kw_only=True)
class CircleRule:
    """How a circle decides: by the majority of the votes cast, or so that one nay is a veto.

    `quorum` is how many of a hundred who may vote have to, or nothing is decided; abstentions count for it.
    """

    manner: Manner = "majority"
    quorum: int = 50
    open_hours: int = 72

    def enough(self, voters: int) -> int:
        """Return how many of so many voters have to vote."""
        return max(1, -(-voters * self.quorum // 100))

    def __str__(self) -> str:
        return f"{MANNER_WORDS[self.manner]}, {self.quorum} % have to vote, within {self.open_hours} hours"


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """Somebody of a circle, or who was. `proposal` is the one they came by, `person` who they are on the staff, if so.

    With an `office` they are an organiser of the event, and have their place for as long as they are.
    """

    id: str
    name: str
    came: Came
    came_at: datetime
    proposal: str = ""
    person: str = ""
    office: bool = False
    left: Left = ""
    left_at: datetime | None = None

    @property
    def present(self) -> bool:
        return self.left_at is None


@dataclass(frozen=True, slots=True, kw_only=True)
class Browser:
    """A browser in which a member is let in; `words` say which one, for its list."""

    member: str
    words: str
    created_at: datetime
    seen_at: datetime

    def good(self, now: datetime) -> bool:
        return now - self.seen_at < BROWSER_KEPT


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnLink:
    """A link by which a member lets in one more browser of their own: what its token is kept as, and until when."""

    fingerprint: str
    until: datetime


def present(members: Iterable[Member]) -> list[Member]:
    """Return who is of the circle now, by when they came."""
    return sorted((one for one in members if one.present), key=lambda one: (one.came_at, one.id))


def check_removable(member: Member, members: Iterable[Member]) -> None:
    """Raise InvalidInput where a removal may not even be proposed."""
    if not member.present:
        raise InvalidInput(_("%(name)s is no member any more.", name=member.name))
    if member.office:
        raise InvalidInput(_("%(name)s organises this event, and so has a place in its circle.", name=member.name))
    if len(present(members)) < FEWEST_TO_REMOVE:
        raise InvalidInput(_("There are too few of you to remove somebody."))


def check_leaving(member: Member) -> None:
    """Raise InvalidInput for who may not leave: somebody has to be able to set the circle up."""
    if member.office:
        raise InvalidInput(
            _("Who organises the event stays in its circle; another organiser can take your role away.")
        )
