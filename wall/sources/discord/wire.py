"""What is said on Discord's Gateway (version 10). Pure."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from wall.errors import InvalidPost, SourceError
from wall.sources.payload import loads, mapping, string

DISPATCH, BEAT, IDENTIFY, RESUME, RECONNECT, INVALID, HELLO, BEATEN = 0, 1, 2, 6, 7, 9, 10, 11
GUILDS, GUILD_MESSAGES, MESSAGE_CONTENT = 1 << 0, 1 << 9, 1 << 15
INTENTS = GUILDS | GUILD_MESSAGES | MESSAGE_CONTENT
VERSION = 10
GOING_ON = 4900  # closed with it, a session can be resumed; 1000 and 1001 would end it
SHORTEST_BEAT_MS, LONGEST_BEAT_MS = 10, 600_000
LONGEST_SESSION = 200  # characters

PORTAL = "discord.com/developers/applications"
REFUSED: Mapping[int, str] = {
    4004: f"Discord does not accept the bot's token: it is wrong or was reset. It stands at {PORTAL}, under Bot.",
    4010: "Discord refuses the connection (4010): a shard that there is not.",
    4011: "This bot is in too many servers for one connection. Make a bot for the wall alone.",
    4012: f"Discord no longer speaks version {VERSION} of its Gateway; a newer wall is needed.",
    4013: "Discord refuses the connection (4013): it does not know what we ask for.",
    4014: "The bot may not read what is written. Switch “Message Content Intent” on at "
    f"{PORTAL}, under Bot → Privileged Gateway Intents.",
}
# After these, a session cannot be gone on with.
ENDED = (4003, 4005, 4007, 4009)


@dataclass(frozen=True, slots=True)
class Frame:
    """One message of the Gateway: what it does, what it holds, its number in the session, and its name."""

    op: int
    data: Any
    number: int | None
    name: str


@dataclass(frozen=True, slots=True)
class Session:
    """What a broken session is gone on with."""

    id: str
    url: str


def read_frame(text: str | bytes) -> Frame:
    """Return a frame; raises SourceError for what the Gateway never says."""
    try:
        said = mapping(loads(text))
    except InvalidPost as error:
        raise SourceError("Discord's Gateway said something that is not JSON.") from error
    op, number = said.get("op"), said.get("s")
    if type(op) is not int:
        raise SourceError("Discord's Gateway said something else than it should.")
    return Frame(op, said.get("d"), number if type(number) is int else None, string(said, "t"))


def read_session(ready: object, url: str) -> Session | None:
    """Return the session that READY begins; `url` is where to go on where it does not say."""
    id = string(mapping(ready), "session_id")
    resumed = string(mapping(ready), "resume_gateway_url")
    return Session(id, resumed if is_socket(resumed) else url) if 0 < len(id) <= LONGEST_SESSION else None


def beat_seconds(hello: object) -> float:
    """Return how often Discord wants to hear that we are there; raises SourceError."""
    interval = mapping(hello).get("heartbeat_interval")
    if type(interval) is not int or not SHORTEST_BEAT_MS <= interval <= LONGEST_BEAT_MS:
        raise SourceError("Discord's Gateway does not say how often it wants to hear from us.")
    return interval / 1000


def identify(token: str) -> str:
    us = {"os": "linux", "browser": "backchannel", "device": "backchannel"}
    return said(IDENTIFY, {"token": token, "intents": INTENTS, "properties": us})


def resume(token: str, session: Session, number: int | None) -> str:
    return said(RESUME, {"token": token, "session_id": session.id, "seq": number})


def beat(number: int | None) -> str:
    return said(BEAT, number)


def said(op: int, data: object) -> str:
    return json.dumps({"op": op, "d": data})


def whereabouts(url: str) -> str:
    """Return the address to connect to, for this version and as JSON."""
    return f"{url.rstrip('/')}/?v={VERSION}&encoding=json"


def is_socket(url: str) -> bool:
    try:
        return urlsplit(url).scheme in ("wss", "ws")
    except ValueError:
        return False
