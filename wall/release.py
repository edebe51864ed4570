"""Puts delayed posts on the wall when their time has come. Any number of these may run; each post is released once."""

from collections.abc import Collection
from datetime import timedelta

from wall.awake import Awake
from wall.core import pictures, rules, wishes
from wall.core.moderation import Standing, Status
from wall.core.rules import Chain, Facts
from wall.store import Store
from wall.store.due import Pending
from wall.store.known import Known

LOOK_SECONDS = 0.25
AT_ONCE = 50
LATE = timedelta(seconds=10)
"""What is later than this could not be stopped by anybody, for the wall did not run; it waits for a moderator."""

STOPPED = "The screens were stopped before its time came, so it waits for a moderator."
CHANGED = "The mode changed before its time came, so it waits for a moderator."
TOO_LATE = "The wall was not running when its time came, so it waits for a moderator."


class Releaser:
    """Looks after the delayed posts of every event. Run `run` as a task, in as many processes as there are.

    Who is first, Redis decides: a post is released by a script that compares what was read, so a process that is killed
    leaves nothing half done, and the next look of any other finds what it left.
    """

    def __init__(self, store: Store) -> None:
        self.store = store
        self.chains: dict[str, Chain] = {}

    async def run(self, awake: Awake) -> None:
        """Look until cancelled, through every loss of Redis."""
        await awake.rounds(self.look, every=LOOK_SECONDS, meanwhile="Delayed posts wait for Redis")

    async def look(self, among: Collection[str] | None = None) -> Collection[str]:
        """Release what is due, in these events or in any, and stop what must not go on the wall by itself any more.

        Returns the events in which posts are delayed.
        """
        slugs = await self.store.due.slugs(among)
        for slug in slugs:
            pending = await self.store.due.pending(slug, limit=AT_ONCE)
            if pending:
                await self._look(slug, pending)
        return slugs

    async def _look(self, slug: str, pending: Pending) -> None:
        stopped = await self._stopped(slug, pending)
        concerned = dict(one for one in pending.posts if stopped or one[1] <= pending.now)
        if not concerned:
            return
        standings = await self.store.posts.get_all(slug, list(concerned))
        gone = [id for id, one in zip(concerned, standings, strict=True) if not is_pending(one)]
        await self.store.due.forget(slug, gone)
        for standing in standings:
            if standing is None or not is_pending(standing):
                continue
            late = TOO_LATE if pending.now - concerned[standing.post.id] > LATE else None
            known = await self.store.posts.known(slug, [standing.post])
            reason = stopped or late or await self._obstacle(slug, pending, standing, known)
            if reason is None:
                await self.store.due.release(
                    slug, standing, pending.read, now=pending.now, strictness=known.strictness
                )
                if standing.spoken:
                    after = await self.store.posts.get(slug, standing.post.id)
                    await self.store.posts.lead_answer(slug, standing, after, now=pending.now)
            else:
                await self.store.due.stop(slug, standing, reason, now=pending.now)

    async def _stopped(self, slug: str, pending: Pending) -> str | None:
        """Return, in words, why nothing that is delayed may go on the wall by itself any more."""
        if pending.event.holding(pending.now).mode != "open with delay":
            return CHANGED
        curtain = await self.store.curtains.get(slug)
        return None if curtain.kind == "open" else STOPPED

    async def _obstacle(self, slug: str, pending: Pending, standing: Standing, known: Known) -> str | None:
        """Judge a post once more, as if it came now: rules, trust and settings may have changed during its delay."""
        post = standing.post
        if restriction := known.restrictions[0]:
            return restriction.reason
        if known.rules != self.chains.get(slug, Chain()).version:
            self.chains[slug] = await self.store.rules.get(slug)
        facts = Facts(trust=known.trusts[0])
        chain = self.chains.get(slug, Chain())
        by_rules = rules.judge(pending.event, chain, post, facts, trusted=known.trusted[0], now=pending.now)
        verdict = wishes.heeded(pending.event, post.author, by_rules)
        obstacles = pictures.obstacles(pending.event, post) if post.shown else []
        if verdict.delay is None and verdict.status is not Status.APPROVED:
            return verdict.reason or CHANGED
        return " ".join(obstacles) or None


def is_pending(standing: Standing | None) -> bool:
    return standing is not None and standing.status is Status.WAITING and standing.due is not None
