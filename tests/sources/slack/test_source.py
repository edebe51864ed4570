import hashlib
import hmac
import json
from datetime import UTC, datetime, timedelta

import pytest

from tests.sources.world import EVENT, NOW
from wall.core.source import SourceSettings
from wall.errors import InvalidInput, InvalidPost, NotAllowed
from wall.sources.base import Delete, Delivery, SetAside, Upsert
from wall.sources.slack.source import Slack, verify

SECRET = "8f742231b10e8888abcd99yyyzzz85a5"
SETTINGS = SourceSettings(id="s", kind="slack", options=Slack.check({"secret": SECRET}))
MESSAGE = {
    "type": "message",
    "channel": "C0123ABCD",
    "channel_type": "channel",
    "user": "U061F7AUR",
    "text": "Hello",
    "ts": "1355517523.000005",
}


def signed(body, *, at=NOW, secret=SECRET, **changed):
    time = str(int(at.timestamp()))
    digest = hmac.new(secret.encode(), f"v0:{time}:".encode() + body, hashlib.sha256).hexdigest()
    headers = {"x-slack-request-timestamp": time, "x-slack-signature": f"v0={digest}"}
    return headers | {name.replace("_", "-"): value for name, value in changed.items()}


def called_back(**message):
    return json.dumps({"type": "event_callback", "event_id": "Ev1", "event": MESSAGE | message}).encode()


def receive(body, *, settings=SETTINGS, **headers):
    delivery = Delivery(url="https://wall.example/pycon/posts/slack", headers=signed(body) | headers, body=body)
    return Slack.receive(settings, EVENT, delivery, NOW)


def told(*, settings=SETTINGS, **message):
    return receive(called_back(**message), settings=settings).events


def post(**message):
    (event,) = told(**message)
    return event.post


def test_slack_s_own_example_is_verified():
    body = (
        b"token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V"
        b"&channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner&command=%2Fwebhook-collect&text="
        b"&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN"
        b"&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c"
    )
    headers = {
        "x-slack-request-timestamp": "1531420618",
        "x-slack-signature": "v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503",
    }
    now = datetime.fromtimestamp(1531420618, UTC)

    verify(headers, body, SECRET, now)
    with pytest.raises(NotAllowed):
        verify(headers, body + b"x", SECRET, now)


@pytest.mark.parametrize(
    ("headers", "words"),
    [
        ({}, "missing"),
        (signed(b"{}", x_slack_signature=""), "missing"),
        (signed(b"{}", x_slack_signature="v0=ü\ud800"), "wrong"),
        (signed(b"{}", x_slack_request_timestamp="soon"), "not a number"),
        (signed(b"{}", secret="another"), "wrong"),
        (signed(b"[]"), "wrong"),
        (signed(b"{}", at=NOW - timedelta(minutes=6)), "older"),
        (signed(b"{}", at=NOW + timedelta(minutes=6)), "future"),
    ],
)
def test_what_slack_did_not_sign_just_now_is_refused_in_words(headers, words):
    with pytest.raises(NotAllowed, match=words):
        verify(headers, b"{}", SECRET, NOW)


def test_without_a_secret_nothing_is_let_in():
    with pytest.raises(NotAllowed):
        verify(signed(b"{}", secret=""), b"{}", "", NOW)


def test_slack_s_question_whether_this_is_the_right_address_is_answered():
    received = receive(b'{"type": "url_verification", "challenge": "3eZbrw1aB"}')

    assert (received.id, received.answer.body, received.answer.media_type) == ("", "3eZbrw1aB", "text/plain")


def test_a_message_is_a_post_of_the_event():
    received = receive(called_back())

    assert received.id == "Ev1"
    (event,) = received.events
    assert event.post.uid == "slack:s/C0123ABCD/1355517523.000005"
    assert event.post.created_at == datetime(2012, 12, 14, 20, 38, 43, 5, UTC)
    assert (event.post.text, event.post.author.name) == ("Hello", "Someone on Slack")
    assert EVENT.wants(event.post)


def test_a_delivery_that_comes_again_has_the_same_id():
    body = called_back()

    assert receive(body, **{"x-slack-retry-num": "1"}) == receive(body)


def test_an_edit_is_the_same_post_in_other_words():
    edited = MESSAGE | {"text": "Better", "edited": {"user": "U061F7AUR", "ts": "1355517600.000000"}}

    before, after = post(), post(subtype="message_changed", ts="9.1", message=edited)

    assert (after.uid, after.text) == (before.uid, "Better")
    assert after.revision > before.revision


def test_a_preview_that_slack_adds_is_no_edit():
    assert post(subtype="message_changed", ts="9.1", message=MESSAGE).revision == post().revision


