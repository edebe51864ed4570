"""Introducing authors: no post leaves before it is known who wrote it and that everybody may see it."""

import asyncio
import random
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from wall.core.post import Post
from wall.errors import SourceError
from wall.sources.base import Asked, Checkpoint, Context, Delete, Restore, SourceEvent, Upsert
from wall.sources.bluesky.amplifying import Amplifying
from wall.sources.bluesky.appview import AT_ONCE, AppView, Search
from wall.sources.bluesky.condition import Condition
from wall.sources.bluesky.hosts import Position
from wall.sources.bluesky.listening import Waiting, tell
from wall.sources.bluesky.profile import Profile, label_values, parse_profile
from wall.sources.bluesky.reading import CREATED, Found, Reading, shown
from wall.sources.bluesky.record import HIDDEN, at
from wall.sources.merge import Put
from wall.sources.places import wait_seconds
from wall.sources.remembered import Remembered

PROFILES = 5000
FRESH = timedelta(minutes=10)
"""How long a profile is believed: whoever wants to be seen by fewer from now on is heeded within that time."""
LONG_AGO = datetime.min.replace(tzinfo=UTC)
MOST_TOGETHER = 500  # posts and positions
MOST_STRANGERS = 4 * AT_ONCE
"""Whose profiles are asked for at once, in so many requests side by side; the AppView takes 3,000 in five minutes."""
MOST_SWEPT = 200  # newest posts on the wall or waiting that are looked at again
FIRST_SEARCH = timedelta(days=7)


