"""The sponsors of an event: in tiers, each with a logo or its name, and how often one is on the wall."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from wall.core.brand import Plate
from wall.core.post import Picture
from wall.core.text import clean_name
from wall.core.words import _
from wall.errors import InvalidInput, NotFound

MOST = 100
EVERY = range(201)
SECONDS = range(5, 61)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sponsor:
    """One sponsor. `plate` is what the logo stands on; without a logo, the name stands for it."""

    id: str
    name: str
    tier: str = ""
    logo: Picture | None = None
    plate: Plate = "light"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sponsors:
    """The sponsors in their order. Every so many posts, one has a card on the wall for so long; 0 is never."""

    all: tuple[Sponsor, ...] = ()
    every: int = 0
    seconds: int = 10

    @property
    def tiers(self) -> dict[str, list[Sponsor]]:
        """The sponsors by tier; tiers in the order of their first sponsors."""
        found: dict[str, list[Sponsor]] = {}
        for sponsor in self.all:
            found.setdefault(sponsor.tier, []).append(sponsor)
        return found

    @property
    def pictures(self) -> set[str]:
        """The ids of the pictures they show."""
        return {sponsor.logo.id for sponsor in self.all if sponsor.logo}

    def one(self, id: str) -> Sponsor:
        """Return a sponsor; raises NotFound."""
        for sponsor in self.all:
            if sponsor.id == id:
                return sponsor
        raise NotFound(_("There is no such sponsor any more; somebody took it out."))

    def added(self, sponsor: Sponsor) -> "Sponsors":
        """Return them with one more at the end; raises InvalidInput."""
        if len(self.all) >= MOST:
            raise InvalidInput(_("An event has %(most)s sponsors at most.", most=MOST), field="name")
        return replace(self, all=(*self.all, checked(sponsor)))

    def changed(self, sponsor: Sponsor) -> "Sponsors":
        """Return them with one as it is now, in its place; raises NotFound or InvalidInput."""
        place = self.all.index(self.one(sponsor.id))
        return replace(self, all=(*self.all[:place], checked(sponsor), *self.all[place + 1 :]))

    def without(self, id: str) -> "Sponsors":
        return replace(self, all=tuple(one for one in self.all if one.id != id))

    def raised(self, id: str) -> "Sponsors":
        """Return them with one a place further up; raises NotFound."""
        place = self.all.index(self.one(id))
        moved: Iterable[Sponsor] = self.all
        if place:
            before = self.all[: place - 1]
            moved = (*before, self.all[place], self.all[place - 1], *self.all[place + 1 :])
        return replace(self, all=tuple(moved))

    def paced(self, every: int, seconds: int) -> "Sponsors":
        """Return them with another pace; raises InvalidInput naming the field."""
        if every not in EVERY:
            raise InvalidInput(
                _("A number from 0, which is never, to %(stop)s.", stop=EVERY.stop - 1), field="every"
            )
        if seconds not in SECONDS:
            raise InvalidInput(
                _("A number from %(start)s to %(stop)s.", start=SECONDS.start, stop=SECONDS.stop - 1),
                field="seconds",
            )
        return replace(self, every=every, seconds=seconds)


def checked(sponsor: Sponsor) -> Sponsor:
    """Return a sponsor as it is kept; raises InvalidInput."""
    name = clean_name(sponsor.name)
    if not name:
        raise InvalidInput(_("Give the sponsor's name; it is heard where the logo cannot be seen."), field="name")
    return replace(sponsor, name=name, tier=clean_name(sponsor.tier))
