"""The posts of an event: taken in, decided, edited, withdrawn, and read again."""

import asyncio
import secrets
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Protocol

import msgspec

from wall.core import annotation, authorship, moderation, trust
from wall.core.annotation import Annotation
from wall.core.audit import Entry, annotation_entry, decision_entry
from wall.core.decision import Decision, decide
from wall.core.delay import release, stop
from wall.core.event import Event
from wall.core.moderation import Standing, Status, Verdict
from wall.core.post import Post, post_id
from wall.core.team import Taken
from wall.errors import NotFound, StoreUnavailable
from wall.store.audit import noted
from wall.store.codec import decode, encode
from wall.store.database import Call, Database, Script
from wall.store.keys import EventKeys
from wall.store.known import NOTHING, Known, Wanted, known, read
from wall.store.refused import MOST, refusal

SUBMIT = Script("submit", after=("current", "append", "mark", "credit", "put_off"))
CHANGE = Script("change", after=("current", "append", "note", "credit", "put_off", "ladder"))
RELEASE = Script("change", after=("current", "append", "note", "credit", "put_off", "ladder", "gate"))
ANSWER = Script("answer")
CHECKPOINT = Script("checkpoint")

TRIES = 8
HELD_MEANWHILE = "Its author was held back while it was on its way."


@dataclass(frozen=True, slots=True)
class Submission:
    """A post on its way in, with what the rules concluded about it and whether its author is trusted; `trust` is why.

    What it is compared with later posts by, its `sketch`, is kept if there is one; `paced` says that it counts
    among its author's posts of this minute.
    """

    post: Post
    verdict: Verdict
    trusted: bool = False
    trust: str = ""
    sketch: str = ""
    paced: bool = False


@dataclass(frozen=True, slots=True)
class Tally:
    """How many posts there are of each status, how many were refused for which cause, and how many never came in.

    `left` were of authors who left this wall, `asked` of those who ask programs to keep away.
    """

    counts: dict[Status, int]
    causes: dict[str, int]
    left: int
    asked: int


