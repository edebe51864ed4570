"""A device that holds passkeys, as browsers speak to one: in tests it can also be wrong in one thing."""

import hashlib
import json
import secrets
import struct
from base64 import urlsafe_b64decode, urlsafe_b64encode

import cbor2
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec

PRESENT, VERIFIED, ATTESTED = 1, 4, 64


def text(data):
    return urlsafe_b64encode(data).decode().rstrip("=")


def data(text):
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))


class Authenticator:
    """One key for one site. `uses` counts what it signed; `verifies` says whether it knows its person."""

    def __init__(self, site="localhost", origin="http://localhost"):
        self.site = site
        self.origin = origin
        self.id = secrets.token_bytes(16)
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.uses = 0
        self.verifies = True

    def make(self, options):
        """Answer what a page was asked to make a passkey of."""
        point = self.key.public_key().public_numbers()
        cose = cbor2.dumps({1: 2, 3: -7, -1: 1, -2: point.x.to_bytes(32), -3: point.y.to_bytes(32)})
        attested = bytes(16) + struct.pack(">H", len(self.id)) + self.id + cose
        said = cbor2.dumps({"fmt": "none", "attStmt": {}, "authData": self._said(ATTESTED) + attested})
        return self._answer({
            "clientDataJSON": text(self._client("webauthn.create", options["challenge"])),
            "attestationObject": text(said),
        })  # fmt: skip

    def sign(self, options):
        """Answer what a page was asked to sign."""
        self.uses += 1
        client, said = self._client("webauthn.get", options["challenge"]), self._said(0)
        signature = self.key.sign(said + hashlib.sha256(client).digest(), ec.ECDSA(hashes.SHA256()))
        parts = {"clientDataJSON": client, "authenticatorData": said, "signature": signature}
        return self._answer({name: text(part) for name, part in parts.items()})

    def _client(self, kind, challenge):
        return json.dumps({"type": kind, "challenge": challenge, "origin": self.origin}).encode()

    def _said(self, flags):
        flags |= PRESENT | (VERIFIED if self.verifies else 0)
        return hashlib.sha256(self.site.encode()).digest() + bytes([flags]) + struct.pack(">I", self.uses)

    def _answer(self, response):
        id = text(self.id)
        return {"id": id, "rawId": id, "type": "public-key", "response": response, "clientExtensionResults": {}}
