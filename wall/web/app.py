"""The web application: what surrounds its routes, and what they work with."""

import asyncio
import random
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager, suppress
from datetime import UTC, datetime
from functools import partial
from typing import Any
from urllib.parse import urlsplit

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.body_limit import RequestBodyLimitMiddleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.types import ASGIApp

from wall import USER_AGENT
from wall.accept import Acceptor
from wall.awake import Awake
from wall.classifier import Classifier
from wall.config import Config
from wall.core.measures import Measures
from wall.counting import Counter
from wall.erasing import Eraser
from wall.errors import StoreUnavailable
from wall.gathering import Gatherer
from wall.hub import Hub
from wall.insight.house_words import HouseWords
from wall.insight.ledgers import Ledgers
from wall.insight.rolls import Rolls
from wall.leaving import Leaving
from wall.mailing import Mailing
from wall.media import Pictures
from wall.media.postcards import Postcards
from wall.openid import OpenId
from wall.release import Releaser
from wall.settling import Settler
from wall.sources.fetch import Fetch
from wall.store import open_store
from wall.telling import Teller
from wall.web import error_pages
from wall.web.about import AboutPages
from wall.web.answers import Answers
from wall.web.cards import desk_card
from wall.web.counted import Counted
from wall.web.doors import Doors
from wall.web.drain import Drain
from wall.web.fanout import Fanout
from wall.web.followers import Followers
from wall.web.frames import Built, encoder
from wall.web.gate import Gate
from wall.web.languages import Languages
from wall.web.lookout import Lookout
from wall.web.mastodon.walls import Walls
from wall.web.outline import Outlines
from wall.web.pages import Pages
from wall.web.patience import Patience
from wall.web.poll_answers import PollAnswers
from wall.web.pusher import PUSHERS, Pusher
from wall.web.question_board import Boards
from wall.web.routes import routes
from wall.web.seal import Seal
from wall.web.security import Security
from wall.web.state import State
from wall.web.teams import Teams
from wall.web.views import post_json
from wall.web.warner import Warner
from wall.webhooks import Courier, Sender

MAX_BODY = 300 * 1024


class Wall(Starlette):
    """The application inside its security, which also surrounds Starlette's own answer to what goes wrong.

    What counts requests is around both.
    """

    def __init__(self, *, public_url: str, **options: Any) -> None:
        super().__init__(**options)
        self.public_url = public_url

    def build_middleware_stack(self) -> ASGIApp:
        return Counted(Security(super().build_middleware_stack(), public_url=self.public_url))