class Posts:
    """The posts of every event, by slug."""

    def __init__(self, database: Database) -> None:
        self.database = database

    # Reading

    async def get(self, slug: str, id: str) -> Standing:
        """Return how a post stands; raises NotFound."""
        standing = (await self.get_all(slug, [id]))[0]
        if standing is None:
            raise NotFound("There is no such post.")
        return standing

    async def get_all(self, slug: str, ids: Sequence[str]) -> list[Standing | None]:
        """Return how posts stand, in the order of `ids`, None for an unknown one."""
        keys = EventKeys(slug)
        rows = await self.database.commands(*(("HMGET", keys.post(id), "standing", "arrived") for id in ids))
        return [read(*row) for row in rows]

    async def page(
        self, slug: str, status: Status, *, limit: int, before: int | None = None
    ) -> list[tuple[int, Standing]]:
        """Return a page of the posts with a status, newest first, each with its place for the next page's `before`."""
        keys = EventKeys(slug)
        bound = "+inf" if before is None else f"({before}"
        rows = await self.database.command(
            "ZREVRANGEBYSCORE", keys.status(status), bound, "-inf", "WITHSCORES", "LIMIT", 0, limit
        )
        standings = await self.get_all(slug, [id.decode() for id, _ in rows])
        return [(int(place), standing) for (_, place), standing in zip(rows, standings, strict=True) if standing]

    async def newest(self, slug: str) -> list[Standing]:
        """Return how the 500 posts that came last stand, newest first, whatever became of them."""
        keys = EventKeys(slug)
        ids = await self.database.command("LRANGE", keys.newest, 0, -1)
        rows = await self.database.commands(
            *(("HMGET", keys.post(id.decode()), "standing", "arrived") for id in ids)
        )
        # Reading so many takes long enough to hold others up.
        standings = await asyncio.to_thread(lambda: [read(*row) for row in rows])
        return [standing for standing in standings if standing]

    async def ids(self, slug: str) -> list[str]:
        """Return the ids of all posts of an event, as they are at one moment."""
        keys = EventKeys(slug)
        rows = await self.database.commands(
            *(("ZRANGE", keys.status(status), 0, -1) for status in Status), atomic=True
        )
        return [id.decode() for row in rows for id in row]

    async def counts(self, slug: str) -> dict[Status, int]:
        """Return how many posts there are of each status."""
        keys = EventKeys(slug)
        numbers = await self.database.commands(*(("ZCARD", keys.status(status)) for status in Status))
        return dict(zip(Status, numbers, strict=True))

    async def tally(self, slug: str) -> Tally:
        """Return how many posts there are of each status, and what became of the rest, read in one round trip."""
        keys = EventKeys(slug)
        refused, left, asked, *numbers = await self.database.commands(
            ("HGETALL", keys.causes),
            ("PFCOUNT", keys.dropped("left")),
            ("PFCOUNT", keys.dropped("asked")),
            *(("ZCARD", keys.status(status)) for status in Status),
        )
        rows = zip(refused[::2], refused[1::2], strict=True) if isinstance(refused, list) else refused.items()
        causes = {cause.decode(): int(number) for cause, number in rows if int(number) > 0}
        return Tally(dict(zip(Status, numbers, strict=True)), causes, left, asked)

    async def of_author(self, slug: str, author: str) -> list[Standing]:
        """Return how every post of an author stands, oldest first."""
        ids = await self.database.command("ZRANGE", EventKeys(slug).author(author), 0, -1)
        standings = await self.get_all(slug, [id.decode() for id in ids])
        return [standing for standing in standings if standing]

    async def recent(self, slug: str, person_id: str, *, limit: int) -> list[tuple[Taken, Standing]]:
        """Return the newest decisions of a moderator, newest first, each with how its post stands now."""
        rows = await self.database.command("LRANGE", EventKeys(slug).recent(person_id), 0, limit - 1)
        taken = [msgspec.json.decode(row, type=Taken) for row in rows]
        standings = await self.get_all(slug, [one.post_id for one in taken])
        return [(one, standing) for one, standing in zip(taken, standings, strict=True) if standing]

    async def uids_of(self, slug: str, source_id: str, limit: int) -> list[str]:
        """Return the uids of a source's newest posts that wait or are on the wall, newest first."""
        ids = await self.database.command("ZREVRANGE", EventKeys(slug).source(source_id, "posts"), 0, limit - 1)
        live = (Status.WAITING, Status.APPROVED, Status.STASHED)
        standings = await self.get_all(slug, [id.decode() for id in ids])
        return [standing.post.uid for standing in standings if standing and standing.status in live]

    async def told(self, slug: str, ids: Sequence[str]) -> list[int]:
        """Return the offset at which the public feed told last how each post changed, 0 for never."""
        keys = EventKeys(slug)
        rows = await self.database.commands(*(("HGET", keys.post(id), "told") for id in ids))
        return [int(row or 0) for row in rows]

    async def known(self, slug: str, posts: Sequence[Post], *, facts: Wanted = NOTHING) -> Known:
        """Return what must be known to judge posts, read in one round trip; raises NotFound."""
        return await known(self.database, slug, posts, facts)

    # Taking in

    async def submit(
        self,
        slug: str,
        submissions: Sequence[Submission],
        *,
        now: datetime,
        source_id: str | None = None,
        position: str | None = None,
    ) -> int:
        """Take in posts never seen before and, in the same step, the position their source was read up to.

        Returns how many were new; one that is here already stays as it is. Edits go to `edit`, before this.
        """
        keys = EventKeys(slug)
        calls = [submit_call(keys, submission, now) for submission in submissions]
        if position is not None and source_id is not None:
            calls.append(Call(CHECKPOINT, [keys.source(source_id, "position")], [position]))
        answers = await self.database.run_all(calls)
        return sum(answers[: len(submissions)])

    async def edit(self, slug: str, submission: Submission, *, now: datetime) -> bool:
        """Take in an author's edit of a post; returns whether anything changed."""

        def edited(standing: Standing) -> Standing | None:
            if not authorship.is_edit(standing, submission.post):
                return None
            return authorship.edit(standing, submission.post, submission.verdict, now)

        return await self._follow(slug, submission.post.id, edited, "edited", now) is not None

    async def withdraw(self, slug: str, uid: str, *, author: str | None = None, now: datetime) -> Standing | None:
        """Withdraw a post that its author deleted, known by uid or alias; returns how it stood before.

        Returns None when there is no such post, when it is withdrawn already, or when `author` did not write it.
        """
        keys = EventKeys(slug)
        alias = await self.database.command("HGET", keys.aliases, uid)
        taken: list[Standing] = []

        def withdrawn(standing: Standing) -> Standing | None:
            if standing.status is Status.WITHDRAWN or author not in (None, standing.post.author.uid):
                return None
            taken[:] = [standing]
            return authorship.withdraw(standing, now)

        await self._follow(slug, alias.decode() if alias else post_id(uid), withdrawn, "withdrawn", now)
        return taken[0] if taken else None

    async def forget(self, slug: str, author: str, *, now: datetime) -> None:
        """Withdraw every post of an author, and whose they were."""

        def forgotten(standing: Standing) -> Standing | None:
            return authorship.forget(standing, now) if standing.post.author.uid == author else None

        for standing in await self.of_author(slug, author):
            await self._follow(slug, standing.post.id, forgotten, "withdrawn", now)
        await self.database.command("DEL", EventKeys(slug).author(author))

    # Deciding

    async def decide(self, slug: str, decision: Decision, *, now: datetime) -> Standing:
        """Carry out a moderator's decision and return how the post stands then.

        The same decision sent again is carried out once, and answered as the first time. Raises NotFound,
        InvalidInput, AlreadyDecided when somebody else, or the author, was faster, or StoreUnavailable also when it
        was carried out and not enough replicas have it yet.
        """
        keys = EventKeys(slug)
        answered = await self.database.run(Call(ANSWER, [keys.decision(decision.id)], []), confirm=True)
        if answered:
            return decode(Standing, answered)
        event, row = await self.database.commands(
            ("GET", keys.event), ("HMGET", keys.post(decision.post_id), "standing", "arrived")
        )
        standing = read(*row)
        if standing is None:
            raise NotFound("There is no such post.")
        two_eyes = event is not None and decode(Event, event).two_eyes
        after = decide(standing, decision, now, two_eyes=two_eyes)
        call = change_call(keys, standing, after, "decided", now, decision=decision)
        answer = await self.database.run(call, confirm=True)
        if answer is None:
            raise moderation.already_decided(await self.get(slug, decision.post_id))
        return decode(Standing, answer)

    async def annotate(self, slug: str, act: Annotation, *, now: datetime) -> Standing:
        """Write a note or a description on a post, and return how it stands then; raises as `decide` does."""
        keys = EventKeys(slug)
        answered = await self.database.run(Call(ANSWER, [keys.decision(act.id)], []), confirm=True)
        if answered:
            return decode(Standing, answered)
        for _ in range(TRIES):
            standing = await self.get(slug, act.post_id)
            after = annotation.annotate(standing, act, now)
            call = change_call(keys, standing, after, act.kind, now, decision=act)
            answer = await self.database.run(call, confirm=True)
            if answer is not None:
                return decode(Standing, answer)
        raise StoreUnavailable("A post changed faster than it could be written.")

    # The delay

    async def release(self, slug: str, standing: Standing, event: bytes, *, now: datetime) -> bool:
        """Put a post on the wall whose delay is over; returns whether we did, and nobody else or something else.

        It stays where it is before its time, and when the event is no longer as it was read.
        """
        keys = EventKeys(slug)
        call = change_call(keys, standing, release(standing, now), "lapsed", now)
        gated = Call(RELEASE, [*call.keys, keys.held, keys.curtain, keys.event], [*call.arguments, event])
        return await self.database.run(gated) is not None

    async def stop(self, slug: str, standing: Standing, reason: str, *, now: datetime) -> bool:
        """Let a delayed post wait for a moderator; returns whether it still was as it was read."""
        call = change_call(EventKeys(slug), standing, stop(standing, reason), "stopped", now)
        return await self.database.run(call) is not None

    async def _follow(self, slug: str, id: str, change: "Change", kind: str, now: datetime) -> Standing | None:
        """Change a post as its author did, whatever moderators do to it meanwhile."""
        for _ in range(TRIES):
            standing = (await self.get_all(slug, [id]))[0]
            after = change(standing) if standing else None
            if standing is None or after is None:
                return None
            if await self.database.run(change_call(EventKeys(slug), standing, after, kind, now)) is not None:
                return after
        raise StoreUnavailable("A post changed faster than it could be written.")


