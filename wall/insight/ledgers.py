"""Keeps the ledger of each event that is asked for: read once, and then only what has changed of it."""

import asyncio
from collections.abc import Callable, Collection, Hashable
from dataclasses import dataclass, field
from typing import Any, TypeVar

from wall.core.event_figures import EventFigures, event_figures
from wall.core.ledger import EVERYTHING, Ledger, Scope
from wall.core.programme import Programme
from wall.insight.ledger_table import Table
from wall.store import Store
from wall.store.ledger_head import Head

FRESH_SECONDS = 1.0
MOST_EVENTS = 8
MOST_READINGS = 10
"""Times that what changed meanwhile is read in turn."""
MOST_ANSWERS = 64
"""Answers that are kept of one ledger."""

Answer = TypeVar("Answer")


@dataclass(slots=True)
class Kept:
    """What is known of one event: its table, the ledger made of it, and what was counted of that."""

    table: Table = field(default_factory=Table)
    head: Head = field(default_factory=Head)
    programme: int = -1
    looked: float = float("-inf")
    ledger: Ledger | None = None
    answers: dict[Hashable, asyncio.Future[Any]] = field(default_factory=dict)


class Ledgers:
    """The ledgers of one process, by slug. However many ask, each change is read once, and once a second at most."""

    def __init__(self, store: Store, *, seconds: float = FRESH_SECONDS) -> None:
        self.store = store
        self.seconds = seconds
        self.kept: dict[str, Kept] = {}
        self.locks: dict[str, asyncio.Lock] = {}

    async def get(self, slug: str) -> Ledger | None:
        """Return the ledger as it was within the last second; None while not every post is read yet: ask again."""
        kept = await self._kept(slug)
        return kept.ledger if kept else None

    async def figures(
        self, slug: str, scope: Scope = EVERYTHING, *, own: Collection[str] = ()
    ) -> EventFigures | None:
        """Return the figures within a scope, counted once for each change; None as for `get`."""
        asked = (event_figures, scope, tuple(own))
        return await self.answer(slug, asked, lambda ledger: event_figures(ledger, scope, own=own))

    async def answer(self, slug: str, asked: Hashable, count: Callable[[Ledger], Answer]) -> Answer | None:
        """Return what a function says of the ledger, in a thread, once however often it is asked; None as for `get`.

        `asked` is what tells this question from all others about the same ledger.
        """
        kept = await self._kept(slug)
        if kept is None or kept.ledger is None:
            return None
        ledger, answers = kept.ledger, kept.answers
        if asked not in answers or failed(answers[asked]):
            answers[asked] = asyncio.ensure_future(asyncio.to_thread(count, ledger))
            if len(answers) > MOST_ANSWERS:
                del answers[next(iter(answers))]
        found: Answer = await asyncio.shield(answers[asked])
        return found

    async def _kept(self, slug: str) -> Kept | None:
        async with self.locks.setdefault(slug, asyncio.Lock()):
            kept = self.kept.get(slug, Kept())
            now = asyncio.get_running_loop().time()
            if now - kept.looked >= self.seconds:
                await self._look(slug, kept)
                if not kept.head.whole:
                    return None
                kept.looked = now
            self.kept.pop(slug, None)
            self.kept[slug] = kept
            if len(self.kept) > MOST_EVENTS:
                del self.kept[next(iter(self.kept))]
            return kept

    async def _look(self, slug: str, kept: Kept) -> None:
        """Read what has changed, if anything has."""
        head = await self.store.ledger.head(slug)
        if not head.whole:
            kept.head = head
            return
        version = await self.store.programmes.version(slug)
        if head.version < kept.head.version:
            kept.table, kept.head = Table(), Head()
        if (kept.ledger is not None and head.version == kept.head.version) and version == kept.programme:
            return
        programme = await self.store.programmes.get(slug)
        blocks: dict[str, bytes] = {}
        reached = kept.head
        for _reading in range(MOST_READINGS):
            changes = await self.store.ledger.since(slug, reached.version)
            reached = changes.head
            blocks |= changes.blocks
            if changes.one_moment:
                break
        else:  # they change faster than they are read: what was known before is of one moment at least
            return
        kept.ledger = await asyncio.to_thread(made, kept.table, reached, blocks, programme)
        kept.head, kept.programme, kept.answers = reached, version, {}


def failed(answer: asyncio.Future[Any]) -> bool:
    return answer.done() and (answer.cancelled() or answer.exception() is not None)


def made(table: Table, head: Head, blocks: dict[str, bytes], programme: Programme) -> Ledger:
    table.take_in(head, blocks)
    return table.ledger(programme)
