"""What the web process works with, handed to every route through Starlette's lifespan state."""

import asyncio
from collections.abc import Callable
from datetime import datetime
from typing import NotRequired, TypedDict, cast

from starlette.requests import HTTPConnection

from wall.accept import Acceptor
from wall.config import Config
from wall.core.measures import Measures
from wall.erasing import Eraser
from wall.hub import Hub
from wall.insight.house_words import HouseWords
from wall.insight.ledgers import Ledgers
from wall.insight.rolls import Rolls
from wall.leaving import Leaving
from wall.mailing import Mailing
from wall.media import Pictures
from wall.media.postcards import Postcards
from wall.openid import OpenId
from wall.sources.fetch import Fetch
from wall.store import Store
from wall.web.about import AboutPages
from wall.web.answers import Answers
from wall.web.doors import Doors
from wall.web.drain import Drain
from wall.web.fanout import Fanout
from wall.web.followers import Followers
from wall.web.frames import Built
from wall.web.gate import Gate
from wall.web.lookout import Lookout
from wall.web.mastodon.walls import Walls
from wall.web.outline import Outlines
from wall.web.pages import Pages
from wall.web.poll_answers import PollAnswers
from wall.web.pusher import Pusher
from wall.web.question_board import Boards
from wall.web.seal import Seal
from wall.web.teams import Teams
from wall.webhooks import Courier


class State(TypedDict):
    """The services of one web process, and the transport of the connection if it came by the entrance."""

    config: Config
    store: Store
    hub: Hub
    pages: Pages
    pictures: Pictures
    postcards: Postcards
    fetch: Fetch
    acceptor: Acceptor
    doors: Doors
    drain: Drain
    fanout: Fanout
    followers: Followers
    gate: Gate
    teams: Teams
    lookout: Lookout
    answers: Answers
    polls: PollAnswers
    about: AboutPages
    outlines: Outlines
    leaving: Leaving
    eraser: Eraser
    pusher: Pusher
    seal: Seal
    mailing: Mailing | None
    openid: OpenId | None
    rolls: Rolls
    ledgers: Ledgers
    house_words: HouseWords
    built: Built
    questions: Boards
    walls: Walls
    courier: Courier
    measures: Measures
    now: Callable[[], datetime]
    transport: NotRequired[asyncio.Transport]


def state(connection: HTTPConnection) -> State:
    """Return the services, typed."""
    return cast(State, connection.scope["state"])
