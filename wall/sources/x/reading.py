"""Reading X within a budget: what is about to be read is spent in the position before it is asked for."""

from collections.abc import AsyncGenerator, Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from wall.core.post import SourceRef
from wall.errors import InvalidPost, SourceError
from wall.sources.base import Batch, Checkpoint, Delete, SetAside, SourceEvent, Upsert
from wall.sources.budget import Budget
from wall.sources.remembered import Remembered
from wall.sources.x.api import Api
from wall.sources.x.position import Position, written_ms
from wall.sources.x.post import Page, history, parse_post, post_uid

LEAST, PAGE = 10, 100  # posts that X gives at once
SEARCHED = timedelta(days=6, hours=12)  # how far back X searches, and a little less
REMEMBERED = 4000


class Reading:
    """What was read and spent so far, and the ways to read more."""

    def __init__(
        self, api: Api, source: SourceRef, position: Position, *, most: int, now: Callable[[], datetime]
    ) -> None:
        self.api = api
        self.source = source
        self.position = position
        self.most = most
        self.now = now
        self.seen: Remembered[str, tuple[int, str]] = Remembered(REMEMBERED)

    @property
    def budget(self) -> Budget:
        return Budget(self.most, self.position.spent)

    async def search(self, query: str, *, kept: int) -> AsyncGenerator[Batch, None]:
        """Yield what was written since, page by page; `kept` posts of the budget are for other things.

        The first time it is the newest few: what was written before is not what a wall is paid for.
        """
        since = self.since()
        newest, following, pages = since, "", 0
        while (most := min(PAGE if since else LEAST, self.budget.left - kept)) >= LEAST:
            before = self.position
            yield self.paid(most)
            try:
                page = await self.api.search(query, most=most, since=since, following=following)
            except SourceError:
                yield self.back_at(before)
                raise
            pages += 1
            newest = max([newest, *ids(page)], key=lambda id: int(id or 0))
            following = page.following if since else ""
            # Only once all pages are read is nothing left out between them and what comes next.
            done = newest if not following or self.budget.left - kept < LEAST else before.since
            position = replace(before, since=done, spent=before.spent + len(page.posts))
            yield [*self.taken(page), *self.back_at(position)]
            if not following:
                return

    async def look(self, uids: Sequence[str]) -> AsyncGenerator[Batch, None]:
        """Yield what became of posts: newer versions, and deletes; also of those that nothing is left to look at with.

        X wants deleted posts gone within a day, so what cannot be looked at cannot stay.
        """
        wanted = [uid.removeprefix("x:") for uid in uids]
        while wanted:
            some, wanted = wanted[:PAGE], wanted[PAGE:]
            some, lost = some[: self.budget.left], some[self.budget.left :]
            if lost:
                yield [Delete(post_uid(id)) for id in lost]
            if not some:
                continue
            before = self.position
            yield self.paid(len(some))
            try:
                page = await self.api.look_up(some)
            except SourceError:
                yield self.back_at(before)
                raise
            wanted += newer(page, some)
            deletes = [Delete(post_uid(id)) for id in page.gone if id in some]
            position = replace(before, spent=before.spent + len(page.posts))
            yield [*self.taken(page), *deletes, *self.back_at(position)]
        yield self.back_at(replace(self.position, looked=int(self.now().timestamp())))

    def since(self) -> str:
        """Return the post to read on from, "" where X does not search back so far."""
        since = self.position.since
        oldest = (self.now() - SEARCHED).timestamp() * 1000
        return since if since and written_ms(since) > oldest else ""

    def paid(self, number: int) -> Batch:
        return self.back_at(replace(self.position, spent=self.position.spent + number))

    def back_at(self, position: Position) -> Batch:
        self.position = position
        return [Checkpoint(position.written())]

    def taken(self, page: Page) -> list[SourceEvent]:
        """Return the posts of a page that are new or changed, oldest first."""
        events: list[SourceEvent] = []
        for raw in reversed(page.posts):
            try:
                post = parse_post(raw, page, source=self.source, now=self.now())
            except InvalidPost as error:
                events.append(SetAside(f"X: {error.message}"))
                continue
            state = post.revision, post.content_hash
            if self.seen.get(post.uid) != state:
                self.seen[post.uid] = state
                events.append(Upsert(post))
        return events


def ids(page: Page) -> list[str]:
    found = []
    for raw in page.posts:
        try:
            found.append(history(raw)[-1])
        except InvalidPost:
            continue
    return found


def newer(page: Page, asked: Sequence[str]) -> list[str]:
    """Return the newest versions of posts whose older ones were asked for and came."""
    came = {str(raw.get("id")) for raw in page.posts}
    return [id for id in ids(page) if id not in came and id not in asked]