class Change(Protocol):
    """What an author's act makes of a standing; None when it makes nothing of it."""

    def __call__(self, standing: Standing, /) -> Standing | None: ...


def submit_call(keys: EventKeys, submission: Submission, now: datetime) -> Call:
    post, status = submission.post, submission.verdict.status
    standing = moderation.arrive(post, submission.verdict, now, trusted=submission.trusted, trust=submission.trust)
    waits = replace(standing, status=Status.WAITING, reason=HELD_MEANWHILE, approved_at=None, due=None)
    if_held = encode(waits) if standing.visible or standing.due else b""
    change = {
        "id": post.id,
        "author": post.author.uid,
        "version": 1,
        "was": "",
        "status": status,
        "paced": submission.paced,
        "sketch": submission.sketch,
        **delay(None, standing, now),
        **stamp(now),
    }
    if standing.counted:
        change["cause"] = standing.counted
    return Call(
        SUBMIT,
        [
            keys.post(post.id),
            keys.aliases,
            keys.arrivals,
            keys.status(status),
            keys.source(post.source.id, "posts"),
            keys.feed("public"),
            keys.head("public"),
            keys.feed("desk"),
            keys.head("desk"),
            keys.pace(post.author.uid),
            keys.duplicates,
            keys.author(post.author.uid),
            keys.held,
            keys.status(Status.WAITING),
            keys.left,
            keys.secret,
            keys.dropped("left"),
            keys.causes,
            keys.newest,
            keys.shown,
            keys.due,
        ],
        [msgspec.json.encode(change), encode(standing), post.author.uid, if_held, *post.aliases],
    )


