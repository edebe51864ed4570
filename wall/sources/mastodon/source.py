"""Posts from the fediverse: hashtag timelines of several servers that speak Mastodon's API, and a live stream."""

import asyncio
from collections.abc import AsyncGenerator, Mapping, Sequence
from contextlib import aclosing
from functools import partial
from typing import ClassVar

from wall.core.post import Post, SourceRef
from wall.core.source import Place, SourceSettings
from wall.core.words import _
from wall.errors import SourceError
from wall.sources.asking import FIRST_PAGES, MOST_SWEPT, PAGES, WINDOW, between, spelt, tell, wait_after
from wall.sources.base import Amplified, Asked, Batch, Context, Option, SourceEvent
from wall.sources.mastodon.boosts import Boosts
from wall.sources.mastodon.live import LOOK_SECONDS, Live, stream_of
from wall.sources.mastodon.options import OPTIONS, account, accounts, checked, servers
from wall.sources.mastodon.reading import Reading, described
from wall.sources.mastodon.replies import Replies
from wall.sources.mastodon.server import Page, Server
from wall.sources.mastodon.status import amplifiers
from wall.sources.mastodon.sweep import Sweep
from wall.sources.mastodon.words import explained, own_posts_only
from wall.sources.merge import Put, Reader, merged
from wall.sources.payload import mapping, moment
from wall.sources.places import Places
from wall.sources.replies import Pace, ask_about_posts
from wall.sources.threads import Threads


