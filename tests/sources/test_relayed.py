import pytest
from hypothesis import given
from hypothesis import strategies as st

from wall.core.post import Author
from wall.sources.relayed import Relayed, relayed

BOT = Author(
    uid="irc:irc.example/nick:relay", handle="relay", name="relay", bot=True, links=("https://relay.example",)
)


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("<alice> Hello", ("alice", "", "Hello")),
        ("[alice] Hello", ("alice", "", "Hello")),
        ("<alice@discord> Hello", ("alice", "discord", "Hello")),
        ("[alice@discord] Hello", ("alice", "discord", "Hello")),
        ("[discord] <alice> Hello", ("alice", "discord", "Hello")),
        ("[discord] <a@b> Hello", ("a@b", "discord", "Hello")),
        ("**<alice>** Hello", ("alice", "", "Hello")),
        ("**alice**: Hello", ("alice", "", "Hello")),
        ("**alice:** Hello", ("alice", "", "Hello")),
        ("<Alice B.> two\nlines", ("Alice B.", "", "two\nlines")),
        ("<a\u200blice> <bob> said", ("alice", "", "<bob> said")),
    ],
)
def test_a_relay_bot_says_whose_words_they_are(text, read):
    assert relayed(text) == Relayed(*read)


@pytest.mark.parametrize(
    "text",
    [
        "Hello",
        "Lunch: now",
        "a <b> c",
        "<> Hello",
        "<\u200b> Hello",
        "<alice>",
        "[alice]  ",
        "<al\nice> Hello",
        "**bold** words",
    ],
)
def test_what_names_nobody_is_the_bots_own(text):
    assert relayed(text) is None


@given(st.text(alphabet="<>[]*@:ab \n\u202e", max_size=60))
def test_nothing_that_a_bot_says_is_too_odd(text):
    found = relayed(text)

    assert found is None or (found.name and found.words in text)


def test_who_is_relayed_is_an_author_of_their_own():
    author = Relayed("alice", "discord", "Hello").author(BOT)

    assert author == Author(uid=f"{BOT.uid}/alice@discord", handle="alice (discord) by relay", name="alice")
