from dataclasses import replace

import pytest

from tests.sources.world import EVENT
from wall.core.hashtag import tagkey
from wall.core.matching import Terms
from wall.sources.asking import spellings as fediverse
from wall.sources.bluesky.sieve import Sieve
from wall.sources.nostr.source import spellings as nostr


def event(*hashtags, **terms):
    terms = Terms(**terms)
    keys = tuple(map(tagkey, (*hashtags, *terms.aliases)))
    return replace(EVENT, hashtags=hashtags, keys=keys, terms=terms)


@pytest.mark.parametrize(
    ("asked", "of_fediverse", "of_nostr"),
    [
        (event("PyConDE"), ["pyconde"], ["PyConDE", "pyconde", "Pyconde", "PYCONDE"]),
        # Some versions of Mastodon know the marks, some have lost them.
        (event("Köln"), ["köln", "koln"], ["Köln", "köln", "KÖLN", "koln"]),
        (event("हिन्दी"), ["हिन्दी", "हिनदी"], ["हिन्दी", "हिनदी"]),
        (event("ぼっち・ざ"), ["ぼっち・ざ", "ぼっちざ"], ["ぼっち・ざ", "ぼっちざ"]),
        (
            event("PyConDE", aliases=("pycon26",)),
            ["pyconde", "pycon26"],
            ["PyConDE", "pyconde", "Pyconde", "PYCONDE", "pycon26", "Pycon26", "PYCON26"],
        ),
        # What posts must have besides, and must not, is for the wall to see: it finds it in more places.
        (
            event("PyConDE", every=("berlin",), none=("ad",)),
            ["pyconde"],
            ["PyConDE", "pyconde", "Pyconde", "PYCONDE"],
        ),
    ],
)
def test_networks_are_asked_for_each_spelling_of_the_hashtags_and_for_no_other(asked, of_fediverse, of_nostr):
    assert fediverse(asked) == of_fediverse
    assert nostr(asked) == of_nostr


def test_of_all_that_is_written_other_spellings_pass_too():
    sieve = Sieve(event("PyConDE", aliases=("pycon26",)).keys)

    assert sieve.passes(b'{"text":"#PyCon26"}')
    assert not sieve.passes(b'{"text":"#PyCon27"}')
