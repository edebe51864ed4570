import hashlib
import hmac
import json
from base64 import b64encode
from datetime import timedelta

import pytest

from tests.sources.world import EVENT, NOW
from wall.core.post import Media
from wall.core.source import SourceSettings
from wall.errors import InvalidInput, InvalidPost, NotAllowed
from wall.sources.base import Delete, Delivery, Upsert
from wall.sources.webhook import Webhook, key_of, new_secret, parse, verify

SECRET, OTHER = new_secret(), new_secret()
SETTINGS = SourceSettings(id="hook", kind="webhook", options={"name": "Bridge", "secret": SECRET})
BODY = b'{"external_id":"1","text":"Hello"}'


def signed(body=BODY, *, secret=SECRET, at=NOW, id="msg_1", **changed):
    time = str(int(at.timestamp()))
    signature = hmac.digest(key_of(secret), f"{id}.{time}.".encode() + body, hashlib.sha256)
    headers = {
        "webhook-id": id,
        "webhook-timestamp": time,
        "webhook-signature": f"v1,{b64encode(signature).decode()}",
    }
    return headers | {name.replace("_", "-"): value for name, value in changed.items()}


def receive(headers, body):
    delivery = Delivery(url="https://wall.example/pycon/posts", headers=headers, body=body)
    return Webhook.receive(SETTINGS, EVENT, delivery, NOW)


def made(**payload):
    return parse({"external_id": "1", "text": "Hello"} | payload, SETTINGS, EVENT, NOW).post


def test_what_is_signed_is_taken_in():
    received = receive(signed(), BODY)

    assert received.id == "msg_1"
    assert [event.post.text for event in received.events] == ["Hello"]


def test_the_scheme_s_own_example_is_verified():
    headers = {
        "webhook-id": "msg_p5jXN8AQM9LWM0D4loKWxJek",
        "webhook-timestamp": "1614265330",
        "webhook-signature": "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
    }
    now = NOW.fromtimestamp(1614265330, NOW.tzinfo)

    assert verify(headers, b'{"test": 2432232314}', ["whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"], now)


def test_while_a_secret_is_changed_both_are_good():
    assert verify(signed(secret=OTHER), BODY, [SECRET, OTHER], NOW) == "msg_1"


def test_one_good_signature_among_several_is_enough():
    headers = signed()
    headers["webhook-signature"] = f"v1a,xyz v1,AAAA v1,*** nonsense {headers['webhook-signature']}"

    assert verify(headers, BODY, [SECRET], NOW) == "msg_1"


@pytest.mark.parametrize(
    ("headers", "words"),
    [
        (signed(webhook_id=""), "webhook-id is missing"),
        (signed(webhook_timestamp=""), "webhook-timestamp is missing"),
        (signed(webhook_signature=""), "webhook-signature is missing"),
        (signed(webhook_timestamp="soon"), "not a number"),
        (signed(webhook_timestamp="٣"), "not a number"),
        (signed(webhook_timestamp="9" * 400), "not a number"),
        (signed(at=NOW - timedelta(minutes=6)), "older than five minutes"),
        (signed(at=NOW + timedelta(minutes=6)), "from the future"),
        (signed(secret=OTHER), "signature is wrong"),
        (signed(b"{}"), "signature is wrong"),
        (signed(webhook_id="msg_2"), "signature is wrong"),
        (signed(webhook_id="msg_1.1"), "signature is wrong"),
        (signed(webhook_id="ü"), "not one"),
        (signed(webhook_id="x" * 300), "not one"),
        (signed(webhook_signature="v1,ü"), "signature is wrong"),
        (signed(webhook_signature="v1"), "signature is wrong"),
        ({}, "is missing"),
    ],
)
def test_what_is_not_signed_as_it_must_be_is_refused_in_words(headers, words):
    with pytest.raises(NotAllowed, match=words):
        verify(headers, BODY, [SECRET], NOW)


def test_without_a_secret_nothing_is_let_in():
    with pytest.raises(NotAllowed):
        verify(signed(), BODY, [], NOW)