class Introducer:
    """Takes posts from the queue, has their authors introduced, and passes them on with how far was read."""

    def __init__(
        self,
        context: Context,
        appview: AppView,
        reading: Reading,
        condition: Condition,
        waiting: asyncio.Queue[Waiting],
    ) -> None:
        self.context = context
        self.appview = appview
        self.reading = reading
        self.condition = condition
        self.waiting = waiting
        self.amplifying = Amplifying(appview)
        self.profiles: Remembered[str, tuple[Profile, datetime]] = Remembered(PROFILES)

    def forget(self, did: str) -> None:
        """Have an account introduced anew, which may be called something else by now.

        Until then it is known as it was: a post of it may be on its way, and must not count as nobody's.
        """
        if did in self.profiles:
            self.profiles[did] = self.profiles[did][0], LONG_AGO

    # What is new

    async def introduce(self, put: Put, *, gather: float, longest_wait: float) -> None:
        """Pass posts on until cancelled; those that come within `gather` seconds are asked for together.

        In a burst nobody waits for others to come: enough are there. What one question introduces goes on together, so
        that the first are taken in while others are asked for.
        """
        while True:
            some = [await self.waiting.get()]
            if isinstance(some[0], Found) and self.waiting.qsize() < AT_ONCE:
                await asyncio.sleep(gather)
            strangers = self.strangers(some)
            while not self.waiting.empty() and len(some) < MOST_TOGETHER and len(strangers) < MOST_STRANGERS:
                some.append(self.waiting.get_nowait())
                strangers |= self.strangers(some[-1:])
            found = [one for one in some if isinstance(one, Found)]
            await self.meet([one.post.author.uid for one in found], put, longest_wait)
            events = self.released(found, await self.views(found))
            positions = [one for one in some if isinstance(one, Position)]
            self.condition.kept_back = len(self.reading.kept_back)
            events += self.condition.news()
            events += [one for one in some if isinstance(one, Asked)]
            await tell(put, [*events, *(Checkpoint(one.written()) for one in positions[-1:])])

    def strangers(self, some: Sequence[Waiting]) -> set[str]:
        """Return whose posts some are of which little is known."""
        return {did for one in some if isinstance(one, Found) and self.is_strange(did := one.post.author.uid)}

    def is_strange(self, did: str) -> bool:
        """Tell whether an account was not introduced lately."""
        return did not in self.profiles or self.profiles[did][1] < self.context.now()

    async def meet(self, dids: Sequence[str], put: Put, longest_wait: float) -> None:
        """Have accounts introduced that are not known, or not lately, waiting for as long as that takes.

        Raises SourceError (permanent) when the AppView refuses for good.
        """
        strangers = [did for did in dict.fromkeys(dids) if self.is_strange(did)]
        attempt = 0
        for start in range(0, len(strangers), MOST_STRANGERS):
            some = strangers[start : start + MOST_STRANGERS]
            while True:
                try:
                    views = await self.appview.profiles(some)
                    break
                except SourceError as error:
                    if error.permanent:
                        raise
                    self.condition.appview = error
                    await tell(put, self.condition.news())
                    await asyncio.sleep(wait_seconds(attempt, error, longest=longest_wait))
                    attempt += 1
            self.condition.appview = None
            for did in some:
                self.profiles.pop(did, None)
                if did in views:
                    self.profiles[did] = parse_profile(views[did], did), self.context.now() + FRESH

    async def views(self, found: Sequence[Found]) -> Mapping[str, Mapping[str, Any]]:
        """Return how the AppView shows posts with pictures or videos, as far as it does already."""
        uids = [one.post.uid for one in found if one.post.media]
        views: dict[str, Mapping[str, Any]] = {}
        for start in range(0, len(uids), AT_ONCE):
            try:
                views |= await self.appview.posts(uids[start : start + AT_ONCE])
            except SourceError:
                break  # the network's usual addresses will do
        return views

    def released(self, found: Sequence[Found], views: Mapping[str, Mapping[str, Any]]) -> list[SourceEvent]:
        """Return the posts whose authors everybody may see, as these are called."""
        events: list[SourceEvent] = []
        for one in found:
            uid = one.post.uid
            if self.reading.is_gone(one):
                continue
            profile, _ = self.profiles.get(one.post.author.uid, (None, None))
            view = views.get(uid, {})
            if profile is None or not profile.public or not HIDDEN.isdisjoint(label_values(view)):
                taken_back = self.reading.keep_back(uid)
                events += [taken_back] if taken_back else []
                continue
            post = replace(shown(one.post, view), author=profile.author)
            self.reading.told[uid] = None
            events.append(Restore(post) if one.returned else Upsert(post))
        return events

    # What was told before

    async def sweep(self, put: Put, *, seconds: tuple[float, float], longest_wait: float) -> None:
        """Look again and again at what became of posts: deleted, taken down, labelled, or back with their account."""
        attempt = 0
        while True:
            await asyncio.sleep(random.uniform(*seconds))
            known = await self.context.known(MOST_SWEPT)
            self.reading.watch(known)
            try:
                await self.look_at([uid for uid in known if uid in self.reading.watched], put)
                attempt = 0
            except SourceError as error:
                await asyncio.sleep(wait_seconds(attempt, error, longest=longest_wait))
                attempt += 1

    async def look_at(self, uids: Sequence[str], put: Put) -> None:
        for start in range(0, len(uids), AT_ONCE):
            some = uids[start : start + AT_ONCE]
            views = await self.appview.posts(some)
            for outcome in self.reading.sweep(some, views, self.context.now()):
                await self.follow_up(outcome, put)
        sought = self.reading.sought()
        for start in range(0, len(sought), AT_ONCE):
            views = await self.appview.posts(sought[start : start + AT_ONCE])
            for found in self.reading.back(views, self.context.now()):
                self.forget(found.post.author.uid)
                await self.waiting.put(found)

    async def follow_up(self, outcome: Found | Delete, put: Put) -> None:
        if isinstance(outcome, Delete):
            await tell(put, [outcome])
        else:
            await self.waiting.put(outcome)

    # Who answered

    async def ask(self, put: Put, post: Post) -> bool:
        """Ask who answered a post; their authors are introduced like all others, and Asked comes after them."""
        root, replies = await self.appview.thread(post.uid)
        self.amplifying.count(root)
        for view in replies:
            found = self.reading.view(view, self.context.now(), CREATED)
            if found and found.post.reply_to == post.uid and self.reading.expects(found, view):
                await self.waiting.put(found)
        await self.waiting.put(Asked(post.uid))
        return True

    # What was written while nobody listened

    async def search(self, search: Search, read_until: int | None, /, put: Put, *, longest_wait: float) -> None:
        """Look once for what a Jetstream no longer remembers."""
        since = at(read_until) if read_until is not None else self.context.now() - FIRST_SEARCH
        attempt = 0
        while True:
            try:
                await search.sign_in()
                for hashtag in self.context.event.sought:
                    await self.take(await search.posts(hashtag, f"{since:%Y-%m-%dT%H:%M:%SZ}"))
                return
            except SourceError as error:
                if error.permanent:
                    self.condition.search = error
                    await tell(put, self.condition.news())
                    return
                await asyncio.sleep(wait_seconds(attempt, error, longest=longest_wait))
                attempt += 1

    async def take(self, views: Sequence[Mapping[str, Any]]) -> None:
        for view in reversed(views):
            found = self.reading.view(view, self.context.now(), CREATED)
            if found and self.context.event.names(found.post) and found.post.uid not in self.reading.watched:
                self.reading.watched[found.post.uid] = ""
                await self.waiting.put(found)
