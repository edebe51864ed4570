"""The one door for posts, wherever they come from: judged, dressed with their pictures, and submitted."""

import asyncio
import logging
from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import chain
from typing import TypeGuard

from wall.accept.amplifying import Amplifying
from wall.accept.continuing import Continuing
from wall.accept.grouping import Grouping
from wall.accept.inspection import Inspector
from wall.accept.judging import Memory, judged, passed_on, turned_away
from wall.classifier import Classifier
from wall.core import rules, wishes
from wall.core.bridges import BRIDGES
from wall.core.event import Event
from wall.core.moderation import Status, Verdict
from wall.core.pictures import Findings
from wall.core.post import Post
from wall.core.rules import Facts
from wall.errors import Outdated
from wall.leaving import Leaving
from wall.media import Pictures
from wall.sources.base import Delete
from wall.sources.registry import several
from wall.store import Store
from wall.store.clues import clues
from wall.store.codec import unkeepable
from wall.store.fares import Happened
from wall.store.known import Known
from wall.store.submission import Submission
from wall.tracing import span

log = logging.getLogger(__name__)

EVENTS_KEPT = 64
TRIES = 8
LONGEST_UID = 100  # characters that are told of one

Clock = Callable[[], datetime]
Clues = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Taken:
    """Which of some posts were new, and which were edits."""

    new: Sequence[Post] = ()
    edited: Sequence[Post] = ()

    @property
    def total(self) -> int:
        return len(self.new) + len(self.edited)


@dataclass(slots=True)
class Batch:
    """Posts on their way in, and, by id, what was done for them already that need not be done again.

    They are taken `again` when something else was quicker.
    """

    posts: Sequence[Post]
    source_id: str | None
    position: str | None
    holder: str
    dressed: dict[str, Post] = field(default_factory=dict)
    classified: dict[str, Findings] = field(default_factory=dict)
    again: bool = False