def change_call(
    keys: EventKeys,
    before: Standing,
    after: Standing,
    desk: str,
    now: datetime,
    *,
    decision: Decision | Annotation | None = None,
) -> Call:
    change = {
        "id": before.post.id,
        "author": before.post.author.uid,
        "read": before.version,
        "version": after.version,
        "was": before.status,
        "status": after.status,
        "pinned": after.pinned,
        "desk": desk,
        "credit": trust.credit(before, after),
        "blame": trust.blame(before, after),
        **delay(before, after, now),
        **stamp(now),
    }
    if before.refused != after.refused:
        change |= {"unrefused": refusal(before), "refused": refusal(after), "most": MOST}
    told = {"public": moderation.public_update(before, after), "cause_was": before.counted, "cause": after.counted}
    change |= {name: value for name, value in told.items() if value}
    kept = encode(after)
    return Call(
        CHANGE,
        [
            keys.post(before.post.id),
            keys.status(before.status),
            keys.status(after.status),
            keys.pinned,
            keys.feed("public"),
            keys.head("public"),
            keys.feed("desk"),
            keys.head("desk"),
            keys.decision(decision.id if decision else "none"),
            keys.refused,
            keys.holds,
            keys.recent(decision.by if decision else "none"),
            keys.causes,
            keys.audit,
            keys.audited,
            keys.shown,
            keys.due,
            keys.approvals,
            keys.against,
        ],
        [
            msgspec.json.encode(change),
            kept,
            kept if decision else "",
            msgspec.json.encode(taken(before, after, decision, now)) if isinstance(decision, Decision) else "",
            *noted(entry_of(before, decision, now)),
        ],
    )


def entry_of(before: Standing, act: Decision | Annotation | None, now: datetime) -> Entry | None:
    if isinstance(act, Decision):
        return decision_entry(before, act, now)
    return annotation_entry(act, now) if act else None


def taken(before: Standing, after: Standing, decision: Decision, now: datetime) -> Taken:
    return Taken(
        id=decision.id,
        post_id=decision.post_id,
        kind=decision.kind,
        was=before.status,
        status=after.status,
        version=after.version,
        at=now,
    )


def delay(before: Standing | None, after: Standing, now: datetime) -> dict[str, object]:
    """Return what a change does to when a post goes on the wall by itself."""
    was = before.due if before else None
    if after.due == was:
        return {}
    if after.due is None:
        return {"undelayed": True}
    return {"delay": int((after.due - now).total_seconds() * 1000)}


def stamp(now: datetime) -> dict[str, object]:
    """Return when a change happens, and the epoch of a feed that begins with it."""
    return {"at": int(now.timestamp() * 1000), "epoch": new_epoch()}


def new_epoch() -> str:
    return secrets.token_hex(3)
