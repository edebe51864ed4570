"""Web push: a message for one browser, encrypted so that the push service reads none of it (RFC 8291), and the
signature by which the service knows who sends it (VAPID, RFC 8292)."""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from cryptography.hazmat.primitives.asymmetric.ec import ECDH, ECDSA, SECP256R1, EllipticCurvePrivateKey
from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePublicKey as PublicKey
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from wall.core.languages import Language
from wall.core.words import _
from wall.errors import InvalidInput

RECORD_SIZE = 4096
SIGNED_SECONDS = 12 * 3600
LONGEST_ENDPOINT = 1000  # characters
PUBLIC_BYTES = 65
AUTH_BYTES = 16


@dataclass(frozen=True, slots=True, kw_only=True)
class PushAddress:
    """Where a browser is reached: an address at its push service, its public key and its secret, as it gave them.

    `language` is the one that its page was read in.
    """

    endpoint: str
    p256dh: str
    auth: str
    language: Language = "en"


def push_address(endpoint: str, p256dh: str, auth: str, *, language: Language = "en") -> PushAddress:
    """Return an address that can be sent to; raises InvalidInput."""
    try:
        PublicKey.from_encoded_point(SECP256R1(), unpadded(p256dh))
        sound = len(unpadded(p256dh)) == PUBLIC_BYTES and len(unpadded(auth)) == AUTH_BYTES
        host = urlsplit(endpoint).hostname
    except ValueError as error:
        raise InvalidInput(_("These are no keys of a browser.")) from error
    if (
        not sound
        or not host
        or len(endpoint) > LONGEST_ENDPOINT
        or not endpoint.startswith(("https://", "http://"))
    ):
        raise InvalidInput(_("This is no address of a push service."))
    return PushAddress(endpoint=endpoint, p256dh=p256dh, auth=auth, language=language)


def sealed(plain: bytes, to: PushAddress, *, key: EllipticCurvePrivateKey, salt: bytes) -> bytes:
    """Return the body of a push message (aes128gcm); `key` and `salt` (16 bytes) are drawn for this one message."""
    theirs, ours = unpadded(to.p256dh), public_bytes(key)
    shared = key.exchange(ECDH(), PublicKey.from_encoded_point(SECP256R1(), theirs))
    material = derived(shared, unpadded(to.auth), b"WebPush: info\x00" + theirs + ours, 32)
    content_key = derived(material, salt, b"Content-Encoding: aes128gcm\x00", 16)
    nonce = derived(material, salt, b"Content-Encoding: nonce\x00", 12)
    head = salt + RECORD_SIZE.to_bytes(4, "big") + bytes([len(ours)]) + ours
    return head + AESGCM(content_key).encrypt(nonce, plain + b"\x02", None)


def derived(material: bytes, salt: bytes, info: bytes, length: int) -> bytes:
    return HKDF(SHA256(), length, salt, info).derive(material)


def authorization(endpoint: str, *, key: EllipticCurvePrivateKey, contact: str, now: datetime) -> str:
    """Return the Authorization header for a push service; `contact` is an address of ours, if there is one."""
    parts = urlsplit(endpoint)
    claims = {"aud": f"{parts.scheme}://{parts.netloc}", "exp": int(now.timestamp()) + SIGNED_SECONDS}
    if contact:
        claims["sub"] = contact
    signed = ".".join(padless(json.dumps(part).encode()) for part in ({"typ": "JWT", "alg": "ES256"}, claims))
    r, s = decode_dss_signature(key.sign(signed.encode(), ECDSA(SHA256())))
    signature = padless(r.to_bytes(32, "big") + s.to_bytes(32, "big"))
    return f"vapid t={signed}.{signature}, k={padless(public_bytes(key))}"


def public_bytes(key: EllipticCurvePrivateKey) -> bytes:
    return key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)


def padless(data: bytes) -> str:
    return urlsafe_b64encode(data).rstrip(b"=").decode()


def unpadded(text: str) -> bytes:
    """Return the bytes of base64url without its padding; raises ValueError."""
    return urlsafe_b64decode(text.encode("ascii") + b"=" * (-len(text) % 4))
