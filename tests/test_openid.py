"""What a provider may say and what is not believed of it; signing in at a real one is in tests/web/test_proofs.py."""

import base64
import json
from datetime import UTC, datetime

import pytest
from joserfc import jwt
from joserfc.jwk import KeySet, RSAKey

from wall.errors import SignInError
from wall.openid import Attempt, OpenId

NOW = datetime(2026, 6, 12, 9, 30, tzinfo=UTC)
AT = int(NOW.timestamp())
KEY, OTHER = (RSAKey.generate_key(2048, {"kid": "one", "alg": "RS256"}) for _ in range(2))
CLAIMS = {
    "iss": "https://id.example",
    "aud": "wall",
    "sub": "ana",
    "nonce": "n",
    "iat": AT,
    "exp": AT + 300,
}


@pytest.fixture
def openid():
    openid = OpenId(None, lambda: NOW, issuer="https://id.example/", client="wall")
    openid.described = {"issuer": "https://id.example"}
    openid.keys = KeySet([KEY])
    return openid


def token(key=KEY, **claims):
    all_claims = {name: value for name, value in (CLAIMS | claims).items() if value is not None}
    return jwt.encode({"alg": "RS256", "kid": "one"}, all_claims, key)


def unsigned():
    parts = ({"alg": "none"}, CLAIMS)
    head, body = (base64.urlsafe_b64encode(json.dumps(part).encode()).decode().rstrip("=") for part in parts)
    return f"{head}.{body}."


@pytest.mark.parametrize("more", [{}, {"aud": ["wall", "other"], "azp": "wall"}, {"exp": AT - 30}])
def test_a_token_says_who_signed_in(openid, more):
    assert openid.read(token(**more), "n") == "ana"


@pytest.mark.parametrize(
    "said",
    [
        token(OTHER),
        token(iss="https://evil.example"),
        token(aud="other"),
        token(aud=["wall", "other"], azp="other"),
        token(nonce="m"),
        token(nonce=None),
        token(exp=AT - 300),
        token(exp=None),
        token(iat=AT + 300),
        token(sub=None),
        token(sub=7),
        token(sub="x" * 256),
        unsigned(),
        token()[:-5],
        "",
        None,
        {"x": 1},
        "a.b.c",
    ],
)
def test_what_is_not_right_in_everything_is_not_believed(openid, said):
    with pytest.raises(SignInError):
        openid.read(said, "n")


def test_the_challenge_is_of_the_verifier_as_rfc_7636_has_it():
    attempt = Attempt("s", "n", "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk")

    assert attempt.challenge == "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"
    assert Attempt.draw() != Attempt.draw()