class Mastodon:
    """Several servers, each polled by itself; a post seen on two is one."""

    kind: ClassVar[str] = "mastodon"
    title: ClassVar[str] = _("Mastodon and the fediverse")
    pushed: ClassVar[bool] = False
    blind_spots: ClassVar[Sequence[str]] = (
        _("What its servers do not know of: no server sees the whole fediverse."),
    )
    options: ClassVar[Sequence[Option]] = OPTIONS
    poll_seconds: ClassVar[tuple[float, float]] = (10.0, 15.0)
    sweep_seconds: ClassVar[tuple[float, float]] = (60.0, 120.0)
    boosts_seconds: ClassVar[tuple[float, float]] = (30.0, 60.0)
    replies_seconds: ClassVar[tuple[float, float]] = (45.0, 60.0)
    look_seconds: ClassVar[float] = LOOK_SECONDS
    longest_wait_seconds: ClassVar[float] = 60.0
    asking: ClassVar[Pace] = Pace()

    def __init__(self, context: Context) -> None:
        self.context = context
        options = self.check(context.settings.options)
        tokens = {options["token_server"]: options["token"]}
        self.servers = [self.server(address, tokens.get(address, "")) for address in servers(options["servers"])]
        self.live = [server for server in self.servers if server.headers]
        self.hashtags = spelt(context.event)
        self.every_boost = context.event if options["boosts"] == "yes" else None
        self.boosters = {handle: self.home_of(handle) for handle in accounts(options["boosters"])}
        self.everywhere = list(
            {server.host: server for server in (*self.boosters.values(), *self.servers)}.values()
        )

    def server(self, address: str, token: str = "") -> Server:
        return Server(address, fetch=self.context.fetch, now=self.context.now, token=token)

    def home_of(self, handle: str) -> Server:
        """Return the server of an account: one of those that are read, or another, asked for nothing else."""
        domain = handle.rpartition("@")[2]
        (address,) = servers(domain, field="boosters")
        known = (server for server in self.servers if server.host == domain)
        return next(known, None) or self.server(address)

    @classmethod
    def known_as(cls, handle: str, settings: SourceSettings) -> tuple[str, ...]:
        return (f"acct:{account(handle, field='handle')}",)

    @classmethod
    def describe(cls, position: str) -> Place | None:
        return described(position)

    @classmethod
    def check(cls, options: Mapping[str, str]) -> Mapping[str, str]:
        return checked(options)

    async def posts(self, since: str | None) -> AsyncGenerator[Batch, None]:
        threads = Threads(self.context.event)
        reading = Reading(SourceRef(id=self.context.settings.id, kind=self.kind), threads=threads)
        for post in reversed(await self.context.recall()):
            reading.find(post, [server.host for server in self.everywhere])
        followed = [
            Boosts(server, handle, reading, now=self.context.now, event=self.every_boost)
            for handle, server in self.boosters.items()
        ]
        names = [server.host for server in self.servers]
        names += [stream_of(server) for server in self.live]
        places = Places(names + [boosts.place for boosts in followed])
        readers: list[Reader] = [partial(self.poll, server, reading, places) for server in self.servers]
        readers += [self.listener(server, reading, places).read for server in self.live]
        readers += [partial(self.follow, boosts, reading, places) for boosts in followed]
        readers += [partial(self.sweep, reading)]
        if threads.on:
            ask = {server.host: server.replies for server in self.servers}
            readers += [partial(Replies(reading, threads, ask, self.context.now).follow, self.replies_seconds)]
        asks = partial(self.ask, reading), partial(self.ask_who_amplified, reading)
        readers += [partial(ask_about_posts, self.context, *asks, self.asking)]
        async with aclosing(merged(readers)) as batches:
            async for batch in batches:
                yield batch

    def listener(self, server: Server, reading: Reading, places: Places) -> Live:
        return Live(
            server,
            self.hashtags,
            reading,
            places,
            fetch=self.context.fetch,
            now=self.context.now,
            wait=self.wait,
            look_seconds=self.look_seconds,
        )

    async def poll(self, server: Server, reading: Reading, places: Places, put: Put) -> None:
        """Read one server's timelines again and again."""
        attempt, pages = 0, FIRST_PAGES
        while True:
            try:
                reading.domains[server.host] = (await server.instance()).domain
                for hashtag in self.hashtags:
                    await self.read_window(server, hashtag, pages, reading, put)
                await learn_whether_it_shows(server, reading)
            except SourceError as error:
                attempt += 1
                await tell(put, places.went_wrong(server.host, explained(server, error)))
                await asyncio.sleep(self.wait(attempt, error))
                continue
            attempt, pages = 0, PAGES
            words = own_posts_only(server.host) if server.own_posts_only else ""
            await tell(put, places.fell_short(server.host, words))
            await asyncio.sleep(between(self.poll_seconds))

    async def read_window(self, server: Server, hashtag: str, pages: int, reading: Reading, put: Put) -> None:
        """Read a timeline from its newest down to what is known and old enough for nothing to appear below."""
        max_id = None
        for _page in range(pages):
            page = await server.timeline(hashtag, max_id=max_id)
            known = all(reading.knows(server.host, status) for status in page.statuses)
            await tell(put, reading.take_all(server.host, page.statuses, self.context.now()))
            reading.found(server.host, hashtag, page.statuses, self.context.now())
            if page.next_id is None or (known and self.is_old(page)):
                return
            max_id = page.next_id

    def is_old(self, page: Page) -> bool:
        oldest = moment(mapping(page.statuses[-1]).get("created_at")) if page.statuses else None
        return oldest is None or oldest < self.context.now() - WINDOW

    async def sweep(self, reading: Reading, put: Put) -> None:
        """Look again and again for posts that were deleted or edited, among those that matter."""
        while True:
            await asyncio.sleep(between(self.sweep_seconds))
            sought = reading.to_look_for(await self.context.known(MOST_SWEPT))
            for server in self.everywhere:
                try:
                    if server.shows_single:
                        await Sweep(server, reading, self.context.now).look_for(sought.get(server.host, {}), put)
                except SourceError:
                    continue  # polling meets the same trouble, and tells of it

    async def ask(self, reading: Reading, put: Put, post: Post) -> bool:
        """Ask who answered a post, at the server that is best asked about it."""
        servers = {server.host: server for server in self.everywhere}
        events: list[SourceEvent] = [Asked(post.uid)]
        if found := reading.find(post, servers):
            host, local_id = found
            replies = await servers[host].replies(local_id)
            events = reading.take_thread(host, post, replies, self.context.now())
        await put(events)
        return found is not None

    async def ask_who_amplified(self, reading: Reading, put: Put, post: Post) -> bool:
        """Ask who passed a post on, where somebody did, as far as that is known."""
        servers = {server.host: server for server in self.everywhere}
        found = reading.find(post, servers)
        if found is None or not reading.was_amplified(post):
            return False
        host, local_id = found
        accounts = await servers[host].amplifiers(local_id)
        await put([Amplified(post.uid, amplifiers(accounts, reading.domains.get(host, host)))])
        return True

    async def follow(self, boosts: Boosts, reading: Reading, places: Places, put: Put) -> None:
        """Look again and again for what an account of the team boosts."""
        attempt = 0
        while True:
            try:
                await tell(put, await boosts.read())
                await learn_whether_it_shows(boosts.server, reading)
            except SourceError as error:
                attempt += 1
                await tell(put, places.went_wrong(boosts.place, error))
                await asyncio.sleep(self.wait(attempt, error))
                continue
            attempt = 0
            await tell(put, places.went_well(boosts.place))
            await asyncio.sleep(between(self.boosts_seconds))

    def wait(self, attempt: int, error: SourceError) -> float:
        seconds = wait_after(attempt, error, longest=self.longest_wait_seconds)
        # Whoever was told to come back at the same moment does not.
        return seconds + between((0.0, self.poll_seconds[1])) if error.retry_after is not None else seconds


async def learn_whether_it_shows(server: Server, reading: Reading) -> None:
    if newest := reading.newest_id(server.host):
        await server.learn_whether_it_shows(newest)
