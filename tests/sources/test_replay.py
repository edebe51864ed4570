import json
from datetime import timedelta

import pytest

from tests.sources.world import EVENT, NOW, deletes, healths, last_position, posts, set_aside, until
from wall.core.post import Media
from wall.errors import InvalidInput, InvalidPost, SourceError
from wall.sources.replay import BEFORE, Replay, parse_line, parse_post
from wall.web.lookout import OLD

POST = {
    "at": 0.01,
    "op": "post",
    "kind": "mastodon",
    "id": "1",
    "author": {"id": "mia", "name": "Mia", "handle": "mia@x.example", "avatar": "rehearsal:mia"},
    "text": "Hello #PyConDE",
    "language": "en",
    "reply_to": None,
    "media": [{"url": "rehearsal:hall", "alt": "the hall"}],
    "sensitive": False,
    "warning": None,
}


def line(**changed):
    return json.dumps(POST | changed)


@pytest.fixture
def recording(tmp_path, world):
    """Make a source that plays these lines."""

    def of(*lines, **options):
        path = tmp_path / "recording.jsonl"
        path.write_text("\n".join(lines), encoding="utf-8")
        return Replay(world(path=str(path), **{"speed": "1000", **options}))

    return of


def over(events):
    return "over" in str(healths(events))


async def test_a_recording_is_played_in_order(recording):
    source = recording(
        line(), line(id="2", at=0.5), line(op="edit", at=0.7, text="Better"), line(op="delete", at=0.9)
    )

    events = await until(source, over)

    assert [post.uid for post in posts(events)] == ["replay:1", "replay:2", "replay:1"]
    assert posts(events)[2].revision > posts(events)[0].revision
    assert [event.uid for event in deletes(events)] == ["replay:1"]
    assert last_position(events) == "4"


async def test_it_goes_on_from_where_it_was(recording):
    events = await until(recording(line(), line(id="2", at=5000)), over, "1")

    assert [post.uid for post in posts(events)] == ["replay:2"]


async def test_a_line_waits_for_its_time(recording):
    events = await until(recording(line(), line(id="2", at=10_000_000)), posts)

    assert [post.uid for post in posts(events)] == ["replay:1"]


async def test_what_comes_at_once_was_written_before_and_the_rest_now(recording):
    source = recording(line(at=30), line(id="2", at=89), line(id="3", at=90), begin="90")

    events = await until(source, over)

    ages = [post.received_at - post.created_at for post in posts(events)]
    assert ages == [BEFORE + timedelta(minutes=1), BEFORE + timedelta(seconds=1), timedelta()]
    assert OLD <= BEFORE


async def test_broken_lines_are_set_aside_and_the_rest_is_played(recording):
    broken = [
        "{",
        "[]",
        "",
        "[" * 100_000,
        line(at="soon"),
        line(at=-1),
        line(at=True),
        line(op="drop"),
        line(id=None),
    ]
    broken += [line(text="", media=[]), line(author=None), "x" * 300_000]

    events = await until(recording(*broken, line(id="9")), over)

    assert [post.uid for post in posts(events)] == ["replay:9"]
    assert len(set_aside(events)) == len(broken)
    assert set_aside(events)[0].reason.startswith("Line 1:")


async def test_a_recording_that_is_not_there_is_named(world):
    with pytest.raises(SourceError, match=r"none\.jsonl cannot be read") as refusal:
        await until(Replay(world(path="/nowhere/none.jsonl")), lambda _: False)

    assert refusal.value.permanent


def test_a_post_shows_as_of_its_network():
    post = parse_post(parse_line(line(reply_to="0")), "one", EVENT, NOW)

    assert (post.source.kind, post.source.id, post.reply_to) == ("mastodon", "one", "replay:0")
    assert (post.author.uid, post.author.avatar_url) == ("replay:mia", "rehearsal:mia")
    assert post.media == (Media(kind="image", url="rehearsal:hall", alt="the hall"),)
    assert EVENT.wants(post)


def test_a_warning_hides():
    assert parse_post(parse_line(line(warning="spoiler")), "one", EVENT, NOW).sensitive


def test_a_hostile_picture_is_left_out():
    assert parse_post(parse_line(line(media=[{"url": "file:///etc/passwd"}])), "one", EVENT, NOW).media == ()


def test_a_line_with_half_a_character_is_readable():
    post = parse_post(parse_line(line(text="half \ud800")), "one", EVENT, NOW)

    assert post.text == "half"


def test_a_line_is_pure():
    assert parse_line(line()) == parse_line(line())


def test_an_endless_line_is_refused():
    with pytest.raises(InvalidPost, match="too long"):
        parse_line(" " * 300_000)


@pytest.mark.parametrize(
    "options", [{}, {"path": "a\0b"}, {"path": "a", "speed": "fast"}, {"path": "a", "speed": "nan"}]
)
def test_options_that_cannot_be_used_are_refused(options):
    with pytest.raises(InvalidInput):
        Replay.check(options)


@pytest.mark.parametrize(("told", "reposts"), [(7, 7), (-1, 0), (True, 0), ("7", 0), (10**30, 0), (None, 0)])
async def test_reposts_come_as_the_same_post_with_another_count(recording, told, reposts):
    events = await until(recording(line(), line(op="reposts", at=0.5, reposts=told)), over)

    first, again = posts(events)
    assert (again.uid, again.revision, again.content_hash) == (first.uid, first.revision, first.content_hash)
    assert (first.reposts, again.reposts) == (0, reposts)
