"""The example of RFC 8291, section 5 and appendix A, to the byte; and what a receiver and a push service check."""

import json
from dataclasses import replace

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ec import (
    ECDSA,
    SECP256R1,
    EllipticCurvePublicKey,
    derive_private_key,
    generate_private_key,
)
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256

from tests.cast import NOW
from tests.push_service import unsealed
from wall.core.push import authorization, padless, public_bytes, push_address, sealed, unpadded
from wall.errors import InvalidInput

WORDS = b"When I grow up, I want to be a watermelon"
ADDRESS = push_address(
    "https://push.example.net/push/JzLQ3raZJfFBR0aqvOMsLrt54w4rJUsV",
    "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4",
    "BTBZMqHH6r4Tts7J_aSIgg",
)
SALT = unpadded("DGv6ra1nlYgDCS1FRnbzlw")
BODY = (
    "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl"
    "7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN"
)


def key(number):
    return derive_private_key(int.from_bytes(unpadded(number), "big"), SECP256R1())


SENDER, RECEIVER = (
    key("yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw"),
    key("q1dXpw3UpT5VOmu_cf_v6ih07Aems3njxI-JWgLcM94"),
)


def test_a_message_is_sealed_as_in_the_rfc():
    assert padless(sealed(WORDS, ADDRESS, key=SENDER, salt=SALT)) == BODY


def test_the_receiver_of_the_rfc_reads_it():
    assert unsealed(unpadded(BODY), key=RECEIVER, auth=unpadded(ADDRESS.auth)) == WORDS


def test_the_push_service_knows_by_the_signature_who_sends():
    mine = generate_private_key(SECP256R1())

    scheme, token, public = authorization(ADDRESS.endpoint, key=mine, contact="https://w.example", now=NOW).split(
        " "
    )

    head, claims, signature = token.removeprefix("t=").rstrip(",").split(".")
    given = EllipticCurvePublicKey.from_encoded_point(SECP256R1(), unpadded(public.removeprefix("k=")))
    r, s = (int.from_bytes(half, "big") for half in (unpadded(signature)[:32], unpadded(signature)[32:]))
    given.verify(encode_dss_signature(r, s), f"{head}.{claims}".encode(), ECDSA(SHA256()))
    told = json.loads(unpadded(claims))
    assert (scheme, told["aud"], told["sub"]) == ("vapid", "https://push.example.net", "https://w.example")
    assert 0 < told["exp"] - NOW.timestamp() <= 24 * 3600
    with pytest.raises(InvalidSignature):
        given.verify(encode_dss_signature(r, s), f"{head}.{claims}x".encode(), ECDSA(SHA256()))


@pytest.mark.parametrize(
    "changed",
    [
        {"endpoint": "ftp://push.example"},
        {"endpoint": "https://"},
        {"endpoint": "https://push.example/" + "x" * 2000},
        {"endpoint": "https://[::1"},
        {"p256dh": ""},
        {"p256dh": "ключ"},
        {"p256dh": padless(b"\x04" + b"\x01" * 64)},
        {"p256dh": padless(public_bytes(SENDER)[:-1])},
        {"auth": "AAAA"},
        {"auth": "\udcff"},
    ],
)
def test_what_no_browser_gives_is_no_address(changed):
    one = replace(ADDRESS, **changed)

    with pytest.raises(InvalidInput):
        push_address(one.endpoint, one.p256dh, one.auth)
