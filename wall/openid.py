"""Signing in elsewhere, by OpenID Connect: the code flow with PKCE (RFC 7636), state and nonce.

Of what the provider tells, only who it is (issuer and subject) is read. Signatures are joserfc's work.
"""

import base64
import hashlib
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import quote, urlencode, urlsplit

from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from wall.core.words import _
from wall.errors import SignInError, SourceError
from wall.sources.fetch import Fetch

WELL_KNOWN = "/.well-known/openid-configuration"
KEPT_SECONDS = 3600
LIMIT = 256 * 1024  # bytes of an answer
LEEWAY_SECONDS = 60
ALGORITHMS = ("RS256", "PS256", "ES256", "EdDSA")
LONGEST_SUBJECT = 255  # OpenID Connect Core, 2
NO_SENSE = _("Where you sign in answered with something that cannot be believed. Try again.")


@dataclass(frozen=True, slots=True)
class Attempt:
    """What somebody takes along to the provider, and must bring back."""

    state: str
    nonce: str
    verifier: str

    @classmethod
    def draw(cls) -> "Attempt":
        return cls(secrets.token_urlsafe(18), secrets.token_urlsafe(18), secrets.token_urlsafe(48))

    @property
    def challenge(self) -> str:
        digest = hashlib.sha256(self.verifier.encode()).digest()
        return base64.urlsafe_b64encode(digest).decode().rstrip("=")


class OpenId:
    """One provider. What it says of itself, and its keys, are asked for once an hour."""

    def __init__(
        self, fetch: Fetch, now: Callable[[], datetime], *, issuer: str, client: str, secret: str = ""
    ) -> None:
        self.fetch = fetch
        self.now = now
        self.issuer = issuer.rstrip("/")
        self.client = client
        self.secret = secret
        self.described: dict[str, Any] = {}
        self.keys: KeySet | None = None
        self.until = 0.0

    async def away(self, attempt: Attempt, redirect: str) -> str:
        """Return the address at the provider where somebody signs in; raises SignInError."""
        await self.ask()
        query = urlencode(
            {
                "response_type": "code",
                "client_id": self.client,
                "redirect_uri": redirect,
                "scope": "openid",
                "state": attempt.state,
                "nonce": attempt.nonce,
                "code_challenge": attempt.challenge,
                "code_challenge_method": "S256",
            }
        )
        there = self.endpoint("authorization_endpoint")
        return f"{there}{'&' if urlsplit(there).query else '?'}{query}"

    async def subject(self, attempt: Attempt, code: str, redirect: str) -> str:
        """Return who signed in, as the provider tells people apart; raises SignInError."""
        await self.ask()
        form = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": redirect,
            "client_id": self.client,
            "code_verifier": attempt.verifier,
        }
        headers = {}
        if self.secret:
            pair = f"{quote(self.client, safe='')}:{quote(self.secret, safe='')}"
            headers["authorization"] = f"Basic {base64.b64encode(pair.encode()).decode()}"
        try:
            answer = await self.fetch.post(
                self.endpoint("token_endpoint"), form=form, headers=headers, limit=LIMIT
            )
            token = answer.json()["id_token"]
        except (SourceError, KeyError, TypeError) as error:
            raise SignInError(_("Signing in did not work out. Try again.")) from error
        return self.read(token, attempt.nonce)

    def read(self, token: object, nonce: str) -> str:
        """Return whom an ID token is about, once everything about it is right (OpenID Connect Core, 3.1.3.7)."""
        assert self.keys is not None
        registry = jwt.JWTClaimsRegistry(
            now=int(self.now().timestamp()),
            leeway=LEEWAY_SECONDS,
            iss={"essential": True, "value": self.described["issuer"]},
            aud={"essential": True, "value": self.client},
            exp={"essential": True},
            nonce={"essential": True, "value": nonce},
            sub={"essential": True},
        )
        try:
            claims = jwt.decode(str(token), self.keys, algorithms=list(ALGORITHMS)).claims
            registry.validate(claims)
        except (JoseError, ValueError, TypeError) as error:
            raise SignInError(NO_SENSE) from error
        subject = claims["sub"]
        for_us = claims.get("azp", self.client) == self.client
        if not for_us or not isinstance(subject, str) or not 0 < len(subject) <= LONGEST_SUBJECT:
            raise SignInError(NO_SENSE)
        return subject

    # Internal

    async def ask(self) -> None:
        """Have the provider describe itself, if it did not lately (OpenID Connect Discovery, 4)."""
        now = self.now().timestamp()
        if self.keys is not None and now < self.until:
            return
        try:
            described = (await self.fetch.get(self.issuer + WELL_KNOWN, limit=LIMIT)).json()
            if not isinstance(described, dict) or str(described.get("issuer", "")).rstrip("/") != self.issuer:
                raise SignInError(NO_SENSE)
            keys = (await self.fetch.get(str(described["jwks_uri"]), limit=LIMIT)).json()
            self.keys = KeySet.import_key_set(keys)
        except (SourceError, KeyError, JoseError, ValueError, TypeError) as error:
            raise SignInError(_("Where people sign in does not answer. Try again in a few minutes.")) from error
        self.described, self.until = described, now + KEPT_SECONDS

    def endpoint(self, name: str) -> str:
        address = self.described.get(name)
        if not isinstance(address, str) or not address.startswith(("https://", "http://")):
            raise SignInError(NO_SENSE)
        return address
