from dataclasses import replace

from tests.cast import ALICE, BOB, NOW, a_post
from wall.core.post import Span
from wall.core.programme import Programme, Session
from wall.core.speakers import handles, speaks_to

TALK = Session(id="talk", title="Bridges", starts=NOW, ends=NOW, speakers=("Alice", "Zed"))


def test_whoever_calls_themself_as_a_speaker_does_is_known_by_their_handle():
    shouting = replace(BOB, uid="z", handle="@zed@y.example", name="  ZED ")

    assert handles(Programme(sessions=(TALK,)), [ALICE, BOB, shouting]) == {
        "alice@social.example",
        "zed@y.example",
    }


def test_where_nobody_speaks_nobody_is_a_speaker():
    assert handles(Programme(), [ALICE, replace(BOB, name="", handle="")]) == frozenset()


def test_a_mention_names_a_speaker_also_without_their_server():
    href = "https://social.example/@alice"
    short, other = (a_post("@alice hi", spans=(Span(0, 6, "mention", "@alice", to),)) for to in (href, ""))

    assert speaks_to({"alice@social.example"}, short)
    assert not speaks_to({"alice@social.example"}, other)
