"""Posts from Threads, by its search, which answers an account only so often; it stops at the organiser's budget."""

import asyncio
import json
import re
from collections.abc import AsyncGenerator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any, ClassVar

from wall.core.post import SourceRef
from wall.core.source import Place, SourceSettings
from wall.core.words import _
from wall.errors import InvalidInput, InvalidPost, SourceError
from wall.sources.base import Batch, Checkpoint, Context, Health, Option, SetAside, SourceEvent, Upsert
from wall.sources.budget import Budget, kept_number, whole
from wall.sources.payload import loads, mapping, moment, since_epoch, string
from wall.sources.remembered import Remembered
from wall.sources.threads_search.api import Api
from wall.sources.threads_search.post import NAME, author_uid, parse_found

TOKEN = re.compile(r"[\x21-\x7e]{20,1000}")
LATE = timedelta(minutes=15)  # how long Threads may take to find a new post
REMEMBERED = 2000


@dataclass(frozen=True, slots=True, kw_only=True)
class Position:
    """`newest` is when the newest post of each hashtag was written, `asked` when a search was last made; in seconds."""

    newest: Mapping[str, int] = field(default_factory=dict)
    spent: int = 0
    asked: int = 0

    def checkpoint(self) -> Checkpoint:
        return Checkpoint(json.dumps({"newest": self.newest, "spent": self.spent, "asked": self.asked}))


def read_position(text: str | None) -> Position:
    """Return the position that was kept; what cannot be read is the beginning."""
    try:
        kept = mapping(loads(text or "{}"))
    except InvalidPost:
        return Position()
    newest = {tag: time for tag, time in mapping(kept.get("newest")).items() if type(time) is int and time >= 0}
    asked = kept.get("asked")
    return Position(newest=newest, spent=kept_number(kept.get("spent")), asked=asked if type(asked) is int else 0)


class Threads:
    """A search for each hashtag, as often as Threads answers one account."""

    kind: ClassVar[str] = "threads"
    title: ClassVar[str] = "Threads"
    pushed: ClassVar[bool] = False
    terms: ClassVar[str] = _(
        "Threads costs nothing, and lets nobody search before Meta has looked at their app: make one at "
        "developers.facebook.com, and ask under App Review for threads_basic and threads_keyword_search, which takes "
        "weeks. One account has 2,200 searches a day. Posts of people who share theirs with the fediverse also come by "
        "a Mastodon source, without any of this."
    )
    blind_spots: ClassVar[Sequence[str]] = (_("Edits and deletes: its search tells of neither."),)
    options: ClassVar[Sequence[Option]] = (
        Option(
            name="token",
            label=_("Access token"),
            help=_("Of an account for which the app was let in, with both permissions; it lasts sixty days."),
            required=True,
            secret=True,
        ),
        Option(
            name="most",
            label=_("Most searches"),
            help=_(
                "In all, as long as this source is there; then it stops. Searches that find nothing are not counted. "
                "For a day of one hashtag 2,000 are enough."
            ),
            required=True,
            directs=False,
            default="6000",
        ),
    )
    api: ClassVar[str] = "https://graph.threads.net"
    pace_seconds: ClassVar[float] = 45.0  # at which a day has fewer searches than Threads answers
    stopped_seconds: ClassVar[float] = 600.0

    def __init__(self, context: Context) -> None:
        self.context = context
        options = self.check(context.settings.options)
        self.most = int(options["most"])
        self.server = Api(self.api, options["token"], fetch=context.fetch)
        self.source = SourceRef(id=context.settings.id, kind=self.kind)
        self.seen: Remembered[str, bool] = Remembered(REMEMBERED)
        self.others = False

    @classmethod
    def describe(cls, position: str) -> Place | None:
        newest = read_position(position).newest
        return Place(_("the newest that its search found"), since_epoch(max(newest.values()))) if newest else None

    @classmethod
    def known_as(cls, handle: str, settings: SourceSettings) -> tuple[str, ...]:
        name = handle.strip().removeprefix("@")
        if not NAME.fullmatch(name):
            raise InvalidInput(_("Write the handle, such as @mia."), field="handle")
        return (author_uid(name),)

    @classmethod
    def check(cls, options: Mapping[str, str]) -> Mapping[str, str]:
        token = options.get("token", "").strip()
        if not TOKEN.fullmatch(token):
            raise InvalidInput(_("Copy the access token of the account."), field="token")
        return {"token": token, "most": whole(options.get("most", ""), field="most", least=1)}

    async def posts(self, since: str | None) -> AsyncGenerator[Batch, None]:
        position = read_position(since)
        me = await self.server.me()
        told = None
        while True:
            for hashtag in self.context.event.sought:
                before = position
                if not Budget(self.most, before.spent).left:
                    break
                await asyncio.sleep(before.asked + self.pace_seconds - self.context.now().timestamp())
                asked = int(self.context.now().timestamp())
                # Spent before it is made, and given back where it found nothing: Threads counts so, too.
                yield [replace(before, spent=before.spent + 1, asked=asked).checkpoint()]
                try:
                    found = await self.server.search(hashtag, since=self.begin(before.newest.get(hashtag)))
                except SourceError:
                    yield [replace(before, asked=asked).checkpoint()]
                    raise
                position = replace(
                    before,
                    newest={**before.newest, hashtag: newest(found, before.newest.get(hashtag, 0))},
                    spent=before.spent + bool(found),
                    asked=asked,
                )
                yield [*self.taken(found, hashtag, me), position.checkpoint()]
            health = self.health(me, Budget(self.most, position.spent))
            if health != told:
                yield [health]
            told = health
            if health.state == "failing":
                await asyncio.sleep(self.stopped_seconds)

    def begin(self, newest: int | None) -> int:
        """Return from when on to search: after the newest post, and again for those that Threads finds late."""
        return min(newest + 1, int((self.context.now() - LATE).timestamp())) if newest else 0

    def taken(self, found: Sequence[Mapping[str, Any]], hashtag: str, me: str) -> list[SourceEvent]:
        """Return the posts that are new, oldest first."""
        events: list[SourceEvent] = []
        for raw in reversed(found):
            id = string(raw, "id")
            if id in self.seen:
                continue
            self.seen[id] = True
            self.others |= string(raw, "username") != me
            try:
                post = parse_found(raw, hashtag, source=self.source, now=self.context.now())
            except InvalidPost as error:
                events.append(SetAside(f"Threads: {error.message}"))
                continue
            if post is not None:
                events.append(Upsert(post))
        return events

    def health(self, me: str, budget: Budget) -> Health:
        spent = f"{budget.spent:,} of at most {budget.most:,} searches are made."
        if not budget.left:
            return Health(
                "failing",
                f"Stopped: {spent} To go on, write a higher number under “Most searches” and save.",
            )
        if self.seen and not self.others:
            return Health(
                "degraded",
                f"Only posts by @{me} itself are found: Meta has not let the app search others' yet "
                f"(threads_keyword_search, at developers.facebook.com under App Review). {spent}",
            )
        return Health("healthy", f"Searching Threads as @{me}. {spent}")


def newest(found: Sequence[Mapping[str, Any]], before: int) -> int:
    times = [moment(string(raw, "timestamp")) for raw in found]
    return max([before, *(int(time.timestamp()) for time in times if time)])
