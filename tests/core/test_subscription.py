import hashlib
import hmac
from datetime import timedelta

import pytest

from tests.cast import NOW
from wall.core.subscription import Subscription

ASKED = Subscription(
    token="t", hub="https://hub.example/", topic="https://b.example/feed", secret="s", asked_at=NOW
)
DAY = timedelta(days=1)
HELD = ASKED.confirmed(10 * DAY, NOW)


def signature(method, body=b"news", secret="s"):
    return f"{method}={hmac.new(secret.encode(), body, method).hexdigest()}"


@pytest.mark.parametrize("method", ["sha1", "sha256", "sha384", "sha512"])
def test_what_the_hub_signed_is_known(method):
    assert ASKED.signed(signature(method), b"news")
    assert ASKED.signed(signature(method).upper().replace("SHA", "sha"), b"news")


@pytest.mark.parametrize(
    "wrong",
    [
        "",
        "sha256",
        "sha256=",
        "=" + hashlib.sha256(b"news").hexdigest(),
        signature("sha256", b"other news"),
        signature("sha256", secret="another"),
        signature("md5"),
        "sha256=" + "ü" * 64,
        "sha256=\udc80",
    ],
)
def test_what_the_hub_did_not_sign_is_not(wrong):
    assert not ASKED.signed(wrong, b"news")


def test_it_holds_once_the_hub_has_asked_back_and_until_its_lease_ends():
    assert not ASKED.holds(NOW)
    assert HELD.holds(NOW + 9 * DAY)
    assert not HELD.holds(NOW + 10 * DAY)


@pytest.mark.parametrize(
    ("subscription", "later", "due"),
    [
        (ASKED, timedelta(minutes=59), False),
        (ASKED, timedelta(hours=1), True),
        (HELD, 7.9 * DAY, False),
        (HELD, 8 * DAY, True),
        (HELD, 11 * DAY, True),
    ],
)
def test_it_is_renewed_when_four_fifths_of_its_lease_are_over(subscription, later, due):
    assert subscription.is_due(NOW + later) is due


@pytest.mark.parametrize(
    ("said", "kept"), [(timedelta(0), timedelta(minutes=5)), (DAY, DAY), (4000 * DAY, 30 * DAY)]
)
def test_a_lease_is_neither_a_moment_nor_for_ever(said, kept):
    assert ASKED.confirmed(said, NOW).until == NOW + kept
