"""Signatures of the Standard Webhooks scheme: what we send is signed as what we are sent."""

import hashlib
import hmac
from base64 import b64decode, b64encode
from binascii import Error as NotBase64
from collections.abc import Sequence

from wall.core.words import _
from wall.errors import InvalidInput

SECRET_PREFIX = "whsec_"  # noqa: S105 - a prefix, not a secret
SECRET_BYTES = range(24, 65)


def secret_of(key: bytes) -> str:
    """Return a key as people copy it."""
    return SECRET_PREFIX + b64encode(key).decode()


def key_of(secret: str) -> bytes:
    """Return the bytes to sign with; raises InvalidInput for what is no secret of the scheme."""
    try:
        key = b64decode(secret.removeprefix(SECRET_PREFIX), validate=True)
    except (NotBase64, ValueError) as error:
        raise InvalidInput(_("A secret is whsec_ and then base64."), field="secret") from error
    if not secret.startswith(SECRET_PREFIX) or len(key) not in SECRET_BYTES:
        raise InvalidInput(_("A secret is whsec_ and then 24 to 64 bytes in base64."), field="secret")
    return key


def digest(secret: str, id: str, time: str, body: bytes) -> bytes:
    """Return the signature of a message: its id, its time in seconds since the epoch, and its body."""
    return hmac.digest(key_of(secret), f"{id}.{time}.".encode() + body, hashlib.sha256)


def headers(secrets: Sequence[str], id: str, seconds: int, body: bytes) -> dict[str, str]:
    """Return the headers of a message that is signed with every secret that is valid now."""
    signatures = (digest(secret, id, str(seconds), body) for secret in secrets)
    return {
        "webhook-id": id,
        "webhook-timestamp": str(seconds),
        "webhook-signature": " ".join(f"v1,{b64encode(one).decode()}" for one in signatures),
    }
