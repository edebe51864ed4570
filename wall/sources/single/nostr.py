"""A note of Nostr by its name (NIP-19: note, nevent), asked of the event's relays and those that the name tells of."""

import asyncio
import json
import re
from collections.abc import Sequence
from contextlib import suppress
from urllib.parse import urlsplit

from websockets.asyncio.client import ClientConnection

from wall.core.post import Post
from wall.core.words import _
from wall.errors import InvalidInput, InvalidPost, SourceError
from wall.sources.nostr import bech32
from wall.sources.nostr.event import NostrEvent, verified
from wall.sources.nostr.note import NOTES, PROFILE, parse_note
from wall.sources.nostr.profile import Profile, parse_profile
from wall.sources.payload import loads, mapping
from wall.sources.servers import addresses, host_of
from wall.sources.single.base import Sought
from wall.sources.websocket import connected

NAME = re.compile(r"(?:note|nevent)1[a-z0-9]{20,1000}")
RELAY = 1
LARGEST_FRAME = 1024 * 1024  # bytes
MOST_RELAYS = 4
MOST_FRAMES = 20
SECONDS = 6.0  # for all that is asked of one relay


async def read(sought: Sought) -> Post | None:
    name = NAME.search(sought.address)
    if not name or not is_named(sought.address, name[0]):
        return None
    wanted, hints = told(name[0])
    relays = list(dict.fromkeys([*own_relays(sought), *hints]))[:MOST_RELAYS]
    if not relays:
        raise SourceError(
            _(
                "This name does not say which relay has the note. Paste one that does (nevent1…), or have the "
                "organiser add Nostr to the sources."
            ),
            permanent=True,
        )
    trouble: list[str] = []
    for relay in relays:
        try:
            if post := await from_relay(sought, relay, wanted):
                return post
        except SourceError as error:
            trouble.append(error.message)
    raise SourceError(
        " ".join(
            [f"This note is on none of the relays that were asked: {', '.join(map(host_of, relays))}.", *trouble]
        ),
        permanent=True,
    )


def is_named(address: str, name: str) -> bool:
    """Tell whether a name is the address itself, or the last part of a gateway's, such as njump.me/note1…"""
    parts = urlsplit(address)
    whole = address.removeprefix("nostr:")
    return whole == name or (parts.scheme == "https" and parts.path.rstrip("/").endswith(f"/{name}"))


def told(name: str) -> tuple[str, list[str]]:
    """Return the id of the note that a name stands for, and the relays it tells of; raises SourceError."""
    mistyped = SourceError(_("The name of this note was mistyped; copy it again."), permanent=True)
    found = bech32.unpacked(name)
    if found is None:
        raise mistyped
    prefix, data = found
    if prefix == "note" and len(data) == bech32.KEY_BYTES:
        return data.hex(), []
    ids = [
        value for kind, value in bech32.parts(data) if kind == bech32.SPECIAL and len(value) == bech32.KEY_BYTES
    ]
    if prefix != "nevent" or not ids:
        raise mistyped
    return ids[0].hex(), [
        relay for kind, value in bech32.parts(data) if kind == RELAY for relay in as_relay(value)
    ]


def as_relay(value: bytes) -> list[str]:
    try:
        return addresses(value.decode("ascii"), field="address", secure="wss", plain="ws")[:1]
    except (UnicodeDecodeError, InvalidInput):
        return []


def own_relays(sought: Sought) -> list[str]:
    """Return the relays of the event's own sources."""
    return [
        relay
        for one in sought.sources
        if one.kind == "nostr"
        for relay in addresses(one.options.get("relays", ""), field="relays", secure="wss", plain="ws")
    ]


async def from_relay(sought: Sought, relay: str, wanted: str) -> Post | None:
    """Return the note if this relay has it, with its author's name if it has that, too."""
    host = host_of(relay)
    try:
        async with (
            asyncio.timeout(SECONDS),
            connected(sought.fetch, relay, name=host, limit=LARGEST_FRAME) as socket,
        ):
            notes = [
                one for one in await stored(socket, "note", {"ids": [wanted], "limit": 1}) if one.id == wanted
            ]
            if not notes:
                return None
            if notes[0].kind not in NOTES:
                raise InvalidPost(_("This is no note, comment or picture, which is all that is shown of Nostr."))
            query = {"kinds": [PROFILE], "authors": [notes[0].pubkey], "limit": 1}
            profiles = profiles_of(notes[0].pubkey, await stored(socket, "profile", query))
    except TimeoutError as error:
        raise SourceError(_("%(host)s does not answer in time.", host=host)) from error
    post = parse_note(notes[0], profiles, source=sought.source("nostr", host), now=sought.now)
    if post is None:
        raise InvalidPost(_("This note has expired, or is to stay where it is, as its author wished."))
    return post


async def stored(socket: ClientConnection, name: str, query: dict[str, object]) -> list[NostrEvent]:
    """Return what a relay has by a query, whatever else it sends; what nobody signed is left out."""
    await socket.send(json.dumps(["REQ", name, query]))
    found: list[NostrEvent] = []
    for _turn in range(MOST_FRAMES):
        try:
            message = loads(await socket.recv())
            if not isinstance(message, list) or len(message) < 2 or message[1] != name:
                continue
            if message[0] == "EVENT":
                found.append(verified(mapping(message[2] if len(message) > 2 else None)))
            elif message[0] in ("EOSE", "CLOSED"):
                break
        except InvalidPost:
            continue
    return found


def profiles_of(pubkey: str, events: Sequence[NostrEvent]) -> dict[str, Profile]:
    for event in events:
        if event.kind == PROFILE and event.pubkey == pubkey:
            with suppress(InvalidPost):
                return {pubkey: parse_profile(event)}
    return {}