def test_a_signature_beyond_the_first_ten_is_not_looked_at():
    headers = signed()
    headers["webhook-signature"] = "v1,AAAA " * 10 + headers["webhook-signature"]

    with pytest.raises(NotAllowed):
        verify(headers, BODY, [SECRET], NOW)


def test_a_body_too_large_is_refused_before_anything_else():
    with pytest.raises(InvalidPost, match="256 kB"):
        receive({}, b"x" * 256_001)


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"7", b"\xff", b"[" * 100_000])
def test_a_signed_body_that_is_no_post_is_refused(body):
    with pytest.raises(InvalidPost):
        receive(signed(body), body)


def test_a_whole_payload_becomes_a_post():
    post = made(
        author={
            "name": "Mia",
            "handle": "@mia",
            "url": "https://x.example/mia",
            "avatar": "https://x.example/a.png",
        },
        url="https://x.example/1",
        media=[{"url": "https://x.example/1.png", "alt": "a cat"}],
        created_at="2026-11-22T09:00:00Z",
        language="de",
        sensitive=True,
        hashtags=["keynote"],
    )

    assert (post.uid, post.source.kind, post.author.uid) == ("webhook:hook/1", "webhook", "webhook:hook/mia")
    assert (post.author.name, post.author.handle, post.url) == ("Mia", "mia", "https://x.example/1")
    assert post.media == (Media(kind="image", url="https://x.example/1.png", alt="a cat"),)
    assert (post.created_at.isoformat(), post.language, post.sensitive) == (
        "2026-11-22T09:00:00+00:00",
        "de",
        True,
    )
    assert [tag.key for tag in post.tags] == ["keynote", "pyconde"]


def test_what_is_sent_to_the_event_belongs_to_it():
    assert EVENT.wants(made())


def test_html_is_read_and_never_kept():
    assert made(text=None, html="<p>Hi <script>x</script><b>you</b></p>").text == "Hi you"


def test_a_delete_names_the_post():
    assert parse({"external_id": 1, "op": "delete"}, SETTINGS, EVENT, NOW) == Delete("webhook:hook/1")


def test_an_unnamed_author_is_someone():
    assert made().author.name == "Someone"


def test_the_same_payload_twice_is_the_same_post():
    assert made().id == made().id


@pytest.mark.parametrize(
    "change",
    [
        {"external_id": None},
        {"external_id": "\ud800"},
        {"external_id": True},
        {"external_id": 10**40},
        {"op": "drop"},
        {"op": ["upsert"]},
        {"text": ""},
        {"text": "\u202e\u200b"},
        {"text": 7},
        {"created_at": "yesterday"},
        {"created_at": 7},
        {"media": [{"url": "javascript:alert(1)"}]},
        {"media": [{}]},
    ],
    ids=str,
)
def test_a_payload_that_cannot_be_shown_is_refused(change):
    with pytest.raises(InvalidPost):
        parse({"external_id": "1", "text": "Hello"} | change, SETTINGS, EVENT, NOW)


@pytest.mark.parametrize(
    "name", ["author", "url", "language", "sensitive", "hashtags", "warning", "html", "edited_at"]
)
@pytest.mark.parametrize("value", [None, 7, [], {}, [None], "\ud800", {"name": 7}], ids=repr)
def test_any_other_field_may_be_anything(name, value):
    assert isinstance(parse({"external_id": "1", "text": "Hello", name: value}, SETTINGS, EVENT, NOW), Upsert)


def test_an_empty_secret_is_made():
    first, second = Webhook.check({}), Webhook.check({})

    assert first["secret"].startswith("whsec_")
    assert first["secret"] != second["secret"]


@pytest.mark.parametrize(
    "secret", ["secret", "whsec_", "whsec_***", "whsec_c2hvcnQ=", b64encode(b"x" * 32).decode()]
)
def test_a_secret_that_is_none_is_refused(secret):
    with pytest.raises(InvalidInput) as refusal:
        Webhook.check({"secret": secret})

    assert refusal.value.field == "secret"


def test_a_body_signed_by_hand_is_json_after_all():
    body = json.dumps({"external_id": "ü", "text": "Grüße"}).encode()

    assert receive(signed(body), body).events[0].post.text == "Grüße"
