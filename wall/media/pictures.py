"""Pictures: fetched once, checked, encoded anew, kept by their content; nobody is sent to an author's server."""

import asyncio
import hashlib
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from pathlib import Path
from time import monotonic
from weakref import WeakValueDictionary

from wall.core.post import Author, Media, Picture, Post
from wall.core.words import _
from wall.decode import MAX_BYTES, Kind, decode
from wall.errors import PictureError, SourceError
from wall.media.files import PictureFiles
from wall.sources.fetch import Fetch

# Some stores of files name no better type; the decoder looks at the bytes anyway.
ACCEPTED = ("image/", "application/octet-stream", "binary/octet-stream")
# Shorter than dressing, so that a server that hangs is remembered as one.
FETCH_SECONDS = 8.0
DRESS_SECONDS = 10.0
REMEMBERED = 5000
KEPT_SECONDS = 3600.0
FAILED_SECONDS = 300.0
MAX_MEDIA = 8
OWN = "rehearsal:"
MAX_EMOJIS = 40


@dataclass(frozen=True, slots=True)
class Memory:
    """What became of an address, and until when (monotonic seconds) it need not be asked again."""

    outcome: Picture | PictureError
    until: float


class Pictures(PictureFiles):
    """Our own copies of what posts show, kept as files below a folder.

    At most `workers` are decoded at a time. `own` returns the bytes of a picture that comes with the program, by name.
    """

    def __init__(
        self, folder: Path, fetch: Fetch, *, workers: int = 2, own: Callable[[str], bytes] | None = None
    ) -> None:
        super().__init__(folder)
        self.own = own
        self.fetch = fetch
        self.workers = asyncio.Semaphore(workers)
        self.memories: OrderedDict[tuple[str, Kind], Memory] = OrderedDict()
        self.turns: WeakValueDictionary[tuple[str, Kind], asyncio.Lock] = WeakValueDictionary()

    async def keep(self, url: str, *, kind: Kind) -> Picture:
        """Return our own copy of the picture at this address; raises PictureError in words.

        An address is asked once an hour at most, also when many want it at once; one that failed, after 5 minutes.
        """
        key = (url, kind)
        lock = self.turns.setdefault(key, asyncio.Lock())
        async with lock:
            remembered = self.recall(key)
            if isinstance(remembered, Picture):
                return remembered
            if remembered is not None:
                raise PictureError(remembered.message)
            try:
                picture = await self.keep_bytes(await self.fetched(url), kind=kind)
            except PictureError as error:
                self.remember(key, PictureError(error.message), FAILED_SECONDS)
                raise
            self.remember(key, picture, KEPT_SECONDS)
            return picture

    async def keep_bytes(self, data: bytes, *, kind: Kind) -> Picture:
        """Return our own copy of a picture given as a file's bytes; raises PictureError in words."""
        async with self.workers:
            decoded = await decode(data, kind)
        picture = Picture(
            hashlib.sha256(decoded.screen).hexdigest()[:32],
            decoded.width,
            decoded.height,
            likeness=decoded.likeness if kind == "photo" else "",
            codes=decoded.codes,
        )
        try:
            await asyncio.to_thread(self.write, picture.id, decoded)
        except OSError as error:
            raise PictureError(
                _("The picture cannot be stored: %(strerror)s.", strerror=error.strerror)
            ) from error
        return picture

    async def dress(self, post: Post) -> Post:
        """Return the post with our own copies of its pictures, within 10 seconds; never raises for a bad picture.

        Pictures we keep already stay as they are. What cannot be had says so in `Media.problem`; an avatar is left
        out, an emoji stays its shortcode.
        """
        until = asyncio.get_running_loop().time() + DRESS_SECONDS
        emojis = dict(list(post.emojis.items())[:MAX_EMOJIS])
        media, author, drawn = await asyncio.gather(
            together([self.dressed_media(one, place, until) for place, one in enumerate(post.media)]),
            self.dressed_author(post.author, until),
            together([self.dressed_emoji(one, until) for one in emojis.values()]),
        )
        return replace(post, media=tuple(media), author=author, emojis=dict(zip(emojis, drawn, strict=True)))

    async def dressed_media(self, media: Media, place: int, until: float) -> Media:
        if self.has(media.picture):
            return media
        url = media.url if media.kind == "image" else media.preview_url
        if url is None:
            return replace(media, picture=None)
        if place >= MAX_MEDIA:
            return replace(media, picture=None, problem=f"Only the first {MAX_MEDIA} pictures of a post are kept.")
        return with_outcome(media, await self.attempt(url, "photo", until))

    async def dressed_emoji(self, emoji: Media, until: float) -> Media:
        if self.has(emoji.picture):
            return emoji
        return with_outcome(emoji, await self.attempt(emoji.url, "emoji", until))

    async def dressed_author(self, author: Author, until: float) -> Author:
        if self.has(author.avatar):
            return author
        if author.avatar_url is None:
            return replace(author, avatar=None)
        outcome = await self.attempt(author.avatar_url, "avatar", until)
        return replace(author, avatar=outcome if isinstance(outcome, Picture) else None)

    async def attempt(self, url: str, kind: Kind, until: float) -> Picture | PictureError:
        if remembered := self.recall((url, kind)):
            return remembered
        try:
            async with asyncio.timeout_at(until):
                return await self.keep(url, kind=kind)
        except TimeoutError:
            return PictureError(_("The picture did not arrive in time."))
        except PictureError as error:
            return error

    async def fetched(self, url: str) -> bytes:
        if self.own and url.startswith(OWN):
            return await asyncio.to_thread(self.own, url.removeprefix(OWN))
        try:
            response = await self.fetch.get(url, limit=MAX_BYTES, seconds=FETCH_SECONDS, accept=ACCEPTED)
        except SourceError as error:
            raise PictureError(error.message) from error
        return response.body

    def recall(self, key: tuple[str, Kind]) -> Picture | PictureError | None:
        memory = self.memories.get(key)
        if memory is None or memory.until < monotonic():
            return None
        if isinstance(memory.outcome, Picture) and not self.has(memory.outcome):
            return None
        self.memories.move_to_end(key)
        return memory.outcome

    def remember(self, key: tuple[str, Kind], outcome: Picture | PictureError, seconds: float) -> None:
        self.memories[key] = Memory(outcome, monotonic() + seconds)
        self.memories.move_to_end(key)
        while len(self.memories) > REMEMBERED:
            self.memories.popitem(last=False)


async def together(pieces: list[Awaitable[Media]]) -> list[Media]:
    return list(await asyncio.gather(*pieces)) if pieces else []


def with_outcome(media: Media, outcome: Picture | PictureError) -> Media:
    if isinstance(outcome, Picture):
        return replace(media, picture=outcome, problem=None)
    return replace(media, picture=None, problem=outcome.message)
