from datetime import timedelta

import pytest

from tests.cast import NOW
from wall.core.signing import headers, key_of, secret_of
from wall.core.webhook import JITTER, PAUSES, Progress, Webhook
from wall.errors import InvalidInput

HOOK = Webhook(id="hook", name="Lights", address="https://lights.example/", base="")
PLACE = Progress(epoch="Vq3k", offset=128)


@pytest.mark.parametrize(("failures", "pause"), list(enumerate([*PAUSES, PAUSES[-1]])))
def test_the_pause_grows_with_each_failure(failures, pause):
    place = PLACE
    for _turn in range(failures + 1):
        place = place.failed(NOW, lambda: 0.0, retry_after=None)

    assert place.next_at == NOW + pause
    assert place.hopeless == (failures + 1 > len(PAUSES))


def test_pauses_are_drawn_apart():
    assert PLACE.failed(NOW, lambda: 1.0, retry_after=None).next_at == NOW + PAUSES[0] * (1 + JITTER)


@pytest.mark.parametrize(("asked", "waited"), [(1, PAUSES[0]), (3600, timedelta(hours=1))])
def test_a_receiver_is_never_asked_sooner_than_it_said(asked, waited):
    assert PLACE.failed(NOW, lambda: 0.0, retry_after=asked).next_at == NOW + waited


def test_what_was_taken_ends_the_failures():
    failed = PLACE.failed(NOW, lambda: 0.0, retry_after=None)

    assert failed.told(129) == Progress(epoch="Vq3k", offset=129)


def test_removals_are_told_whatever_was_chosen():
    assert HOOK.wants("removed")
    assert not HOOK.wants("counted")


def test_at_most_two_secrets_are_valid_the_newest_first():
    assert HOOK.with_secret("a").with_secret("b").with_secret("c").secrets == ("c", "b")


def test_a_signature_is_that_of_the_scheme():
    # The example of the Standard Webhooks specification.
    secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
    body = b'{"test": 2432232314}'

    signed = headers([secret], "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, body)

    assert signed["webhook-signature"] == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


def test_a_secret_is_read_back():
    assert key_of(secret_of(b"k" * 32)) == b"k" * 32
    with pytest.raises(InvalidInput):
        key_of("whsec_short")
