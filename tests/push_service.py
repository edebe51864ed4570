"""The other side of web push: a browser that reads what it is sent, by the receiver's part of RFC 8291 and RFC 8188."""

import asyncio
from contextlib import suppress

from cryptography.hazmat.primitives.asymmetric.ec import (
    ECDH,
    SECP256R1,
    EllipticCurvePublicKey,
    generate_private_key,
)
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from wall.core.push import padless


def unsealed(body, *, key, auth):
    """Return what a push message says."""
    salt, length = body[:16], body[20]
    theirs, content = body[21 : 21 + length], body[21 + length :]
    ours = key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    shared = key.exchange(ECDH(), EllipticCurvePublicKey.from_encoded_point(SECP256R1(), theirs))
    material = HKDF(SHA256(), 32, auth, b"WebPush: info\0" + ours + theirs).derive(shared)
    nonce = HKDF(SHA256(), 12, salt, b"Content-Encoding: nonce\0").derive(material)
    content_key = HKDF(SHA256(), 16, salt, b"Content-Encoding: aes128gcm\0").derive(material)
    return AESGCM(content_key).decrypt(nonce, content, None).rstrip(b"\0").removesuffix(b"\x02")


class Browser:
    """A browser that is subscribed at a push service."""

    def __init__(self, endpoint):
        self.endpoint = endpoint
        self.key = generate_private_key(SECP256R1())
        self.auth = b"sixteen letters!"

    def asked(self):
        """Return what it tells the wall."""
        public = self.key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
        return {"endpoint": self.endpoint, "keys": {"p256dh": padless(public), "auth": padless(self.auth)}}

    def reads(self, body):
        return unsealed(body, key=self.key, auth=self.auth)


class PushService:
    """A push service that keeps what it is sent: its path, headers and body. At paths in `gone` nobody is any more."""

    def __init__(self):
        self.sent = []
        self.gone = set()

    async def serve(self, reader, writer):
        with suppress(asyncio.IncompleteReadError):
            while True:
                head, *lines = (await reader.readuntil(b"\r\n\r\n")).decode().strip().split("\r\n")
                headers = {
                    name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)
                }
                body = await reader.readexactly(int(headers["content-length"]))
                path = head.split(" ")[1]
                self.sent.append((path, headers, body))
                status = "410 Gone" if path in self.gone else "201 Created"
                writer.write(f"HTTP/1.1 {status}\r\nContent-Length: 0\r\n\r\n".encode())
                await writer.drain()
