"""The rules of an event: one value with a version, and how often each rule caught a post."""

import logging
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace

import msgspec

from wall.core.audit import Entry, rule_changes
from wall.core.moderation import Verdict
from wall.core.rules import Chain, Rule, checked_chain
from wall.store.audit import noted
from wall.store.codec import decode, encode
from wall.store.database import Call, Database, Script
from wall.store.keys import EventKeys

log = logging.getLogger(__name__)

KEEP = Script("rules", after=("note",))


@dataclass(frozen=True, slots=True)
class Tally:
    """How many posts a rule caught, and how often it failed instead."""

    caught: int = 0
    failed: int = 0


class Rules:
    """The chain of every event, by slug."""

    def __init__(self, database: Database) -> None:
        self.database = database

    async def get(self, slug: str) -> Chain:
        """Return an event's chain; a damaged one is not readable, and everything waits."""
        version, data = await self.database.command("HMGET", EventKeys(slug).rules, "version", "chain")
        if data is None:
            return Chain()
        try:
            return replace(decode(Chain, data), version=int(version))
        except msgspec.DecodeError as error:
            log.error("The rules of %s are damaged, so everything waits: %s", slug, error)
            return Chain(version=int(version), readable=False)

    async def change(
        self, slug: str, change: Callable[[tuple[Rule, ...]], Iterable[Rule]], *, entry: Entry | None = None
    ) -> Chain:
        """Change an event's rules by a function of how they stand, and return the new chain.

        The function may be called again when somebody else changes them at the same time. Raises InvalidInput when
        they are too many. Damaged ones are replaced. `entry` says for the audit log who does it; what changed is
        added to it.
        """
        keys = EventKeys(slug)
        while True:
            before = await self.get(slug)
            after = checked_chain(Chain(tuple(change(before.rules)), before.version + 1))
            told = replace(entry, about="; ".join(rule_changes(before.rules, after.rules))) if entry else None
            call = Call(
                KEEP,
                [keys.rules, keys.audit, keys.audited, keys.strictness],
                [before.version, after.version, encode(after), *noted(told)],
            )
            if await self.database.run(call):
                return after

    # What they did

    async def count(self, slug: str, verdicts: Iterable[Verdict]) -> None:
        """Count what rules caught, and where they failed."""
        counted = [verdict for verdict in verdicts if verdict.rule]
        await self.database.commands(
            *(
                (
                    "HINCRBY",
                    EventKeys(slug).tallies,
                    f"{'failed' if verdict.error else 'caught'}:{verdict.rule}",
                    1,
                )
                for verdict in counted
            )
        )

    async def tallies(self, slug: str) -> Mapping[str, Tally]:
        """Return what each rule did so far, by its id; a rule that did nothing yet is not among them."""
        data = await self.database.command("HGETALL", EventKeys(slug).tallies)
        rows = zip(data[::2], data[1::2], strict=True) if isinstance(data, list) else data.items()
        found: dict[str, Tally] = {}
        for field, number in rows:
            what, _, rule = field.decode().partition(":")
            tally = found.get(rule, Tally())
            found[rule] = (
                replace(tally, caught=int(number)) if what == "caught" else replace(tally, failed=int(number))
            )
        return found
