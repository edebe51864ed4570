import pytest

from wall.core.identity import KEPT_SECONDS, Identity, participant_id, proven_secret, read, well_formed, write

KEY = b"k" * 32
NOW = 1_780_000_000.0
OWN = Identity(secret="s3cret-of_one-browser", made=int(NOW))


@pytest.mark.parametrize("identity", [OWN, Identity(secret="a" * 40, made=int(NOW), proof="code", turn=3)])
def test_what_was_written_is_read_again(identity):
    assert read(KEY, write(KEY, identity), now=NOW) == identity


@pytest.mark.parametrize(
    "words",
    [
        "",
        "an-old-unsigned-secret",
        "2.s3cret-of_one-browser.1780000000..0." + "0" * 32,
        write(KEY, OWN).replace("..0.", ".code.0."),
        write(KEY, OWN).replace("s3cret", "s4cret"),
        write(b"another key", OWN),
        write(KEY, OWN) + "\n",
        "2.ü." + "x" * 5000,
    ],
)
def test_what_is_not_of_our_making_is_nobody(words):
    assert read(KEY, words, now=NOW) is None


def test_an_identity_lasts_thirty_days_and_does_not_begin_tomorrow():
    words = write(KEY, OWN)

    assert read(KEY, words, now=NOW + KEPT_SECONDS) == OWN
    assert read(KEY, words, now=NOW + KEPT_SECONDS + 1) is None
    assert read(KEY, words, now=NOW - 3600) is None


def test_an_identity_is_made_out_anew_when_half_of_that_is_over():
    assert not OWN.due(NOW + KEPT_SECONDS / 3)
    assert OWN.due(NOW + KEPT_SECONDS / 1.5)


def test_a_cookie_of_another_key_is_written_as_ours_are():
    assert well_formed(write(b"whatever", OWN))
    assert not well_formed("an-old-unsigned-secret")


def test_a_participant_is_another_one_at_each_event_and_says_nothing_of_the_secret():
    assert participant_id("a", OWN.secret) != participant_id("b", OWN.secret)
    assert OWN.secret not in participant_id("a", OWN.secret)


def test_what_somebody_showed_makes_one_participant_an_event():
    same = {proven_secret(KEY, "a", "mail", "ana@example.org") for _ in range(2)}
    others = {
        proven_secret(*one)
        for one in (
            (KEY, "b", "mail", "ana@example.org"),
            (KEY, "a", "code", "ana@example.org"),
            (KEY, "a", "mail", "bob@example.org"),
            (b"other", "a", "mail", "ana@example.org"),
        )
    }

    assert len(same) == 1
    assert len(others | same) == 5
    assert read(KEY, write(KEY, Identity(secret=same.pop(), made=int(NOW), proof="mail")), now=NOW)
