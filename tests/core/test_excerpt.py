import json
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from tests.cast import NOW, a_post
from wall.core.excerpt import Excerpt, session_of, span_of, span_view, spans
from wall.core.hashtag import extract, tagkey
from wall.core.moderation import Standing, Status
from wall.core.post import Tag
from wall.core.programme import Draft, Programme, Session

SAID = json.loads((Path(__file__).parents[1] / "fixtures" / "excerpts.json").read_text(encoding="utf-8"))


def moment(text):
    return datetime.fromisoformat(text)


def programme():
    said = SAID["session"]
    times = {"starts": moment(said["starts"]), "ends": moment(said["ends"])}
    rooms = [said["room"], *said["others"]]
    sessions = tuple(Session(id=room, title=room, room=room, **times) for room in rooms)
    draft = Draft(kind="ical", sessions=sessions, rooms=tuple(rooms))
    return Programme().importing(draft, origin="file", at=NOW)


@pytest.mark.parametrize("said", SAID["posts"], ids=lambda said: said["text"])
def test_which_posts_belong_to_a_session(said):
    span = span_of(programme(), SAID["session"]["room"])
    tags = tuple(Tag(tag, tagkey(tag)) for *_, tag in extract(said["text"]))
    post = replace(a_post(said["text"], tags=tags), created_at=moment(said["at"]))

    assert span.has(post) is said["belongs"]


def test_a_page_is_told_a_session_in_milliseconds_and_keys():
    view = span_view(span_of(programme(), SAID["session"]["room"]))

    assert view == {
        "from": 1781256600000,
        "until": 1781260200000,
        "over": 1781260200000 + 20 * 60_000,
        "room": "halla",
        "others": ["foyer", "hallb"],
    }


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ({}, {}),
        ({"network": "irc", "pictures": "some"}, {"network": "irc", "pictures": "some"}),
        ({"pictures": "none", "session": "gone"}, {}),
        ({"network": "x" * 99}, {"network": "x" * 40}),
    ],
)
def test_an_excerpt_is_read_from_an_address_and_written_into_one(query, said):
    excerpt = Excerpt.parse(query, Programme())

    assert excerpt.query() == said
    assert bool(excerpt) is bool(said)


def test_all_that_is_said_must_hold():
    standing = Standing(post=a_post(), status=Status.APPROVED)
    later = Standing(post=replace(a_post(), created_at=NOW + timedelta(hours=3)), status=Status.APPROVED)
    excerpt = replace(Excerpt(network="mastodon"), span=span_of(programme(), "Foyer"))

    assert excerpt.wants(standing)
    assert not excerpt.wants(later)
    assert not replace(excerpt, pictured=True).wants(standing)
    assert not replace(excerpt, network="irc").wants(standing)


def two_in_a_row():
    """One room: a talk until ten, and the next one from then on."""
    ten = moment("2026-06-12T10:00:00Z")
    hour = timedelta(hours=1)
    first = Session(id="first", title="First", room="Blue", starts=ten - hour, ends=ten)
    second = replace(first, id="second", starts=ten, ends=ten + hour)
    other = replace(first, id="other", room="Red")
    draft = Draft(kind="ical", sessions=(first, other, second), rooms=("Blue", "Red"))
    made = Programme().importing(draft, origin="file", at=NOW)
    return spans(made, list(made.sessions))


@pytest.mark.parametrize(
    ("at", "tag", "session"),
    [
        ("09:30", "Blue", "first"), ("09:30", "Red", "other"), ("09:30", "", None), ("10:05", "Blue", "second"),
        ("10:05", "Red", "other"), ("10:05", "", "second"), ("08:59", "Blue", None),
    ],
)  # fmt: skip
def test_a_post_is_of_the_one_session_that_it_can_only_be_of(at, tag, session):
    tags = (Tag(tag, tagkey(tag)),) if tag else ()
    post = replace(a_post(tags=tags), created_at=moment(f"2026-06-12T{at}:00Z"))

    assert session_of(two_in_a_row(), post) == session
