"""What a server of IMAP says, read: its responses, the messages in them, and refusals. Pure."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from wall.core.text import clean_name

STATUS = re.compile(rb"(OK|NO|BAD|BYE|PREAUTH)\b ?(?:\[([^\]]*)\])? ?(.*)", re.DOTALL | re.IGNORECASE)
NUMBER = re.compile(rb"\bUIDVALIDITY (\d{1,10})\b|^(\d{1,10}) EXISTS\b", re.IGNORECASE)
SIZED = re.compile(rb"\d{1,10} FETCH \(", re.IGNORECASE)
UID = re.compile(rb"[( ]UID (\d{1,10})[) ]", re.IGNORECASE)
ARRIVED = re.compile(rb'[( ]INTERNALDATE ("[^"]{20,40}")', re.IGNORECASE)
QUOTED_BODY = re.compile(rb'BODY\[\](?:<\d+>)? "((?:[^"\\]|\\.)*)"', re.IGNORECASE)
FOR_NOW = (b"UNAVAILABLE", b"INUSE", b"LIMIT", b"SERVERBUG", b"OVERQUOTA", b"THROTTLED")


@dataclass(frozen=True, slots=True)
class Response:
    """What a server says in one go: its line, without the literals that stood in it."""

    line: bytes
    literals: Sequence[bytes] = ()


@dataclass(frozen=True, slots=True)
class Mailbox:
    """An open mailbox: its messages keep their numbers (UIDs) for as long as `validity` stays the same."""

    validity: int
    messages: int


@dataclass(frozen=True, slots=True)
class Fetched:
    """The beginning of a message, and when it arrived, as the server writes times."""

    uid: int
    arrived: str
    body: bytes


class Refused(Exception):
    """The server said NO or BAD; the source tells what that means. `code` is its reason, such as INUSE."""

    def __init__(self, code: bytes, words: str) -> None:
        super().__init__(words)
        self.code = code.upper().partition(b" ")[0]
        self.words = words

    @property
    def passes(self) -> bool:
        return self.code in FOR_NOW


def quoted(text: str) -> bytes:
    """Return a text as IMAP quotes it; line breaks must not be in it."""
    return b'"' + text.replace("\\", "\\\\").replace('"', '\\"').encode() + b'"'


def uids(responses: Iterable[Response]) -> list[int]:
    found = (UID.search(response.line) for response in responses if SIZED.match(response.line))
    return sorted({int(match[1]) for match in found if match})


def fetched(response: Response) -> Fetched | None:
    """Return the message that a response brings, or None when it brings none."""
    uid, arrived = UID.search(response.line), ARRIVED.search(response.line)
    if not SIZED.match(response.line) or not uid or not arrived:
        return None
    short = QUOTED_BODY.search(response.line)
    body = response.literals[-1] if response.literals else re.sub(rb"\\(.)", rb"\1", short[1]) if short else b""
    return Fetched(int(uid[1]), arrived[1].decode("ascii", "replace"), body)


def said(words: bytes) -> str:
    """Return what a server says to people, as one line that can be shown."""
    return clean_name(words.decode("utf-8", "replace")) or "it gives no reason."
