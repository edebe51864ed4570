"""What comes in at an event, as a wall's store takes it in: posts with pictures, edits, deletes, removals, pins, reposts."""

import asyncio
import io
import os
import secrets
import time
from collections import Counter, deque
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from random import Random

from PIL import Image, ImageDraw, ImageFilter

from bench.served import SLUG, Wall, posts
from wall.core.decision import Decision, Kind
from wall.core.moderation import Status, Verdict
from wall.core.post import Media, Picture, Post
from wall.errors import AlreadyDecided
from wall.store.submission import Submission

TICK_SECONDS = 0.2
RECENT = 40  # of which people edit and moderators remove
DRAWINGS = ((1600, 1200), (1280, 853), (900, 1200), (1600, 900), (1200, 1200), (1024, 1536))
EACH_DRAWING = 4
FACE = 192
PICTURED = 0.25
# For each post that comes in, how many of these happen: about what the rehearsal and recorded conferences have.
RATES: dict[str, float] = {"edit": 0.015, "remove": 0.01, "delete": 0.01, "pin": 0.002, "recount": 0.1}

Held = Callable[[], Awaitable[None]]


class Drawings:
    """A few pictures, kept where the wall keeps its own, under as many names as are asked for.

    To a browser each name is another picture, fetched and decoded anew; on the disk they are links to a few files.
    """

    def __init__(self, folder: Path, *, seed: int) -> None:
        self.folder = folder
        dice = Random(seed)
        self.photos = [
            (size, self._drawn(dice, size, f"photo-{place}-{copy}"))
            for place, size in enumerate(DRAWINGS)
            for copy in range(EACH_DRAWING)
        ]
        self.faces = [((FACE, FACE), self._drawn(dice, (FACE, FACE), f"face-{place}")) for place in range(8)]

    def photo(self, dice: Random) -> Picture:
        return self._named(*dice.choice(self.photos), dice)

    def face(self, dice: Random) -> Picture:
        return self._named(*dice.choice(self.faces), dice)

    def _named(self, size: tuple[int, int], drawn: Path, dice: Random) -> Picture:
        name = f"{dice.getrandbits(128):032x}"
        path = self.folder / name[:2] / f"{name}-screen.webp"
        path.parent.mkdir(parents=True, exist_ok=True)
        os.link(drawn, path)
        return Picture(name, *size)

    def _drawn(self, dice: Random, size: tuple[int, int], name: str) -> Path:
        image = Image.new("RGB", size, tuple(dice.randrange(40, 200) for _ in range(3)))
        pen = ImageDraw.Draw(image)
        for _ in range(60):
            x, y = dice.randrange(size[0]), dice.randrange(size[1])
            reach = dice.randrange(10, max(11, size[0] // 4))
            pen.ellipse((x - reach, y - reach, x + reach, y + reach), tuple(dice.randrange(256) for _ in range(3)))
        image = image.filter(ImageFilter.GaussianBlur(3))
        file = io.BytesIO()
        image.save(file, "WEBP", quality=80, method=0)
        path = self.folder / f"{name}.webp"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(file.getvalue())
        return path


class EventDays:
    """Feeds a wall with approved posts, and with what people and moderators do to them. `counts` says what was done."""

    def __init__(self, wall: Wall, drawings: Drawings, *, seed: int) -> None:
        self.wall = wall
        self.drawings = drawings
        self.dice = Random(seed)
        self.supply = self._dressed(posts(seed))
        self.faces: dict[str, Picture] = {}
        self.recent: deque[Post] = deque(maxlen=RECENT)
        self.pinned: Post | None = None
        self.counts: Counter[str] = Counter()

    async def feed(self, count: int, each_second: float, *, held: Held | None = None) -> None:
        """Have so many posts come in; `held` is awaited between batches, and may let the feeding wait."""
        due = time.perf_counter()
        left = count
        while left > 0:
            batch = min(left, max(1, round(each_second * TICK_SECONDS)))
            await self._submit(batch)
            left -= batch
            if held:
                await held()
            due = max(due + batch / each_second, time.perf_counter() - 1.0)
            await asyncio.sleep(max(0.0, due - time.perf_counter()))

    async def _submit(self, count: int) -> None:
        batch = [next(self.supply) for _ in range(count)]
        now = datetime.now(UTC)
        await self.wall.store.posts.submit(
            SLUG, [Submission(post, Verdict(status=Status.APPROVED)) for post in batch], now=now
        )
        self.recent.extend(batch)
        self.counts["posted"] += count
        for kind, rate in RATES.items():
            for _ in range(self._times(rate * count)):
                await self._do(kind)

    def _times(self, expected: float) -> int:
        return int(expected) + (self.dice.random() < expected % 1)

    async def _do(self, kind: str) -> None:
        post = self.dice.choice(self.recent)
        if kind == "pin" and self.pinned:
            await self._decide(self.pinned, "unpin")
        if kind in ("remove", "pin"):
            await self._decide(post, "remove" if kind == "remove" else "pin")
            self.pinned = post if kind == "pin" else self.pinned
        elif kind == "delete":
            await self.wall.store.posts.withdraw(SLUG, post.uid, now=datetime.now(UTC))
        elif kind == "recount":
            more = replace(post, reposts=post.reposts + self.dice.randrange(2, 30))
            await self.wall.store.posts.recount(SLUG, more, now=datetime.now(UTC))
        elif kind == "edit":
            edited = replace(post, text=post.text + " (edited)", revision=int(time.time() * 1000))
            submission = Submission(edited, Verdict(status=Status.APPROVED))
            await self.wall.store.posts.edit(SLUG, submission, now=datetime.now(UTC))
        self.counts[kind] += 1
        if kind in ("remove", "delete") and post in self.recent:
            self.recent.remove(post)

    async def _decide(self, post: Post, kind: Kind) -> None:
        standing = await self.wall.store.posts.get(SLUG, post.id)
        if not standing.visible:
            return
        decision = Decision(
            id=secrets.token_hex(8),
            post_id=post.id,
            kind=kind,
            by="bench",
            by_name="Bench",
            version=standing.version,
            content_hash=standing.post.content_hash,
        )
        try:
            await self.wall.store.posts.decide(SLUG, decision, now=datetime.now(UTC))
        except AlreadyDecided:
            self.counts["too late"] += 1

    def _dressed(self, supply: Iterator[Post]) -> Iterator[Post]:
        for post in supply:
            author = post.author.uid
            if author not in self.faces:
                self.faces[author] = self.drawings.face(self.dice)
            media = ()
            if self.dice.random() < PICTURED:
                pictures = [self.drawings.photo(self.dice) for _ in range(self.dice.choice((1, 1, 1, 2, 4)))]
                media = tuple(
                    Media(
                        kind="image",
                        url=f"https://social.example/{picture.id}.webp",
                        alt="A drawing",
                        picture=picture,
                    )
                    for picture in pictures
                )
            yield replace(post, media=media, author=replace(post.author, avatar=self.faces[author]))