@pytest.mark.parametrize(
    "change",
    [
        {"subtype": "message_deleted", "deleted_ts": "1355517523.000005", "ts": "9.1"},
        {"subtype": "message_changed", "ts": "9.1", "message": MESSAGE | {"subtype": "tombstone"}},
    ],
    ids=["message", "start of a thread"],
)
def test_a_delete_names_the_post(change):
    assert told(**change) == [Delete(post().uid)]


def test_a_delete_is_heard_from_any_channel():
    assert told(channel_type="im", subtype="message_deleted", deleted_ts="1.0")


@pytest.mark.parametrize(
    "change",
    [
        {"subtype": "channel_join"},
        {"type": "reaction_added"},
        {"channel_type": "im"},
        {"channel_type": "mpim"},
        {"channel_type": "group"},
        {"channel_type": None},
        {"subtype": "message_changed", "message": MESSAGE | {"subtype": "channel_topic"}},
    ],
    ids=str,
)
def test_what_is_not_written_in_public_is_passed_over(change):
    assert told(**change) == []


def test_only_the_channels_that_were_named_are_read():
    named = Slack.check({"secret": SECRET, "channels": "g0private, C999"})
    settings = SourceSettings(id="s", kind="slack", options=named)

    assert told(settings=settings) == []
    assert told(settings=settings, channel="G0PRIVATE", channel_type="group")


def test_with_hashtags_only_a_message_is_taken_for_what_it_says():
    chosen = Slack.check({"secret": SECRET, "everything": "no"})
    settings = SourceSettings(id="s", kind="slack", options=chosen)

    assert not EVENT.wants(told(settings=settings)[0].post)
    assert EVENT.wants(told(settings=settings, text="Hi #PyConDE")[0].post)


def test_people_are_named_as_far_as_the_message_says():
    author = post(
        user_profile={"display_name": "Mia", "name": "mia", "image_72": "https://x.example/m.png"}
    ).author

    assert (author.name, author.handle, author.avatar_url, author.bot) == (
        "Mia",
        "mia",
        "https://x.example/m.png",
        False,
    )
    assert author.uid == post().author.uid == Slack.known_as("u061f7aur", SETTINGS)[0]


def test_a_bot_says_that_it_is_one():
    author = post(subtype="bot_message", bot_id="B1", user=None, username="Feeds").author

    assert (author.name, author.bot) == ("Feeds", True)


def test_an_answer_in_a_thread_names_what_it_answers():
    assert post(ts="1355517600.000001", thread_ts=MESSAGE["ts"]).reply_to == post().uid
    assert post(thread_ts=MESSAGE["ts"]).reply_to is None


def test_a_message_of_files_only_is_set_aside_with_the_reason():
    (event,) = told(subtype="file_share", text="", files=[{"url_private": "https://files.slack.com/x"}])

    assert isinstance(event, SetAside)
    assert "files" in event.reason


def test_that_slack_left_something_out_is_told():
    received = receive(b'{"type": "app_rate_limited", "minute_rate_limited": 1518467820}')

    assert received.id
    assert "leaves messages out" in received.events[0].reason


@pytest.mark.parametrize("ts", ["", "soon", "1" * 30, "٣.0", "9" * 19, "1e5", "-1", None])
def test_a_message_without_a_time_is_set_aside(ts):
    assert isinstance(told(ts=ts)[0], SetAside)


@pytest.mark.parametrize(
    "name", ["text", "user", "blocks", "edited", "thread_ts", "user_profile", "bot_id", "username"]
)
@pytest.mark.parametrize(
    "value", [None, 7, [], {}, [None], "\ud800", {"ts": 7}, "x" * 200_000], ids=lambda v: repr(v)[:9]
)
def test_any_other_field_may_be_anything(name, value):
    assert isinstance(told(**{name: value})[0], (Upsert, SetAside))


@pytest.mark.parametrize("body", [b"", b"{", b"\xff", b"[" * 100_000])
def test_a_signed_body_that_is_no_event_is_refused(body):
    with pytest.raises(InvalidPost):
        receive(body)


@pytest.mark.parametrize("body", [b"[]", b"7", b"{}", b'{"event": 7, "event_id": "Ev1"}'])
def test_an_event_that_says_nothing_is_heard_and_nothing_more(body):
    assert receive(body).events == []


def test_a_body_too_large_is_refused():
    with pytest.raises(InvalidPost, match="256 kB"):
        receive(b"x" * 256_001)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"secret": ""}, "secret"),
        ({"secret": "short"}, "secret"),
        ({"channels": "#general"}, "channels"),
        ({"everything": "maybe"}, "everything"),
    ],
)
def test_options_that_cannot_be_used_are_refused_by_name(change, field):
    with pytest.raises(InvalidInput) as refusal:
        Slack.check({"secret": SECRET} | change)

    assert refusal.value.field == field


def test_a_name_is_no_member_s_id():
    with pytest.raises(InvalidInput):
        Slack.known_as("@mia", SETTINGS)
