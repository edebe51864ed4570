"""A signed event of Nostr (NIP-01), checked before anything in it is believed. Pure."""

import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass

from coincurve import PublicKeyXOnly

from wall.errors import InvalidPost
from wall.sources.payload import mapping, string

LARGEST_EVENT = 64 * 1024  # bytes
MOST_TAGS = 2000
LONGEST_TIME = 14  # digits
KEY = re.compile(r"[0-9a-f]{64}")
SIGNATURE = re.compile(r"[0-9a-f]{128}")


@dataclass(frozen=True, slots=True, kw_only=True)
class NostrEvent:
    """An event whose id and signature hold. `created_at` is seconds since the epoch, as its author claims."""

    id: str
    pubkey: str
    kind: int
    created_at: int
    content: str
    tags: tuple[tuple[str, ...], ...]

    def values(self, name: str) -> Iterator[str]:
        """Yield the first value of each tag of that name."""
        return (tag[1] for tag in self.tags if len(tag) > 1 and tag[0] == name)

    def value(self, name: str) -> str | None:
        return next(self.values(name), None)

    def tagged(self, name: str) -> Iterator[tuple[str, ...]]:
        """Yield what follows the name in each tag of that name, which may be nothing."""
        return (tag[1:] for tag in self.tags if tag and tag[0] == name)

    @property
    def expires_at(self) -> int | None:
        """When its author wants it gone (NIP-40), in seconds since the epoch."""
        said = self.value("expiration") or ""
        return int(said) if said.isascii() and said.isdecimal() and len(said) <= LONGEST_TIME else None


def verified(raw: object) -> NostrEvent:
    """Return the event that a relay sent; raises InvalidPost unless its author signed exactly this."""
    fields = mapping(raw)
    pubkey, signature, event_id = string(fields, "pubkey"), string(fields, "sig"), string(fields, "id")
    # The library reads past the end of a key that is too short, so shapes are checked here first.
    if not KEY.fullmatch(pubkey) or not KEY.fullmatch(event_id) or not SIGNATURE.fullmatch(signature):
        raise InvalidPost("Its key, id or signature is not one.")
    kind, created_at = fields.get("kind"), fields.get("created_at")
    if type(kind) is not int or type(created_at) is not int:
        raise InvalidPost("Its kind or time is not a number.")
    content, tags = fields.get("content"), fields.get("tags") or []
    if not isinstance(content, str) or not are_tags(tags):
        raise InvalidPost("Its content or tags are not text.")
    body = serialised([0, pubkey, created_at, kind, tags, content])
    digest = hashlib.sha256(body).digest()
    if digest.hex() != event_id:
        raise InvalidPost("Its id does not fit its content; somebody changed it.")
    if not is_signed(bytes.fromhex(pubkey), bytes.fromhex(signature), digest):
        raise InvalidPost("Its signature is wrong; somebody else wrote it.")
    return NostrEvent(
        id=event_id,
        pubkey=pubkey,
        kind=kind,
        created_at=created_at,
        content=content,
        tags=tuple(tuple(tag) for tag in tags),
    )


def are_tags(tags: object) -> bool:
    return (
        isinstance(tags, list)
        and len(tags) <= MOST_TAGS
        and all(isinstance(tag, list) and all(isinstance(value, str) for value in tag) for tag in tags)
    )


def serialised(parts: list[object]) -> bytes:
    try:
        body = json.dumps(parts, separators=(",", ":"), ensure_ascii=False).encode()
    except UnicodeEncodeError as error:
        raise InvalidPost("It holds half a character, which nothing can show.") from error
    if len(body) > LARGEST_EVENT:
        raise InvalidPost("It is larger than 64 KiB.")
    return body


def is_signed(pubkey: bytes, signature: bytes, digest: bytes) -> bool:
    """Tell whether a BIP-340 signature holds; a key that is no point of the curve has signed nothing."""
    try:
        return bool(PublicKeyXOnly(pubkey).verify(signature, digest))
    except ValueError:
        return False
