"""The polls of each event, their ballots, and what those come to."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial

import msgspec

from wall.core.audit import Entry
from wall.core.ballot import Ballot
from wall.core.poll import MOST_POLLS, Poll, in_order
from wall.core.poll_results import Counted, Word, WordState, word_state
from wall.core.words import _
from wall.errors import ChangedMeanwhile, InvalidInput, NotFound
from wall.store.arranging import arrange
from wall.store.codec import decode, encode
from wall.store.database import Call, Database, Script
from wall.store.events import Events
from wall.store.fares import mapping
from wall.store.keys import EventKeys

CAST = Script("ballot")
UNCAST = Script("unballot")
WHAT = "polls"
"""What feeds say is arranged anew when anything of this changes."""
CROWDS_SECONDS = 6 * 3600
TRIES = 8

Change = Callable[[Poll], Poll]
States = Mapping[str, WordState]


class Polls:
    """The polls of every event, by slug and id. A change is told to the feeds as `arranged`, ballots once a second."""

    def __init__(self, database: Database, events: Events) -> None:
        self.database = database
        self.events = events

    async def all(self, slug: str) -> list[Poll]:
        """Return every poll of an event: open ones, drafts, closed ones, each the newest first."""
        rows = await self.database.command("HVALS", EventKeys(slug).polls)
        return in_order([decode(Poll, row) for row in rows])

    async def get(self, slug: str, id: str) -> Poll:
        """Return a poll; raises NotFound."""
        return (await self.read(slug, id))[0]

    async def read(self, slug: str, id: str) -> tuple[Poll, bytes]:
        """Return a poll and, as bytes, exactly what is kept of it; raises NotFound."""
        data = await self.database.command("HGET", EventKeys(slug).polls, id)
        if data is None:
            raise NotFound(_("There is no such poll any more."))
        return decode(Poll, data), data

    async def add(self, slug: str, poll: Poll, *, now: datetime, entry: Entry | None = None) -> None:
        """Keep a new draft; one that is here already stays as it is. Raises InvalidInput when there are too many."""
        if await self.database.command("HLEN", EventKeys(slug).polls) >= MOST_POLLS:
            raise InvalidInput(
                _("An event has %(most_polls)s polls at most; delete one first.", most_polls=MOST_POLLS)
            )
        await self._arrange(slug, poll.id, lambda data: data or encode(poll), now=now, entry=entry)

    async def change(
        self, slug: str, id: str, change: Change, *, now: datetime, entry: Entry | None = None
    ) -> None:
        """Change a poll by a function of how it stands, which may be called again; raises NotFound."""

        def changed(data: bytes | None) -> bytes:
            if data is None:
                raise NotFound(_("There is no such poll any more."))
            return encode(change(decode(Poll, data)))

        await self._arrange(slug, id, changed, now=now, entry=entry)

    async def delete(self, slug: str, id: str, *, now: datetime, entry: Entry | None = None) -> None:
        """Delete a poll with all its ballots; one that is gone already is as good."""
        await self._arrange(slug, id, lambda data: None, now=now, entry=entry)
        # After the poll: without it nothing is counted any more.
        await self.database.command("DEL", *EventKeys(slug).poll(id))

    async def _arrange(
        self,
        slug: str,
        id: str,
        change: Callable[[bytes | None], bytes | None],
        *,
        now: datetime,
        entry: Entry | None,
    ) -> None:
        await arrange(self.database, slug, EventKeys(slug).polls, id, change, now=now, entry=entry, what=WHAT)
        await self._tell_event(slug)

    async def _tell_event(self, slug: str) -> None:
        """Let the event say whether there is a poll for the audience. Who changes one last looks last."""
        while (listed := await self._any_listed(slug)) != (await self.events.get(slug)).polls:
            await self.events.change(slug, partial(replace, polls=listed))

    async def _any_listed(self, slug: str) -> bool:
        return any(poll.listed for poll in await self.all(slug))

    # Ballots

    async def cast(
        self,
        slug: str,
        id: str,
        participant: str,
        answer: Callable[[Poll], Ballot],
        *,
        states: States | None = None,
        crowd: str = "",
        read: tuple[Poll, bytes] | None = None,
    ) -> bool:
        """Keep a participant's ballot in place of an earlier one; returns False when it was there already.

        `answer` makes the ballot for the poll as it stands, and is asked again when that changes meanwhile; it raises
        ChangedMeanwhile where it takes none. `states` says how words stand that nobody wrote before; they wait
        otherwise. `crowd` is the same for ballots that are likely to come from one machine, `read` what `read` has
        just returned, for who asked anyway.
        """
        for _turn in range(TRIES):
            poll, data = read or await self.read(slug, id)
            read = None
            counted = await self.database.run(
                self._cast_call(slug, id, data, participant, answer(poll), states or {}, crowd), confirm=True
            )
            if counted >= 0:
                return bool(counted)
        raise ChangedMeanwhile(_("This poll is being changed just now. Send your answer again."))

    def _cast_call(
        self, slug: str, id: str, data: bytes, participant: str, ballot: Ballot, states: States, crowd: str
    ) -> Call:
        keys = EventKeys(slug)
        words = [
            part
            for folded, said in ballot.said.items()
            for part in (folded, f"{states.get(folded, 'waiting')}:{said}")
        ]
        choices = msgspec.json.encode(ballot.choices)
        return Call(
            CAST,
            [keys.polls, *keys.poll(id), keys.untold],
            [id, data, participant, choices, f":{WHAT}", crowd, CROWDS_SECONDS, *words],
        )

    async def forget(self, slug: str, participant: str) -> None:
        """Take back every ballot of somebody, as if they had never voted."""
        keys = EventKeys(slug)
        for poll in await self.all(slug):
            ballots, tally, words, _crowds = keys.poll(poll.id)
            await self.database.run(Call(UNCAST, [ballots, tally, words, keys.untold], [participant, f":{WHAT}"]))

    async def ballots_of(self, slug: str, participant: str, ids: Sequence[str]) -> dict[str, tuple[str, ...]]:
        """Return what a participant answered to those of some polls that they voted in."""
        asked = [("HGET", EventKeys(slug).poll(id)[0], participant) for id in ids]
        rows = await self.database.commands(*asked)
        return {id: choices(row) for id, row in zip(ids, rows, strict=True) if row}

    async def ballots(self, slug: str, id: str) -> list[tuple[str, ...]]:
        """Return every ballot of a poll, without whose it is."""
        return [choices(row) for row in await self.database.command("HVALS", EventKeys(slug).poll(id)[0])]

    async def counted(self, slug: str, ids: Sequence[str]) -> dict[str, Counted]:
        """Return what the ballots of polls come to, each read in one step."""
        asked = []
        for id in ids:
            ballots, tally, words, crowds = EventKeys(slug).poll(id)
            asked += [("HLEN", ballots), ("HGETALL", tally), ("HGETALL", words), ("HVALS", crowds)]
        rows = await self.database.commands(*asked, atomic=True)
        return {id: counted_of(*rows[4 * place : 4 * place + 4]) for place, id in enumerate(ids)}

    # Words

    async def set_words(
        self,
        slug: str,
        id: str,
        folded: Sequence[str],
        state: WordState,
        *,
        now: datetime,
        entry: Entry | None = None,
    ) -> None:
        """Show words of a poll, or strike them from every screen, from where none comes back by itself."""
        await self.get(slug, id)
        _, _, words, _ = EventKeys(slug).poll(id)
        for one in folded:

            def changed(data: bytes | None, folded: str = one) -> bytes | None:
                if data is None and state != "struck":
                    return None  # nobody says it any more
                return f"{state}:{word_of(data).said if data else folded}".encode()

            await arrange(self.database, slug, words, one, changed, now=now, entry=entry, what=WHAT)


def choices(data: bytes) -> tuple[str, ...]:
    return msgspec.json.decode(data, type=tuple[str, ...])


def counted_of(voters: int, tally: object, words: object, crowds: Sequence[bytes]) -> Counted:
    return Counted(
        voters=voters,
        tally={choice: int(number) for choice, number in mapping(tally).items()},
        words={folded: word_of(data) for folded, data in mapping(words).items()},
        crowds=tuple(sorted(map(int, crowds), reverse=True)),
    )


def word_of(data: bytes) -> Word:
    state, _, said = data.decode().partition(":")
    return Word(said, word_state(state))
