"""From private to public: an excerpt of a back channel becomes a post once everybody who is quoted in it agrees.

    proposed ─every quoted member agrees→ agreed        handed to the moderators, and on the wall once they say so
    proposed ─one declines, leaves or changes a quoted message→ stopped
    agreed ─one withdraws, leaves or changes a quoted message→ stopped        and the post is taken down

What is stopped stays stopped: the same words need a new proposal, and everybody's consent anew.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

from wall.core.text import GRAPHEME
from wall.core.words import _
from wall.errors import InvalidInput

MOST_QUOTED = 10  # messages
LONGEST = 500  # graphemes, in all
Stage = Literal["proposed", "agreed", "stopped"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """One message as it is quoted: its number, who said it, by id and name, and the words."""

    number: int
    by: str
    name: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Excerpt:
    """What somebody proposed to make public, and who of the quoted agreed so far. `id` says nothing of the thread."""

    id: str
    by: str
    by_name: str
    quotes: tuple[Quote, ...]
    proposed_at: datetime
    agreed: tuple[str, ...] = ()
    stage: Stage = "proposed"

    @property
    def quoted(self) -> tuple[str, ...]:
        """The members whose consent it takes, in the order in which they speak."""
        return tuple(dict.fromkeys(quote.by for quote in self.quotes))

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(quote.name for quote in self.quotes))

    @property
    def words(self) -> str:
        """The text of the post that it becomes: as a dialogue, or as plain words where one alone speaks."""
        if len(self.quoted) == 1:
            return "\n".join(f"“{quote.text}”" for quote in self.quotes)
        return "\n".join(f"{quote.name}: “{quote.text}”" for quote in self.quotes)


def propose(id: str, *, by: str, by_name: str, quotes: Sequence[Quote], now: datetime) -> Excerpt:
    """Return a new proposal. Who proposes agrees to their own words by that; all others are asked."""
    if not quotes:
        raise InvalidInput(_("Tick the messages that are to be made public."))
    if len(quotes) > MOST_QUOTED:
        raise InvalidInput(_("At most %(most_quoted)s messages fit one post.", most_quoted=MOST_QUOTED))
    excerpt = Excerpt(id=id, by=by, by_name=by_name, quotes=tuple(quotes), proposed_at=now)
    length = sum(1 for _ in GRAPHEME.finditer(excerpt.words))
    if length > LONGEST:
        raise InvalidInput(
            _(
                "These have %(length)s characters together; %(longest)s fit on the wall.",
                length=length,
                longest=LONGEST,
            )
        )
    return agree(excerpt, by) if by in excerpt.quoted else excerpt


def agree(excerpt: Excerpt, by: str) -> Excerpt:
    """Return an excerpt with one more consent; once it has everybody's, it is agreed. Raises InvalidInput."""
    if by not in excerpt.quoted:
        raise InvalidInput(_("You are not quoted there, so nobody waits for your consent."))
    if excerpt.stage == "stopped":
        raise InvalidInput(_("This was stopped; it takes a new proposal."))
    agreed = tuple(dict.fromkeys((*excerpt.agreed, by)))
    return replace(excerpt, agreed=agreed, stage="agreed" if set(agreed) == set(excerpt.quoted) else "proposed")


def withdraw(excerpt: Excerpt, by: str) -> Excerpt:
    """Return an excerpt once somebody who is quoted, or who proposed it, says no; raises InvalidInput for others."""
    if by not in (*excerpt.quoted, excerpt.by):
        raise InvalidInput(_("Only who is quoted there, or proposed it, can stop it."))
    return stop(excerpt)


def stop(excerpt: Excerpt) -> Excerpt:
    """Return an excerpt that nothing becomes of; it keeps none of the words."""
    return replace(excerpt, stage="stopped", quotes=tuple(replace(one, text="") for one in excerpt.quotes))


def without(
    excerpts: Sequence[Excerpt], *, numbers: Collection[int] = (), member: str = ""
) -> tuple[Excerpt, ...]:
    """Return excerpts once some messages have changed or gone, or a member left: those that quote them are stopped."""
    return tuple(
        stop(one) if member in one.quoted or any(quote.number in numbers for quote in one.quotes) else one
        for one in excerpts
    )
