"""The posts of an event: taken in, decided, edited and withdrawn."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

import msgspec

from wall.core import annotation, answering, authorship, card, moderation
from wall.core.annotation import Annotation
from wall.core.decision import Decision, decide
from wall.core.event import Event
from wall.core.moderation import Standing, Status
from wall.core.post import Post, post_id
from wall.core.quoting import QUOTABLE, ends_quotes, unquoted
from wall.core.too_late import already_decided
from wall.core.words import _
from wall.errors import InvalidInput, LeaseLost, NotFound, Outdated, StoreUnavailable
from wall.store import cards, forgetting
from wall.store.change import OUTDATED, change_call, thread
from wall.store.codec import decode, encode
from wall.store.database import Call, Script
from wall.store.kept import KeptPosts
from wall.store.keys import EventKeys
from wall.store.known import KEPT, read
from wall.store.stamp import stamp
from wall.store.submission import Submission, submit_call

RECOUNT = Script("recount", after=("current", "append", "thread"))
ANSWER = Script("answer")
CHECKPOINT = Script("checkpoint", after=("outdated",))

TRIES = 8
LOST = -2
JUDGED_BEFORE = _("Judging got stricter meanwhile; send this again.")


class Posts(KeptPosts):
    """The posts of every event, by slug, and all that changes them."""

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
        """Withdraw every post of an author, and keep nothing of whose they were."""
        await forgetting.forget(self, slug, author, now=now)

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
            await self.lead_answer(slug, None, after, now=now)
            return after
        event, row = await self.database.commands(
            ("GET", keys.event), ("HMGET", keys.post(decision.post_id), *KEPT)
        )
        standing = read(*row)
        if standing is None:
            raise NotFound(_("There is no such post."))
        two_eyes = event is not None and decode(Event, event).two_eyes
        after = decide(standing, decision, now, two_eyes=two_eyes)
        if after.visible and answering.is_answer(after.post):
            await self._answers_what_is_shown(slug, after)
        along = None
        if card.replaces(standing, after) and (lead := await cards.lead(self, slug, str(standing.card))):
            after, along = card.stood_in(after, lead)
        call = change_call(
            keys, standing, after, "decided", now, decision=decision, leads=bool(along), along=along
        )
        answer = await self.database.run(call, confirm=True)
        if answer is None:
            raise already_decided(await self.get(slug, decision.post_id))
        if ends_quotes(standing, after):
            await self.end_quotes(slug, after, now=now)
        await self.lead_answer(slug, standing, after, now=now)
        await self.settle(slug, standing, after, now=now)
        return decode(Standing, answer)

    async def annotate(self, slug: str, act: Annotation, *, now: datetime) -> Standing:
        """Write a note or a description on a post, and return how it stands then; raises as `decide` does."""
        keys = EventKeys(slug)
        answered = await self.database.run(Call(ANSWER, [keys.decision(act.id)], []), confirm=True)
        if answered:
            return decode(Standing, answered)
        for _turn in range(TRIES):
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
        for _turn in range(TRIES):
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
                await self.lead_answer(slug, standing, after, now=now)
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

    async def lead_answer(self, slug: str, before: Standing | None, answered: Standing, *, now: datetime) -> None:
        """Have the wall's own answer to a post come, go or end as the post did."""
        same = before and before.status == answered.status and before.post.text == answered.post.text
        if not answered.spoken or same:
            return
        kind = "withdrawn" if answered.status is Status.WITHDRAWN else "swept"
        await self.change(
            slug, answered.spoken, lambda answer: answering.followed(answer, before, answered, now), kind, now
        )

    async def _answers_what_is_shown(self, slug: str, answer: Standing) -> None:
        (answered,) = await self.get_all(slug, [str(moderation.answered_id(answer.post))])
        if answered is None or not answered.visible:
            raise InvalidInput(_("The post that this answers is not on the wall; the answer comes with it."))


class Change(Protocol):
    """What becomes of a post as it stands; None for nothing."""

    def __call__(self, standing: Standing, /) -> Standing | None: ...
