import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.sources.skies import MIA, ZED, account, commit, identity, in_v1, in_v2, record, tag, uri
from wall.core.markup import from_text, tags
from wall.sources.bluesky.sieve import Sieve

SIEVE = Sieve(["pyconde"])


def frames(event):
    text = in_v1(event)
    return text.encode(), json.dumps(json.loads(text)).encode(), in_v2(event, 1).encode()


@pytest.mark.parametrize(
    "content",
    [
        record("Hello #PyConDE"),
        record("#pyconde"),
        record("＃ｐｙｃｏｎｄｅ"),
        record("#PyCōnDE"),
        record("#PyCon·DE 🎉"),
        record("Hello", tags=["PyCon-DE"]),
        record("Hello", tags=["Pÿconde"]),
        record("#PyCon-DE", facets=[tag("#PyCon-DE", "PyCon-DE")]),
    ],
)
def test_every_spelling_of_the_hashtag_passes(content):
    assert all(map(SIEVE.passes, frames(commit(content=content))))


@pytest.mark.parametrize(
    "event",
    [commit(operation="delete"), commit(operation="update", content=record("Bye")), account(False), identity()],
)
def test_what_may_become_of_known_posts_passes(event):
    assert all(map(SIEVE.passes, frames(event)))


@pytest.mark.parametrize("text", ["Good morning", "#caturday", "Guten Morgen, Köln", "おはよう"])
def test_what_is_not_for_us_is_held_back(text):
    link = {
        "index": {"byteStart": 0, "byteEnd": 2},
        "features": [{"$type": "app.bsky.richtext.facet#link", "uri": "x"}],
    }

    assert not SIEVE.passes(in_v1(commit(content=record(text, facets=[link]))).encode())


def spelled(key):
    """Make ways to write a hashtag that may still be the same: other cases, and marks between the letters."""
    between = st.sampled_from(["", "", "", "\u0301", "\u200d", "·", "-", "\ufe0f", " "])
    letters = [st.sampled_from([char, char.upper(), char.translate(WIDE)]) for char in key]
    return st.tuples(*(part for letter in letters for part in (letter, between))).map("".join)


WIDE = {code: code + 0xFEE0 for code in range(0x21, 0x7F)}


@pytest.mark.parametrize("key", ["pyconde", "パイソン", "munchen", "🐍"])
@given(data=st.data(), wrap=st.sampled_from(["#{}", "x #{} y", "{}", "＃{}"]), escaped=st.booleans())
def test_no_post_that_is_wanted_is_ever_held_back(key, data, wrap, escaped):
    tag = data.draw(spelled(key))
    content = record(wrap.format(tag), tags=[tag] * data.draw(st.integers(0, 1)))
    frame = json.dumps(commit(content=content) | {"time_us": 1}, ensure_ascii=escaped).encode()

    found = {one.key for one in tags(from_text(content["text"]), meta=content["tags"])}

    assert Sieve([key]).passes(frame) or key not in found


def test_of_authors_who_are_followed_answers_pass_and_nothing_else():
    sieve = Sieve(["pyconde"])
    sieve.followed[MIA.encode()] = None
    reply = {"parent": {"uri": uri("one"), "cid": "c"}, "root": {"uri": uri("one"), "cid": "c"}}

    assert all(map(sieve.passes, frames(commit(content=record("And more", reply=reply)))))
    assert not any(map(sieve.passes, frames(commit(content=record("Something else")))))
    assert not any(map(sieve.passes, frames(commit(content=record("Answer", reply=reply), did=ZED))))
