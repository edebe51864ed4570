"""The whole examination: every probe, and what it means."""

import asyncio
import ssl
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import urlsplit

import httpx2

from wall import __version__
from wall.assets import folder
from wall.config import Config
from wall.core.event import Event
from wall.core.tickets import StreamTicket, make_stream_ticket
from wall.doctor import certificate, clock, door, keeping, names, screens, streams
from wall.doctor.clock import Skew
from wall.doctor.finding import Finding, careful, ok
from wall.doctor.probing import certificate as certificates
from wall.doctor.probing import clocks, disk
from wall.doctor.probing import door as doors
from wall.doctor.probing import names as lookup
from wall.doctor.probing import streams as followed
from wall.errors import StoreUnavailable
from wall.store import Store
from wall.store.condition import condition


@dataclass(frozen=True, slots=True, kw_only=True)
class Examination:
    """What is examined. Without `url`, nothing that people reach is; `watched` is how long quiet streams are."""

    config: Config
    store: Store | None
    url: str = ""
    context: ssl.SSLContext | None = None
    watched: float = followed.WATCHED_SECONDS
    ntp: tuple[str, int] = clocks.NTP_SERVER

    async def findings(self) -> list[Finding]:
        """Return all that was found, in the order in which one would mend it."""
        found = [
            ok("settings", f"They can be used; templates and static files are in {folder('templates').parent}.")
        ]
        found += keeping.disk(await asyncio.to_thread(disk.look, self.config.data_dir))
        found.append(door.port(*await self._port()))
        events, redis = await self._redis()
        found += redis
        found.append(clock.clock(await clocks.ntp(self.ntp)))
        found += await self._names(events)
        if self.url:
            found += await self._public(events)
        else:
            found.append(
                careful(
                    "public address",
                    "None is known, so nothing between people and the wall was tried.",
                    "Say it: “backchannel doctor https://wall.example.org”, or set WALL_PUBLIC_URL.",
                )
            )
        return found + await self._screens(events)

    async def _port(self) -> tuple[str, door.Port]:
        host, port = self.config.host, self.config.port
        return f"{host}:{port}", await doors.port(host, port)

    async def _redis(self) -> tuple[list[Event], list[Finding]]:
        if self.store is None:
            return [], [
                careful(
                    "Redis",
                    "No wall runs on this data folder, so its private Redis was not asked.",
                    "Start it (“backchannel serve”), or name your Redis by WALL_REDIS_URL.",
                )
            ]
        settings = None if self.config.redis_url else self.config.data_dir / "redis" / "redis.conf"
        try:
            facts = await condition(self.store.database, settings=settings)
            events = await self.store.events.all()
        except StoreUnavailable as error:
            return [], [keeping.unreachable(error.message)]
        return events, [*keeping.redis(facts), clock.clock(Skew("Redis", facts.ahead, facts.asked_within))]

    async def _names(self, events: Sequence[Event]) -> list[Finding]:
        needed: dict[str, str] = {}
        if self.store:
            for event in events:
                for source in await self.store.sources.all(event.slug):
                    for host in names.hosts_of(source):
                        needed.setdefault(host, f"a {source.kind} source of {event.slug}")
        for url, what in ((self.config.mail_url, "mail"), (self.config.oidc_issuer, "signing in")):
            if named := urlsplit(url).hostname:
                needed[named] = what
        public = urlsplit(self.url).hostname or ""
        if public:
            needed[public] = "everybody"
        return names.names(await lookup.look_up(needed), public=public)

    async def _public(self, events: Sequence[Event]) -> list[Finding]:
        found = []
        if self.url.startswith("https://"):
            shown = await certificates.look(self.url, self.context)
            found += [certificate.certificate(shown)] if shown else []
        async with doors.client(self.context) as asking:
            answer = await doors.knock(asking, self.url)
            found.append(door.door(answer))
            if not answer.alive:
                return found
            found.append(clock.clock(await doors.skew(asking, self.url)))
            plain = await doors.reached(asking, self.url)
            pretended = await doors.reached(asking, self.url, claimed=doors.CLAIMED)
            found += door.proxy(plain, pretended) if plain and pretended else []
            return found + await self._streams(asking, events)

    async def _streams(self, asking: httpx2.AsyncClient, events: Sequence[Event]) -> list[Finding]:
        event = next((one for one in events if one.circle is None), None)
        if event is None or self.store is None:
            return [
                careful(
                    "streams",
                    "There is no event that everybody may see, so no stream was tried.",
                    "Make one in the browser, and run this again.",
                )
            ]
        secret = await self.store.screens.secret(event.slug)
        ticket = make_stream_ticket(secret, StreamTicket(event.slug, "json"), now=datetime.now(UTC))
        by_websocket, by_events, sent = await asyncio.gather(
            followed.websocket(self.url, event.slug, ticket=ticket, context=self.context, watched=self.watched),
            followed.events(asking, self.url, event.slug, watched=self.watched),
            doors.upload(asking, self.url, event.slug),
        )
        return [*streams.websocket(by_websocket), *streams.events(by_events), door.upload(sent)]

    async def _screens(self, events: Sequence[Event]) -> list[Finding]:
        now, found = datetime.now(UTC), list[Finding]()
        if self.store is None:
            return found
        for event in events:
            opened = await self.store.screens.all(event.slug)
            showings = await self.store.showings.all(event.slug)
            found += screens.screens(event, opened, showings, version=__version__, now=now)
        return found