def create_app(config: Config, *, redis_url: str, now: Callable[[], datetime] | None = None) -> Starlette:
    """Return the application on the Redis at `redis_url`; it connects when it is served."""

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[Mapping[str, Any]]:
        measures = Measures()
        store = open_store(
            redis_url,
            replicas=config.redis_replicas,
            keys=config.back_channel_keys,
            measures=measures.store,
        )
        pages = Pages()
        hub = Hub(
            store,
            encoder(pages, partial(desk_card, pages)),
            kept=config.kept_updates,
            random=random.random,
            measures=measures,
        )
        awake = Awake(lambda: (slug for slug, _ in hub.channels))
        hub.on_heard.append(awake.stir)
        doors = Doors(
            most=config.max_streams, most_per_address=config.max_streams_per_address, refused=measures.refused
        )
        clock = now or utc_now
        outlines = Outlines(store, clock)
        drain = Drain(doors)
        seal = Seal(store.participants, store.screens)
        with suppress(StoreUnavailable):  # then it is read when somebody takes part
            await seal.load()
        teams = Teams(hub, clock)
        lookout = Lookout(hub, clock)
        fanout = Fanout(hub, doors, clock, config.max_backlog)
        drain.told().add_done_callback(fanout.restart)
        followers = Followers(store, fanout, clock)
        gate = Gate(
            fanout, trusted_proxies=config.trusted_proxies, public_name=urlsplit(config.public_url).hostname
        )
        async with (
            Fetch(private_addresses=config.private_addresses, user_agent=USER_AGENT) as fetch,
            # Of its own, so that receivers that hang take no connection from sources and pictures.
            Fetch(private_addresses=config.private_addresses, user_agent=USER_AGENT) as telling,
        ):
            kept = Pictures(config.picture_dir, fetch)
            pusher = Pusher(store, fetch, contact=config.public_url, now=clock, sent=measures.pushes)
            courier = Courier(
                store=store,
                fetch=telling,
                show=post_json,
                now=clock,
                random=random.random,
                sent=measures.webhooks,
            )
            classifier = Classifier(config.classifier) if config.classifier else None
            mailing = Mailing(config.mail_url, config.mail_from) if config.mail_url else None
            following = [
                asyncio.create_task(hub.follow(), name="hub"),
                asyncio.create_task(fanout.run(), name="fan-out"),
                asyncio.create_task(teams.run(), name="teams"),
                asyncio.create_task(Releaser(store).run(awake), name="releaser"),
                asyncio.create_task(Teller(store, clock).run(awake), name="teller"),
                asyncio.create_task(Gatherer(store).run(awake), name="gatherer"),
                asyncio.create_task(Counter(store).run(awake), name="counter"),
                asyncio.create_task(lookout.run(), name="lookout"),
                asyncio.create_task(Settler(store, clock).run(), name="settler"),
                *(asyncio.create_task(pusher.run(), name="pusher") for _ in range(PUSHERS)),
                asyncio.create_task(followers.run(), name="followers"),
                asyncio.create_task(Sender(store, courier).run(awake), name="webhooks"),
            ]
            if mailing:
                warner = Warner(
                    store, mailing, pages, base=config.public_url, now=clock, outcomes=measures.letters
                )
                following.append(asyncio.create_task(warner.run(), name="warner"))
            try:
                yield State(
                    config=config,
                    store=store,
                    hub=hub,
                    pages=pages,
                    pictures=kept,
                    postcards=Postcards(config.picture_dir),
                    fetch=fetch,
                    acceptor=Acceptor(
                        store, kept, now=clock, classifier=classifier, bridges=config.bridges.split()
                    ),
                    doors=doors,
                    drain=drain,
                    fanout=fanout,
                    followers=followers,
                    gate=gate,
                    teams=teams,
                    lookout=lookout,
                    answers=Answers(hub, pages, measures),
                    polls=PollAnswers(clock),
                    about=AboutPages(store, pages, outlines, clock),
                    outlines=outlines,
                    leaving=Leaving(store),
                    eraser=Eraser(store, kept, clock),
                    pusher=pusher,
                    seal=seal,
                    mailing=mailing,
                    openid=OpenId(
                        fetch,
                        clock,
                        issuer=config.oidc_issuer,
                        client=config.oidc_client,
                        secret=config.oidc_secret,
                    )
                    if config.oidc_issuer
                    else None,
                    rolls=Rolls(store),
                    ledgers=Ledgers(store),
                    house_words=HouseWords(store),
                    built=Built(),
                    questions=Boards(store),
                    walls=Walls(store, hub),
                    courier=courier,
                    measures=measures,
                    now=clock,
                )
            finally:
                for task in following:
                    task.cancel()
                await asyncio.gather(*following, return_exceptions=True)
                if classifier:
                    await classifier.close()
                await store.database.close()

    return Wall(
        public_url=config.public_url,
        routes=routes(),
        middleware=[
            Middleware(Languages),
            Middleware(Patience),
            Middleware(RequestBodyLimitMiddleware, max_body_size=MAX_BODY),
            Middleware(GZipMiddleware, minimum_size=1000),
        ],
        exception_handlers=error_pages.HANDLERS,
        lifespan=lifespan,
    )


def utc_now() -> datetime:
    return datetime.now(UTC)
