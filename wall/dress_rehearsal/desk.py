"""The desk of a rehearsal: lets through what waits, takes some back, turns the raid away, and has a panic."""

import asyncio
import secrets
from http import HTTPStatus

import httpx2

from wall.core.decision import Kind
from wall.core.moderation import Standing, Status
from wall.dress_rehearsal.clocked import Book
from wall.dress_rehearsal.recording import is_raid
from wall.errors import StoreUnavailable
from wall.store import Store

LOOK_SECONDS = 0.2
AT_ONCE = 8
MOST_A_LOOK = 50
TAKEN_BACK = 20
"""One of so many posts is taken off the wall again."""
STANDS_SECONDS = 3.0
AGAIN_SECONDS = 0.5
GIVES_UP_SECONDS = 60.0
CURTAIN_SECONDS = 2.0
MOVED_ON = (HTTPStatus.CONFLICT, HTTPStatus.UNPROCESSABLE_ENTITY, HTTPStatus.NOT_FOUND)
"""The post is not as it was: its author edited or deleted it meanwhile."""
AGAIN = (HTTPStatus.TOO_MANY_REQUESTS, *(one for one in HTTPStatus if one >= HTTPStatus.INTERNAL_SERVER_ERROR))


class Desk:
    """Decides by HTTP as a moderator's page does: the same decision again until it is answered."""

    def __init__(self, store: Store, slug: str, asking: httpx2.AsyncClient, book: Book) -> None:
        self.store = store
        self.slug = slug
        self.asking = asking
        self.book = book
        self.decided: set[tuple[str, int]] = set()
        self.approved: set[str] = set()
        self.turn = asyncio.Semaphore(AT_ONCE)
        self.later: set[asyncio.Task[None]] = set()

    async def work(self) -> None:
        """Decide about whatever waits, until cancelled."""
        while True:
            try:
                waiting = await self.store.posts.page(self.slug, Status.WAITING, limit=MOST_A_LOOK)
            except StoreUnavailable:
                waiting = []
            new = [one for _, one in reversed(waiting) if (one.post.id, one.version) not in self.decided]
            await asyncio.gather(*map(self._decide, new))
            await asyncio.sleep(LOOK_SECONDS)

    async def finish(self) -> None:
        """Wait until what was begun is done."""
        await asyncio.gather(*self.later)

    async def panic(self) -> None:
        """Draw the curtain before every screen, and open it again."""
        self.book.drawing = self.book.now()
        await self._sent("panic", {"act": "draw", "curtain": "blank"})
        await asyncio.sleep(CURTAIN_SECONDS)
        await self._sent("panic", {"act": "draw", "curtain": "open"})

    async def _decide(self, standing: Standing) -> None:
        async with self.turn:
            id = standing.post.id
            self.decided.add((id, standing.version))
            if is_raid(standing.post.uid):
                await self._sent("decisions", body(standing, "reject"))
                return
            self.book.approving[id] = self.book.now()
            if not await self._sent("decisions", body(standing, "approve")):
                return
            self.approved.add(id)
            if len(self.approved) % TAKEN_BACK == 0:
                task = asyncio.create_task(self._take_back(id))
                self.later.add(task)

    async def _take_back(self, id: str) -> None:
        await asyncio.sleep(STANDS_SECONDS)
        while True:
            try:
                standing = await self.store.posts.get(self.slug, id)
                break
            except StoreUnavailable:
                await asyncio.sleep(AGAIN_SECONDS)
        if standing.status is Status.APPROVED:
            self.book.removing[id] = self.book.now()
            await self._sent("decisions", body(standing, "remove"))

    async def _sent(self, what: str, asked: dict[str, object]) -> bool:
        """Send a decision until it is answered; returns whether it holds. Who was faster, or edited, is no fault."""
        asked = {"id": secrets.token_hex(8), **asked}
        began = self.book.now()
        while self.book.now() - began < GIVES_UP_SECONDS:
            try:
                answer = await self.asking.post(f"/{self.slug}/moderate/{what}", json=asked)
            except httpx2.HTTPError:
                await asyncio.sleep(AGAIN_SECONDS)
                continue
            if answer.status_code == HTTPStatus.OK:
                self.book.measured.confirmed.append((began, self.book.now() - began))
                return True
            if answer.status_code in MOVED_ON:
                return False
            if answer.status_code not in AGAIN:
                words = f"The desk was refused: {answer.status_code} {answer.text[:200]}"
                if words not in self.book.measured.troubles:
                    self.book.measured.troubles.append(words)
                return False
            await asyncio.sleep(AGAIN_SECONDS)
        self.book.measured.unconfirmed += 1
        return False


def body(standing: Standing, kind: Kind) -> dict[str, object]:
    post = standing.post
    return {"post": post.id, "kind": kind, "version": standing.version, "hash": post.content_hash}
