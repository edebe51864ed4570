"""What Jetstream sends, by either of its wires, as the same few events. Pure.

v1 is `/subscribe`, which every instance serves; v2 is the lexicon network.bsky.jetstream.subscribeEvents.
"""

import re
from dataclasses import dataclass
from typing import Literal
from urllib.parse import urlencode

import msgspec

from wall.errors import InvalidPost, SourceError
from wall.sources.payload import moment

Wire = Literal["v1", "v2"]

POSTS = "app.bsky.feed.post"
PATHS: dict[Wire, str] = {"v1": "/subscribe", "v2": "/xrpc/network.bsky.jetstream.subscribeEvents"}
PROTOCOLS: dict[Wire, str | None] = {"v1": None, "v2": "xrpc.v1.json"}
DID = re.compile(r"did:(?:plc:[a-z2-7]{24}|web:[a-zA-Z0-9.%:-]{1,250})")
RKEY = re.compile(r"[a-zA-Z0-9_~.:-]{1,512}")
TID = re.compile(r"[2-7a-j][2-7a-z]{12}")
TID_DIGITS = "234567abcdefghijklmnopqrstuvwxyz"
LARGEST_TIME = 1 << 60
FIRST_TIME = 10**15
"""A cursor below it is a sequence number, one from it on a time in microseconds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Commit:
    """A post was written, changed or deleted; `record` is its JSON. `time` is when Jetstream saw it, microseconds."""

    did: str
    rkey: str
    operation: str
    time: int
    seq: int | None = None
    rev: str = ""
    cid: str = ""
    record: bytes = b""

    @property
    def uid(self) -> str:
        return f"at://{self.did}/{POSTS}/{self.rkey}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """An account went away (deactivated, suspended, taken down, deleted), or is there again."""

    did: str
    active: bool
    time: int
    seq: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """What an account is called may have changed."""

    did: str
    time: int
    seq: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Other:
    """Something that says nothing but how late it is; `missed` is that the cursor was older than what is kept."""

    time: int = 0
    seq: int | None = None
    missed: bool = False


Heard = Commit | Account | Identity | Other


class Change(msgspec.Struct):
    operation: str = ""
    collection: str = ""
    rkey: str = ""
    rev: str = ""
    cid: str = ""
    record: msgspec.Raw = msgspec.Raw()


class Presence(msgspec.Struct):
    active: bool = True


class FrameV1(msgspec.Struct):
    did: str
    time_us: int
    kind: str = ""
    commit: Change | None = None
    account: Presence | None = None


class Payload(Change):
    type: str = msgspec.field(default="", name="$type")
    did: str = ""
    seq: int | None = None
    time: str = ""
    account: Presence | None = None
    name: str = ""


class FrameV2(msgspec.Struct):
    type: str = msgspec.field(default="", name="$type")
    payload: Payload | None = None
    error: str = ""
    message: str = ""


READ_V1 = msgspec.json.Decoder(FrameV1)
READ_V2 = msgspec.json.Decoder(FrameV2)


def read_frame(wire: Wire, frame: bytes) -> Heard:
    """Return what a frame says; raises InvalidPost when it is none, SourceError when the server ends the stream."""
    try:
        return read_v1(READ_V1.decode(frame)) if wire == "v1" else read_v2(READ_V2.decode(frame))
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise InvalidPost("Jetstream sent something that is no event of it.") from error


def read_v1(frame: FrameV1) -> Heard:
    if not 0 <= frame.time_us < LARGEST_TIME:
        raise InvalidPost("Jetstream sent an event without its time.")
    if frame.kind == "commit" and frame.commit:
        return commit(frame.commit, frame.did, frame.time_us, None)
    if frame.kind == "account" and frame.account:
        return Account(did=did(frame.did), active=frame.account.active, time=frame.time_us)
    if frame.kind == "identity":
        return Identity(did=did(frame.did), time=frame.time_us)
    return Other(time=frame.time_us)


def read_v2(frame: FrameV2) -> Heard:
    payload = frame.payload
    if frame.type == "error":
        raise SourceError(
            f"Jetstream ends the stream: {frame.error or frame.message or 'without a reason'}."[:300]
        )
    if payload is None:
        return Other()
    kind = payload.type.rpartition("#")[2]
    if kind == "info":
        return Other(missed=payload.name == "OutdatedCursor")
    time = microseconds(payload.time)
    if kind == "commit":
        return commit(payload, payload.did, time, payload.seq)
    if kind == "account" and payload.account:
        return Account(did=did(payload.did), active=payload.account.active, time=time, seq=payload.seq)
    if kind == "identity":
        return Identity(did=did(payload.did), time=time, seq=payload.seq)
    return Other(time=time, seq=payload.seq)


def commit(change: Change, owner: str, time: int, seq: int | None) -> Heard:
    if change.collection != POSTS:
        return Other(time=time, seq=seq)
    if not RKEY.fullmatch(change.rkey):
        raise InvalidPost("A post has a key that is none.")
    return Commit(
        did=did(owner),
        rkey=change.rkey,
        operation=change.operation,
        time=time,
        seq=seq,
        rev=change.rev,
        cid=change.cid[:200],
        record=bytes(change.record),
    )


def did(text: str) -> str:
    """Return the identifier of an account; raises InvalidPost when it is none."""
    if not DID.fullmatch(text):
        raise InvalidPost("An event names no account.")
    return text


def microseconds(text: str) -> int:
    """Return a time as cursors have it; raises InvalidPost for what is none."""
    time = moment(text)
    if time is None:
        raise InvalidPost("Jetstream sent an event without its time.")
    return int(time.timestamp()) * 1_000_000 + time.microsecond


def revision(rev: str) -> int:
    """Return the time inside a revision (a TID) in milliseconds, 0 for what is none."""
    if not TID.fullmatch(rev):
        return 0
    number = 0
    for digit in rev:
        number = number * 32 + TID_DIGITS.index(digit)
    return (number >> 10) // 1000


def address(base: str, wire: Wire, cursor: int | None) -> str:
    """Return where to connect to for all posts from a cursor on; None is for what comes from now on."""
    if wire == "v1":
        query = [("wantedCollections", POSTS)]
    else:
        query = [("kinds", "commit"), ("kinds", "account"), ("kinds", "identity"), ("collections", POSTS)]
    if cursor is not None:
        query.append(("cursor", str(cursor)))
    return f"{base}{PATHS[wire]}?{urlencode(query)}"
