import json
from datetime import timedelta

import pytest

from tests.sources.fediverse import SNAC, status
from tests.sources.world import EVENT, FIXTURES, NOW, deletes, posts, set_aside
from wall.core.post import SourceRef
from wall.sources.mastodon.reading import Reading

SOURCE = SourceRef(id="one", kind="mastodon")
MINUTE = timedelta(minutes=1)
RECORDED = (FIXTURES / "mastodon" / "gotosocial_ws.jsonl").read_text(encoding="utf-8")
GOTOSOCIAL_FRAMES = [json.loads(line)["frame"] for line in RECORDED.splitlines()]


@pytest.fixture
def reading():
    return Reading(SOURCE)


def told(events):
    return [event.post.reposts for event in events]


def passed_on(reading, reposts, *, minutes):
    return told(reading.take("s.example", status(1, reblogs_count=reposts), NOW + minutes * MINUTE))


def test_a_post_is_told_again_when_it_was_passed_on_more_often(reading):
    assert passed_on(reading, 0, minutes=0) == [0]
    assert passed_on(reading, 3, minutes=1) == [3]


@pytest.mark.parametrize(
    ("reposts", "minutes"),
    [(50, 2), (49, 2), (54, 2), (80, 0.5)],
    ids=["the same", "fewer", "hardly more", "within a minute"],
)
def test_a_count_is_told_now_and_then_only(reading, reposts, minutes):
    passed_on(reading, 50, minutes=0)

    assert passed_on(reading, reposts, minutes=minutes) == []


def test_who_passed_a_post_on_is_worth_asking_unless_its_server_lately_counted_nobody(reading):
    (event,) = posts(reading.take("s.example", status(1, reblogs_count=0), NOW))
    assert not reading.was_amplified(event)

    passed_on(reading, 1, minutes=1)
    assert reading.was_amplified(event)
    assert Reading(SOURCE).was_amplified(event)


def test_a_single_repost_is_not_told(reading):
    passed_on(reading, 0, minutes=0)

    assert passed_on(reading, 1, minutes=2) == []
    assert passed_on(reading, 2, minutes=2) == [2]


def test_a_server_that_heard_of_fewer_reposts_tells_nothing(reading):
    passed_on(reading, 50, minutes=0)
    other = status(1, id="other", reblogs_count=3)

    assert reading.take("other.example", other, NOW + 2 * MINUTE) == []


def test_every_recorded_frame_of_gotosocial_is_read(reading):
    events = [event for frame in GOTOSOCIAL_FRAMES for event in reading.take_frame("localhost:28080", frame, NOW)]

    assert set_aside(events) == []
    assert [post.text for post in posts(events)] == ["Hello #PyConDE #日本語 :blobcat:", "edited #PyConDE"]
    assert {event.uid for event in deletes(events)} == {posts(events)[0].uid}


def test_every_recorded_status_of_snac_is_read_without_a_mark_of_edits(reading):
    events = reading.take_all("localhost:28001", SNAC, NOW)

    assert set_aside(events) == []
    assert {post.author.handle for post in posts(events)} == {"alice@localhost:28001", "bob@localhost:28001"}
    assert reading.take_all("localhost:28001", SNAC, NOW) == []


@pytest.mark.parametrize("visibility", ["private", "direct", "unlisted", "local", "list"])
def test_a_post_that_is_no_longer_for_everybody_is_gone(reading, visibility):
    (first,) = posts(reading.take("s.example", status(1), NOW))

    events = reading.take("s.example", status(1, visibility=visibility), NOW)

    assert [event.uid for event in deletes(events)] == [first.uid]
    assert reading.take("s.example", status(1, visibility=visibility), NOW) == []


@pytest.mark.parametrize("change", [{"visibility": None}, {"account": {"acct": "mia", "limited": True}}])
def test_a_post_is_not_taken_for_gone_because_a_server_says_less_of_it(reading, change):
    reading.take("s.example", status(1), NOW)

    assert reading.take("s.example", status(1, **change), NOW) == []


def test_a_boost_of_the_team_is_told_once_for_each_account(reading):
    reading.take("s.example", status(1), NOW)

    first = reading.take("s.example", status(1), NOW, by="team@s.example")
    again = reading.take("s.example", status(1), NOW, by="team@s.example")
    second = reading.take("s.example", status(1), NOW, by="org@s.example")

    assert [post.reposted_by for post in posts(first)] == [("team@s.example",)]
    assert again == []
    assert [post.reposted_by for post in posts(second)] == [("team@s.example", "org@s.example")]


def test_a_post_comes_with_the_team_s_boost_however_it_is_read_next(reading):
    reading.take("s.example", status(1), NOW, by="team@s.example")

    edited = reading.take("s.example", status(1, "Edited", edited_at="2026-11-22T09:59:30Z"), NOW)

    assert [post.reposted_by for post in posts(edited)] == [("team@s.example",)]


def test_what_the_team_boosts_has_the_event_s_hashtag_only_where_all_of_it_is_wanted(reading):
    plain = status(1, "No tag", tags=[])

    (without,) = posts(reading.take("s.example", plain, NOW, by="team@s.example"))
    (wanted,) = posts(reading.take("s.example", plain, NOW, by="org@s.example", event=EVENT))

    assert (EVENT.wants(without), EVENT.wants(wanted)) == (False, True)


@pytest.mark.parametrize("inner", [None, 7, [], {}, {"id": "1"}, "x" * 1000])
def test_a_boost_of_something_unreadable_is_set_aside_once(reading, inner):
    assert len(set_aside(reading.take("s.example", inner, NOW, by="team@s.example"))) == 1
    assert reading.take("s.example", inner, NOW, by="team@s.example") == []


def test_a_frame_of_the_stream_counts_as_heard(reading):
    hearing = reading.hearings["s.example"]
    hearing.open(NOW)
    later = NOW + 10 * MINUTE
    statuses = [status(number, created_at=(NOW + MINUTE).isoformat()) for number in range(3)]
    reading.take_all("s.example", statuses, later)
    reading.found("s.example", "pyconde", statuses, later)
    assert hearing.is_deaf(later + MINUTE)

    frame = {"stream": ["hashtag", "pyconde"], "event": "update", "payload": json.dumps(statuses[0])}
    reading.take_frame("s.example", json.dumps(frame), later + MINUTE)

    assert not hearing.is_deaf(later + MINUTE)


def test_posts_that_are_not_public_are_not_missed_in_the_stream(reading):
    hearing = reading.hearings["s.example"]
    hearing.open(NOW)
    later = NOW + 10 * MINUTE
    private = [status(number, created_at=(NOW + MINUTE).isoformat(), visibility="unlisted") for number in range(3)]
    reading.take_all("s.example", private, later)
    reading.found("s.example", "pyconde", [*private, None, {"id": 7}], later)

    assert not hearing.is_deaf(later + MINUTE)