class Acceptor:
    """Takes posts in, whatever door they came to: judges them, dresses them with pictures, submits them."""

    def __init__(
        self,
        store: Store,
        pictures: Pictures,
        *,
        now: Clock,
        classifier: Classifier | None = None,
        bridges: Sequence[str] = BRIDGES,
    ) -> None:
        self.store = store
        self.pictures = pictures
        self.inspector = Inspector(store, pictures, classifier)
        self.leaving = Leaving(store)
        self.amplifying = Amplifying(store)
        self.continuing = Continuing(store)
        self.grouping = Grouping(store, bridges)
        self.now = now
        self.memories: OrderedDict[str, Memory] = OrderedDict()

    async def accept(
        self,
        slug: str,
        posts: Sequence[Post],
        *,
        source_id: str | None = None,
        position: str | None = None,
        holder: str = "",
    ) -> Taken:
        """Take in posts and, in the same step as the new ones, how far their source was read by who holds its lease.

        Returns which were new or changed. Posts the event does not want are left out, and those of authors who
        left it or ask programs to keep away; one with which an author leaves is understood, and not taken in. What
        cannot be kept at all is set aside. Raises StoreUnavailable; send them again. Raises LeaseLost; do not.
        """
        with span("accept", event=slug, posts=len(posts)):
            now = self.now()
            posts = await self._keepable(slug, posts, source_id, now)
            posts = await self.leaving.sift(slug, list({post.id: post for post in posts}.values()), now=now)
            batch = Batch(posts, source_id, position, holder)
            for _ in range(TRIES - 1):
                with suppress(Outdated):
                    return await self._take(slug, batch, now)
                batch.again = True
            return await self._take(slug, batch, now)

    async def by_rules(self, slug: str, posts: Sequence[Post]) -> list[Status | None]:
        """Return where the rules alone would send what is no post, such as a word of a poll; None: they let it be."""
        memory = self._memory(slug)
        known = await self._known(slug, posts, memory, {})
        return [
            Status.WAITING if restriction else rules.by_rules(memory.chain, post, Facts(trust=trust), self.now())
            for post, trust, restriction in zip(posts, known.trusts, known.restrictions, strict=True)
        ]

    async def _keepable(
        self, slug: str, posts: Sequence[Post], source_id: str | None, now: datetime
    ) -> Sequence[Post]:
        """Return the posts that can be kept. A source that made any other has a fault, and its organiser is told."""
        reasons = {index: why for index, post in enumerate(posts) if (why := unkeepable(post))}
        for index, why in reasons.items():
            post = posts[index]
            words = f"A post was set aside, for {why} Its address: {ascii(post.uid)[1:-1][:LONGEST_UID]}"
            log.error("%s/%s: %s", slug, source_id or ascii(post.source), words)
            source = source_id or getattr(post.source, "id", None)
            if is_text(source):
                await self.store.sources.note(slug, source, Happened(reasons=[words], now=now))
        return [post for index, post in enumerate(posts) if index not in reasons] if reasons else posts

    async def _take(self, slug: str, batch: Batch, now: datetime) -> Taken:
        """Judge and take in posts; raises Outdated when something was refused meanwhile that they had not met."""
        memory = self._memory(slug)
        # Where all is from one network hardly anything is ever found, and the script refuses what meets something.
        by_author = memory.several
        asked = self._clues(batch.posts, memory) if by_author or batch.again else {}
        known = await self._known(slug, batch.posts, memory, asked)
        memory.several = several(known.kinds)
        posts = await self.continuing.named(known.event, batch.posts)
        away = turned_away(known, posts)
        await self.store.absences.turned_away(slug, away)
        new: list[Submission] = []
        edits: list[Submission] = []
        for submission, edited in judged(known, memory, posts, now, away):
            (edits if edited else new).append(submission)
        new, edits = [await self._ready(known.event, some, batch) for some in (new, edits)]
        restricted = {post.author.uid for post, one in zip(posts, known.restrictions, strict=True) if one}
        texts = asked if asked and by_author == memory.several else self._clues([one.post for one in new], memory)
        new = await self.grouping.place(slug, new, texts, known.clues, restricted=restricted, now=now)
        changed = [edit.post for edit in edits if await self.store.posts.edit(slug, edit, now=now)]
        for post in passed_on(known, posts):
            await self.store.posts.recount(slug, post, now=now)
        taken = await self.store.posts.submit(
            slug, new, now=now, source_id=batch.source_id, position=batch.position, holder=batch.holder
        )
        if known.unsettled or any(one.match for one in new):
            await self.store.cards.settle(slug, now=now)
        await self._count(slug, [*new, *edits])
        return Taken(taken, changed)

    def _clues(self, posts: Sequence[Post], memory: Memory) -> Clues:
        return {post.id: clues(post, self.grouping.bridges, by_author=memory.several) for post in posts}

    async def _known(self, slug: str, posts: Sequence[Post], memory: Memory, clues: Clues) -> Known:
        """Return what is known of posts, and with it, in memory, the rules that are in force at this moment."""
        asked = list(dict.fromkeys(chain.from_iterable(clues.values())))
        known = await self.store.posts.known(slug, posts, facts=memory.wanted(asked))
        while known.rules != memory.chain.version:
            in_force = await self.store.rules.get(slug)
            # Thousands of words would hold everybody up. What cannot be compiled fails again at each post, which waits.
            await asyncio.gather(asyncio.to_thread(rules.prepare, in_force), return_exceptions=True)
            memory.chain = in_force
            memory.learn(known)
            known = await self.store.posts.known(slug, posts, facts=memory.wanted(asked))
        memory.learn(known)
        return known

    def _memory(self, slug: str) -> Memory:
        memory = self.memories.setdefault(slug, Memory())
        self.memories.move_to_end(slug)
        if len(self.memories) > EVENTS_KEPT:
            self.memories.popitem(last=False)
        return memory

    async def _count(self, slug: str, submissions: Sequence[Submission]) -> None:
        verdicts = [submission.verdict for submission in submissions if submission.verdict.rule]
        for verdict in verdicts:
            if verdict.error:
                log.warning("A rule of %s failed (%s): %s", slug, verdict.rule_name, verdict.error)
        if verdicts:
            await self.store.rules.count(slug, verdicts)

    async def _ready(self, event: Event, submissions: Sequence[Submission], batch: Batch) -> list[Submission]:
        """Return submissions with their pictures kept here and looked at: what is judged is what audiences see."""
        dressed = batch.dressed
        bare = [one.post for one in submissions if has_pictures(one.post) and one.post.id not in dressed]
        dressed |= zip(
            (post.id for post in bare), await asyncio.gather(*map(self.pictures.dress, bare)), strict=True
        )
        ready = [replace(one, post=dressed.get(one.post.id, one.post)) for one in submissions]
        return await self.inspector.look(event, ready, batch.classified)

    async def withdraw(self, slug: str, delete: Delete) -> bool:
        """Withdraw a post that its author deleted, pictures included; returns whether there was one."""
        if not is_text(delete.uid):
            return False  # No post has such an address, for none could be kept.
        now = self.now()
        if await self.store.posts.withdraw(slug, delete.uid, author=delete.author, now=now):
            return True
        return await self.grouping.gone(slug, delete.uid, author=delete.author, now=now)

    async def restore(self, slug: str, post: Post) -> bool:
        """Have a post wait again that its network took away and shows again; returns whether it does."""
        now = self.now()
        if not await self._keepable(slug, [post], None, now):
            return False
        known = await self.store.posts.known(slug, [post])
        if known.standings[0] is None:
            return bool((await self.accept(slug, [post])).total)
        if known.left[0] or wishes.turned_away(known.event, post.author):
            return False
        waiting = Submission(post, Verdict(status=Status.WAITING))
        (ready,) = await self._ready(known.event, [waiting], Batch([post], None, None, ""))
        return await self.store.posts.restore(slug, ready.post, now=now)


def is_text(value: object) -> TypeGuard[str]:
    """Tell whether a value can be written down: a text without halves of letters."""
    return isinstance(value, str) and not any("\ud800" <= char <= "\udfff" for char in value)


def has_pictures(post: Post) -> bool:
    return bool(post.media or post.emojis or post.author.avatar_url)
