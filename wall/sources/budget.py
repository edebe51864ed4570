"""A budget: how much of a service that charges, or answers only so often, is used. Counted before it is used."""

from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from wall.core.words import _
from wall.errors import InvalidInput

LARGEST = 2_000_000
HIGHEST_PRICE = Decimal(10)


@dataclass(frozen=True, slots=True)
class Budget:
    """At most `most` of something, of which some is spent.

    What is about to be used is spent first, and kept so, and what turned out to be less is given back: whoever is cut
    off in between spends too little, never too much.
    """

    most: int
    spent: int = 0

    @property
    def left(self) -> int:
        return max(self.most - self.spent, 0)


def whole(text: str, *, field: str, least: int) -> str:
    """Return a whole number as it is kept; raises InvalidInput."""
    digits = text.strip().replace(",", "").replace(" ", "")
    if not (digits.isascii() and digits.isdigit() and len(digits) < 9 and least <= int(digits) <= LARGEST):
        raise InvalidInput(
            _("Write a number from %(least)s to %(largest)s.", least=f"{least:,}", largest=f"{LARGEST:,}"),
            field=field,
        )
    return str(int(digits))


def price(text: str, *, field: str) -> str:
    """Return an amount of money as it is kept, without its currency; raises InvalidInput."""
    refused = InvalidInput(_("Write an amount such as 0.015."), field=field)
    try:
        amount = Decimal(text.strip().removeprefix("$"))
    except InvalidOperation as error:
        raise refused from error
    if len(text) > 20 or not amount.is_finite() or not 0 <= amount <= HIGHEST_PRICE:
        raise refused
    return f"{amount:f}"


def money(number: int, each: str) -> str:
    """Return what so many cost, in words."""
    return f"${number * Decimal(each):,.2f}"


def kept_number(value: object) -> int:
    """Return a number as it was kept with a position, 0 for anything else."""
    return value if type(value) is int and 0 <= value <= LARGEST * 2 else 0
