import pytest

from wall.core.log_line import HIDDEN, Redactor, capped, printable

CANARY = "c4n4ry-s3cr3t-0123456789abcdef"
PLACES = [
    "redis://wall:{}@10.0.0.1:6379/0 does not answer",
    "smtp://{}:x@mail.example.org",
    "authorization: Bearer {}",
    "{{'Cookie': 'session={}'}}",
    "Bearer {} was refused",
    "GET /oembed?token={}&x=1",
    "GET /my-event/stream?cursor=a:1&ticket={}",
    "https://hooks.example/in?api_key={}",
    "https://login.example/back?code={}&state=x",
    "http://127.0.0.1:8000/setup#{}",
    "https://wall.example/sign-in#{}",
    "POST /my-event/feeds/blog1/{}: Redis is away",
    "GET /my-event/embed/{}/stream.sse: Redis is away",
    "GET /my-event/report/{}: Redis is away",
    "GET /my-event/back-channels/invitation/{}: Redis is away",
]


@pytest.mark.parametrize("place", PLACES)
def test_what_lets_somebody_in_is_taken_out(place):
    told = Redactor()(place.format(CANARY))

    assert CANARY in place.format(CANARY)
    assert CANARY not in told
    assert HIDDEN in told


def test_a_secret_that_is_set_is_taken_out_wherever_it_stands():
    redact = Redactor(["redis://wall:p%40ss-word@h/0", "k3y-one-AAAA k3y-two-BBBB", ""])

    told = redact("p@ss-word, p%40ss-word, k3y-two-BBBB and “k3y-one-AAAA”")

    assert told == f"{HIDDEN}, {HIDDEN}, {HIDDEN} and “{HIDDEN}”"


@pytest.mark.parametrize(
    "text",
    [
        "pycon/m1: mastodon.example does not answer (HTTP 503). Next try in 4 s.",
        "GET /pycon/post/0a1b2c3d4e5f60718293a4b5c6d7e8f9/card.png: Redis is away",
        "The code of a ticket, a key and a token are words.",
        "GET /organise/pycon/sources?kind=rss&monkey=1",
    ],
)
def test_what_is_no_secret_stays(text):
    assert Redactor(["long-enough"])(text) == text


def test_what_moves_a_cursor_or_begins_a_line_is_told_as_its_code():
    told = printable("a\nERROR forged\r\x1b[2J\x00\x85\u2028\u202e\ud800 – ü 漢 🎉")

    assert told == r"a\nERROR forged\r\x1b[2J\x00\x85\u2028\u202e\ud800 – ü 漢 🎉"
    assert told.encode()


def test_what_is_too_long_says_how_much_is_missing():
    assert capped("a" * 12, 10) == "aaaaaaaaaa… (2 characters more)"
    assert capped("a" * 10, 10) == "a" * 10
