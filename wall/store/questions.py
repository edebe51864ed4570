"""The questions of every event, and the votes for them. Posts hold their words; nothing of those is here."""

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime

import msgspec

from wall.core.audit import Entry
from wall.core.question import Question
from wall.core.stuffing import Vote
from wall.core.words import _
from wall.errors import InvalidInput
from wall.store.arranging import ARRANGE, arrange
from wall.store.audit import noted
from wall.store.codec import decode, encode
from wall.store.database import Call, Database, Script
from wall.store.keys import EventKeys
from wall.store.stamp import milliseconds, moment, stamp

VOTE = Script("vote")
MOST = 2_000
VERSION = ":version"
WHAT = "questions"
"""What `arranged` says when questions, or how many want them, are others."""

Change = Callable[[Mapping[str, Question]], Iterable[Question]]


class Questions:
    """The questions of every event, by slug and the id of their post."""

    def __init__(self, database: Database) -> None:
        self.database = database

    # Questions

    async def all(self, slug: str) -> dict[str, Question]:
        """Return every question, whatever became of its post, in the order they came."""
        found, _ = await self._read(slug)
        return found

    async def ask(self, slug: str, question: Question) -> None:
        """Keep, once, what makes a post a question, before that is taken in; raises InvalidInput if there are many."""
        key = EventKeys(slug).questions
        if int(await self.database.command("HLEN", key)) >= MOST:
            raise InvalidInput(_("So many questions were asked that no more fit in."), field="text")
        await self.database.command("HSETNX", key, question.post_id, encode(question))

    async def change(self, slug: str, change: Change, *, now: datetime, entry: Entry | None = None) -> None:
        """Have some questions be other ones, by a function of all as they are, and tell both feeds.

        The function may be called again when somebody else changes one at the same time; what it raises is passed on.
        """
        keys = EventKeys(slug)
        feeds = (keys.feed("public"), keys.head("public"), keys.feed("desk"), keys.head("desk"))
        told = msgspec.json.encode({"id": "", "what": WHAT, **stamp(now)})
        while True:
            before, rows = await self._read(slug)
            after = list(change(before))
            if not after:
                return
            version = rows.get(VERSION, b"")
            parts: list[str | bytes] = [VERSION, version, b"%d" % (int(version or b"0") + 1)]
            for one in after:
                parts += [one.post_id, rows.get(one.post_id, b""), encode(one)]
            names = [keys.questions, *feeds, keys.audit, keys.audited]
            if await self.database.run(Call(ARRANGE, names, [told, *noted(entry), *parts]), confirm=True):
                return

    # Sessions

    async def closed(self, slug: str) -> set[str]:
        """Return the sessions about which nothing is asked any more, by id; "" is the whole event."""
        return {one.decode() for one in await self.database.command("HKEYS", EventKeys(slug).questions_closed)}

    async def close(self, slug: str, session: str, *, closed: bool, now: datetime, entry: Entry) -> None:
        """Take no more questions and votes in a session, or take them again."""
        key, kept = EventKeys(slug).questions_closed, (entry.by_name.encode() or b"?") if closed else None
        await arrange(self.database, slug, key, session, lambda _: kept, now=now, entry=entry, what=WHAT)

    # Votes

    async def vote(
        self, slug: str, id: str, participant: str, *, wanted: bool, mark: str, now: datetime
    ) -> str | None:
        """Give somebody's vote to a question, or take it back; returns the question that it counts for.

        Returns None when nobody may vote for it: it is not on the wall, is answered, or its session is closed. `mark`
        tells the addresses of voters apart.
        """
        keys = EventKeys(slug)
        at = milliseconds(now)
        names = [keys.questions, keys.questions_closed, keys.untold]
        prefixes = (keys.posts, keys.question_votes, keys.question_voters)
        kept = f"{at}:{mark}"
        answer = await self.database.run(
            Call(VOTE, names, [*prefixes, id, participant, kept, "1" if wanted else "0", at])
        )
        return answer.decode() if answer else None

    async def counts(self, slug: str, groups: Sequence[Sequence[str]]) -> list[int]:
        """Return how many people want each of some questions, which come with those merged into them."""
        keys = EventKeys(slug)
        alone = [group for group in groups if len(group) == 1]
        several = [id for group in groups if len(group) > 1 for id in group]
        answers = await self.database.commands(
            *(("HLEN", keys.question_votes + id) for (id,) in alone),
            *(("HKEYS", keys.question_votes + id) for id in several),
        )
        lengths = iter(answers[: len(alone)])
        people = dict(zip(several, answers[len(alone) :], strict=True))
        return [
            int(next(lengths)) if len(group) == 1 else len(set().union(*(people[id] for id in group)))
            for group in groups
        ]

    async def exposed(self, slug: str, since: Sequence[tuple[str, datetime]]) -> list[int]:
        """Return how many people voted in each of some sessions since some moment."""
        keys = EventKeys(slug)
        found = await self.database.commands(
            *(("ZCOUNT", keys.question_voters + session, milliseconds(at), "+inf") for session, at in since)
        )
        return [int(one) for one in found]

    async def given(self, slug: str, participant: str, ids: Sequence[str]) -> set[str]:
        """Return those of some questions that somebody voted for."""
        keys = EventKeys(slug)
        found = await self.database.commands(*(("HEXISTS", keys.question_votes + id, participant) for id in ids))
        return {id for id, one in zip(ids, found, strict=True) if one}

    async def votes(self, slug: str, ids: Sequence[str]) -> dict[str, list[Vote]]:
        """Return every vote for some questions, for those who look whether one person gave several."""
        keys = EventKeys(slug)
        found = await self.database.commands(*(("HGETALL", keys.question_votes + id) for id in ids))
        return {id: [vote(*row) for row in pairs(one)] for id, one in zip(ids, found, strict=True)}

    async def forget(self, slug: str, participant: str) -> None:
        """Take back every vote of somebody, as if they had never voted."""
        keys = EventKeys(slug)
        questions = await self.all(slug)
        sessions = {one.session for one in questions.values()}
        await self.database.commands(
            *(("HDEL", keys.question_votes + id, participant) for id in questions),
            *(("ZREM", keys.question_voters + session, participant) for session in sessions),
            *([("SADD", keys.untold, f":{WHAT}")] if questions else []),
        )

    async def _read(self, slug: str) -> tuple[dict[str, Question], dict[str, bytes]]:
        data = await self.database.command("HGETALL", EventKeys(slug).questions)
        rows = {name.decode(): value for name, value in pairs(data)}
        found = [decode(Question, value) for name, value in rows.items() if name != VERSION]
        return {one.post_id: one for one in sorted(found, key=lambda one: (one.at, one.post_id))}, rows


def vote(by: bytes, kept: bytes) -> Vote:
    at, _, mark = kept.decode().partition(":")
    return Vote(by=by.decode(), at=moment(int(at)), mark=mark)


def pairs(data: object) -> list[tuple[bytes, bytes]]:
    """Return the fields and values of a hash, as whichever version of the protocol has them."""
    if isinstance(data, Mapping):
        return list(data.items())
    flat = list(data) if isinstance(data, Sequence) else []
    return list(zip(flat[::2], flat[1::2], strict=True))


def mark_of(secret: bytes, address: str) -> str:
    """Return what tells an address apart from others of one event; without the secret nobody can tell it from this."""
    return hashlib.blake2b(address.encode(), key=secret[:64], digest_size=5).hexdigest()
