"""Posts from X, by its search: each one is paid for, so it stops at the budget that the organiser sets."""

import asyncio
import random
import re
from collections.abc import AsyncGenerator, Mapping, Sequence
from contextlib import aclosing
from typing import ClassVar

from wall.core.post import SourceRef
from wall.core.source import Place, SourceSettings
from wall.core.words import _
from wall.errors import InvalidInput, SourceError
from wall.sources.base import Batch, Context, Health, Option
from wall.sources.budget import Budget, money, price, whole
from wall.sources.payload import since_epoch
from wall.sources.x.api import Api
from wall.sources.x.position import ID, read_position, written_ms
from wall.sources.x.post import author_uid
from wall.sources.x.reading import LEAST, Reading

TOKEN = re.compile(r"[\x21-\x7e]{20,500}")
LONGEST_QUERY = 512  # characters
MOST_LIVE = 2000
COUNT_SECONDS = 300.0  # between looks at how many posts are on the wall and in the queue
USUAL_PRICE = "0.015"


class X:
    """A search again and again, and once a day a look at what is on the wall: both are paid for."""

    kind: ClassVar[str] = "x"
    title: ClassVar[str] = "X"
    pushed: ClassVar[bool] = False
    terms: ClassVar[str] = _(
        "X charges for every post that is read: about half a cent, and a cent for who wrote it. Posts on the wall and "
        "in the queue are read once more each day, for X wants them gone within a day of being deleted. You need a "
        "developer account at console.x.com with credits, and an app there. “Test it first” reads up to ten posts, too."
    )
    blind_spots: ClassVar[Sequence[str]] = (_("Reposts, protected accounts, and what is older than seven days."),)
    options: ClassVar[Sequence[Option]] = (
        Option(
            name="token",
            label=_("Bearer token"),
            help=_("At console.x.com with your app, under Keys and tokens."),
            required=True,
            secret=True,
        ),
        Option(
            name="most",
            label=_("Most posts to read"),
            help=_("In all, as long as this source is there; then it stops. 1,000 cost about $15."),
            required=True,
            directs=False,
            default="1000",
        ),
        Option(
            name="price",
            label=_("Price of a post"),
            help=_("In dollars, its author included, as your console says: for telling you what was spent."),
            directs=False,
            expert=True,
            default=USUAL_PRICE,
        ),
    )
    api: ClassVar[str] = "https://api.x.com"
    poll_seconds: ClassVar[tuple[float, float]] = (30.0, 40.0)
    look_seconds: ClassVar[float] = 20 * 3600.0

    def __init__(self, context: Context) -> None:
        self.context = context
        self.settings = self.check(context.settings.options)

    @classmethod
    def describe(cls, position: str) -> Place | None:
        newest = read_position(position).since
        return (
            Place(_("post %(number)s", number=newest), since_epoch(written_ms(newest) / 1000)) if newest else None
        )

    @classmethod
    def known_as(cls, handle: str, settings: SourceSettings) -> tuple[str, ...]:
        if not ID.fullmatch(handle.strip()):
            raise InvalidInput(
                _("X knows people by a number; their @name may be another's tomorrow."), field="handle"
            )
        return (author_uid(handle.strip()),)

    @classmethod
    def check(cls, options: Mapping[str, str]) -> Mapping[str, str]:
        token = options.get("token", "").strip()
        if not TOKEN.fullmatch(token):
            raise InvalidInput(_("Copy the bearer token of your app."), field="token")
        return {
            "token": token,
            "most": whole(options.get("most", ""), field="most", least=LEAST),
            "price": price(options.get("price", "") or USUAL_PRICE, field="price"),
        }

    async def posts(self, since: str | None) -> AsyncGenerator[Batch, None]:
        context = self.context
        reading = Reading(
            Api(self.api, self.settings["token"], fetch=context.fetch, now=context.now),
            SourceRef(id=context.settings.id, kind=self.kind),
            read_position(since),
            most=int(self.settings["most"]),
            now=context.now,
        )
        query, told, counted = question(context.event.sought), None, 0.0
        while True:
            now = context.now().timestamp()
            due = now >= reading.position.looked + self.look_seconds
            if due or now >= counted + COUNT_SECONDS:
                live, counted, spent = await context.known(MOST_LIVE), now, reading.budget.spent
            if due:
                async with aclosing(reading.look(live)) as batches:
                    async for batch in batches:
                        yield batch
                spent = reading.budget.spent
            # What is on the wall is to be looked at once more, and so is what was read since it was counted.
            kept = len(live) + reading.budget.spent - spent
            async with aclosing(reading.search(query, kept=kept)) as batches:
                async for batch in batches:
                    yield batch
            health = self.health(reading.budget, kept=kept)
            if health != told:
                yield [health]
            told = health
            await asyncio.sleep(random.uniform(*self.poll_seconds))

    def health(self, budget: Budget, *, kept: int) -> Health:
        """Return how much is spent, in words, and how to go on where it is all."""
        each = self.settings["price"]
        spent = (
            f"{budget.spent:,} of at most {budget.most:,} posts are read, about {money(budget.spent, each)} of "
            f"{money(budget.most, each)}."
        )
        if budget.left - kept >= LEAST:
            return Health("healthy", f"Searching X. {spent}")
        rest = " What is left is for finding out which of them were deleted." if budget.left else ""
        raise_it = "To go on, write a higher number under “Most posts to read” and save."
        return Health("failing", f"Stopped: {spent}{rest} {raise_it}")


def question(hashtags: Sequence[str]) -> str:
    """Return what to search for: original posts with any of these hashtags."""
    query = f"({' OR '.join(f'#{tag}' for tag in hashtags)}) -is:retweet"
    if len(query) > LONGEST_QUERY:
        raise SourceError("These are too many hashtags for one search of X; take some away.", permanent=True)
    return query
