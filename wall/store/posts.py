"""The posts of an event: taken in, decided, edited, withdrawn, and read again."""

import asyncio
from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

import msgspec

from wall.core import annotation, authorship, card, moderation
from wall.core.annotation import Annotation
from wall.core.decision import Decision, decide
from wall.core.event import Event
from wall.core.moderation import Standing, Status
from wall.core.post import Post, post_id
from wall.core.quoting import QUOTABLE, ends_quotes, unquoted
from wall.core.team import Taken
from wall.errors import LeaseLost, NotFound, Outdated, StoreUnavailable
from wall.store import cards
from wall.store.change import OUTDATED, change_call, thread
from wall.store.codec import decode, encode
from wall.store.database import Call, Database, Script
from wall.store.keys import EventKeys
from wall.store.known import KEPT, NOTHING, Known, Wanted, known, read
from wall.store.stamp import stamp
from wall.store.submission import Submission, submit_call
from wall.store.tally import Tally, tally

RECOUNT = Script("recount", after=("current", "append", "thread"))
ANSWER = Script("answer")
CHECKPOINT = Script("checkpoint", after=("outdated",))

TRIES = 8
LOST = -2
JUDGED_BEFORE = "Judging got stricter meanwhile; send this again."


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
        rows = await self.database.commands(*(("HMGET", keys.post(id), *KEPT) for id in ids))
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
        rows = await self.database.commands(*(("HMGET", keys.post(id.decode()), *KEPT) for id in ids))
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
        return await tally(self.database, slug)

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
        return [post.uid for post in await self.live_of(slug, source_id, limit)]

    async def live_of(self, slug: str, source_id: str, limit: int) -> list[Post]:
        """Return a source's newest posts that wait or are on the wall, newest first."""
        ids = await self.database.command("ZREVRANGE", EventKeys(slug).source(source_id, "posts"), 0, limit - 1)
        live = (Status.WAITING, Status.APPROVED, Status.STASHED)
        standings = await self.get_all(slug, [id.decode() for id in ids])
        return [standing.post for standing in standings if standing and standing.status in live]

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
        holder: str = "",
    ) -> list[Post]:
        """Take in posts never seen before and, in the same step, the position their source was read up to.

        Returns those that were new; one that is here already stays as it is. Edits go to `edit`, before this. Keeps
        no position, and raises Outdated when some are to be judged anew, LeaseLost when `holder` has not the lease of
        the source ("": when anybody has).
        """
        keys = EventKeys(slug)
        calls = [submit_call(keys, submission, now) for submission in submissions]
        if position is not None and source_id is not None:
            judged_with = next((one.strictness for one in submissions if one.strictness is not None), "")
            positions = [keys.source(source_id, "position"), keys.strictness, keys.source(source_id, "lease")]
            calls.append(Call(CHECKPOINT, positions, [position, judged_with, holder]))
        answers = await self.database.run_all(calls)
        if OUTDATED in answers:
            raise Outdated(JUDGED_BEFORE)
        if LOST in answers:
            raise LeaseLost("Another worker reads this source by now.")
        return [one.post for one, new in zip(submissions, answers, strict=False) if new]

    async def edit(self, slug: str, submission: Submission, *, now: datetime) -> bool:
        """Take in an author's edit of a post; returns whether anything changed. Raises Outdated."""

        def edited(standing: Standing) -> Standing | None:
            if not authorship.is_edit(standing, submission.post):
                return None
            return authorship.edit(standing, submission.post, submission.verdict, now)

        strictness = submission.strictness
        return (
            await self.change(slug, submission.post.id, edited, "edited", now, strictness=strictness) is not None
        )

    async def recount(self, slug: str, post: Post, *, now: datetime) -> None:
        """Take in how often a post was passed on by now. It is lost where the post changes meanwhile."""
        keys = EventKeys(slug)
        standing = (await self.get_all(slug, [post.id]))[0]
        after = authorship.recounted(standing, post) if standing else None
        if standing is None or after is None:
            return
        change = {
            "id": post.id,
            "version": after.version,
            "was": after.status,
            "status": after.status,
            **thread(standing, after),
            **stamp(now),
        }
        arguments = [msgspec.json.encode(change), encode(after)]
        names = [keys.post(post.id), keys.feed("public"), keys.head("public"), keys.answered, keys.posts]
        await self.database.run(Call(RECOUNT, names, arguments))
        if after.status is Status.GROUPED and after.card:
            await cards.stir(self, slug, after.card, now=now)

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

        await self.change(slug, alias.decode() if alias else post_id(uid), withdrawn, "withdrawn", now)
        return taken[0] if taken else None

    async def restore(self, slug: str, post: Post, *, now: datetime) -> bool:
        """Have a withdrawn post wait again, as it is now; returns whether there was one, whose author has not left."""

        def restored(standing: Standing) -> Standing | None:
            return authorship.restore(standing, post)

        return await self.change(slug, post.id, restored, "edited", now) is not None

    async def forget(self, slug: str, author: str, *, now: datetime) -> None:
        """Withdraw every post of an author, and whose they were."""

        def forgotten(standing: Standing) -> Standing | None:
            return authorship.forget(standing, now) if standing.post.author.uid == author else None

        for standing in await self.of_author(slug, author):
            await self.change(slug, standing.post.id, forgotten, "withdrawn", now)
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
            # Whoever was stopped in the midst of it sends it again.
            after = decode(Standing, answered)
            if after.status not in QUOTABLE:
                await self.end_quotes(slug, after, now=now)
            return after
        event, row = await self.database.commands(
            ("GET", keys.event), ("HMGET", keys.post(decision.post_id), *KEPT)
        )
        standing = read(*row)
        if standing is None:
            raise NotFound("There is no such post.")
        two_eyes = event is not None and decode(Event, event).two_eyes
        after = decide(standing, decision, now, two_eyes=two_eyes)
        along = None
        if card.replaces(standing, after) and (lead := await cards.lead(self, slug, str(standing.card))):
            after, along = card.stood_in(after, lead)
        call = change_call(
            keys, standing, after, "decided", now, decision=decision, leads=bool(along), along=along
        )
        answer = await self.database.run(call, confirm=True)
        if answer is None:
            raise moderation.already_decided(await self.get(slug, decision.post_id))
        if ends_quotes(standing, after):
            await self.end_quotes(slug, after, now=now)
        await self.settle(slug, standing, after, now=now)
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

    async def change(
        self,
        slug: str,
        id: str,
        change: "Change",
        kind: str,
        now: datetime,
        *,
        strictness: int | None = None,
        settles: bool = True,
    ) -> Standing | None:
        """Change a post as nobody decided, whatever moderators do to it meanwhile, and tell the desk of it as `kind`.

        Returns how it stands then, None when `change` makes nothing of it. Raises Outdated when `strictness` is no
        more what it was. What follows for the rest of its card is done, too, unless not `settles`.
        """
        for _ in range(TRIES):
            standing = (await self.get_all(slug, [id]))[0]
            after = change(standing) if standing else None
            if standing is None or after is None:
                return None
            call = change_call(EventKeys(slug), standing, after, kind, now, strictness=strictness)
            answer = await self.database.run(call)
            if answer == OUTDATED:
                raise Outdated(JUDGED_BEFORE)
            if answer is not None:
                if ends_quotes(standing, after):
                    await self.end_quotes(slug, after, now=now)
                if settles:
                    await self.settle(slug, standing, after, now=now)
                return after
        raise StoreUnavailable("A post changed faster than it could be written.")

    async def settle(self, slug: str, before: Standing, after: Standing, *, now: datetime) -> None:
        """Have the rest of a post's card follow what became of it."""
        if id := after.card or before.card or (card.card_of(after) if before.copies else None):
            await cards.settle(self, slug, id, now=now)

    async def end_quotes(self, slug: str, quoted: Standing, *, now: datetime) -> None:
        """Take away what quotes a post whose words were taken back."""
        kind = "withdrawn" if quoted.status is Status.WITHDRAWN else "swept"
        for id in await self.database.command("SMEMBERS", EventKeys(slug).quotes(quoted.post.id)):
            await self.change(slug, id.decode(), lambda entry: unquoted(entry, quoted, now), kind, now)


class Change(Protocol):
    """What becomes of a post as it stands; None for nothing."""

    def __call__(self, standing: Standing, /) -> Standing | None: ...
