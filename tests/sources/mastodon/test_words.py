import pytest

from wall.errors import SourceError
from wall.sources.mastodon.server import Server
from wall.sources.mastodon.words import explained, silence


def server(token=""):
    return Server("https://s.example", fetch=None, now=None, token=token)


@pytest.mark.parametrize(
    ("status", "token", "words"),
    [
        (401, "", "to its own people only"),
        (403, "", "to its own people only"),
        (422, "", "to its own people only"),
        (401, "", "Preferences → Development or Settings → Applications"),
        (401, "x", "does not accept the token"),
        (403, "x", "lacks the permission read:statuses"),
        (422, "x", "the token of a person"),
        (404, "", "no hashtag timeline"),
        (410, "", "no hashtag timeline"),
    ],
)
def test_a_refusal_says_what_is_missing(status, token, words):
    error = explained(server(token), SourceError("Refused.", status=status))

    assert words in error.message
    assert error.permanent


@pytest.mark.parametrize(
    ("status", "words"),
    [
        (404, "has no live stream (404); posts come a few seconds later"),
        (401, "Until then posts come a few seconds later"),
    ],
)
def test_a_stream_refused_says_that_posts_still_come(status, words):
    assert words in explained(server("x"), SourceError("Refused.", status=status), live=True).message


@pytest.mark.parametrize("status", [None, 429, 500, 503])
def test_other_trouble_stays_as_it_is(status):
    trouble = SourceError("Later.", status=status, retry_after=7)

    assert explained(server(), trouble) is trouble


def test_a_silent_stream_is_told_with_its_hashtags():
    assert silence("s.example", ["PyConDE", "हिन्दी"]) == (
        "The live stream of s.example stays silent for #PyConDE and #हिन्दी; posts come by polling."
    )
