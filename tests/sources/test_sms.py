from urllib.parse import urlencode

import pytest

from tests.sources.world import EVENT, NOW
from wall.core.post import Media
from wall.core.source import SourceSettings
from wall.errors import InvalidInput, InvalidPost, NotAllowed
from wall.sources.base import Delivery, SetAside, Upsert
from wall.sources.sms import Sms, signature

TOKEN, OTHER = "0123456789abcdef0123456789abcdef", "f" * 32
URL = "https://wall.example/pycon/posts/sms"
NUMBER = "+14158675309"
SETTINGS = SourceSettings(id="s", kind="sms", options=Sms.check({"token": TOKEN}))
TEXT = {
    "MessageSid": "SM" + "a" * 32,
    "From": NUMBER,
    "To": "+18005551212",
    "Body": "Grüße & more",
    "NumMedia": "0",
}


def receive(said, *, url=URL, settings=SETTINGS, token=TOKEN, **headers):
    signed = {"x-twilio-signature": signature(token, URL, list(said.items())).decode()}
    body = urlencode(said).encode()
    return Sms.receive(settings, EVENT, Delivery(url=url, headers=signed | headers, body=body), NOW)


def told(**said):
    return receive(TEXT | said).events


def post(**said):
    (event,) = told(**said)
    return event.post


@pytest.mark.parametrize(
    ("pairs", "expected"),
    [
        (
            [("CallSid", "CA1234567890ABCDE"), ("Caller", NUMBER), ("Digits", "1234"), ("From", NUMBER), ("To", "+18005551212")],
            "RSOYDt4T1cUTdK1PDd93/VVr8B8=",
        ),
        (
            [("Sid", "CA123"), ("SidAccount", "AC123"), ("Digits", "5678"), ("Digits", "1234"), ("Digits", "1234")],
            "IK+Dwps556ElfBT0I3Rgjkr1wJU=",
        ),
    ],
    ids=["once each", "a field several times"],
)  # fmt: skip
def test_twilio_s_own_examples_are_signed_alike(pairs, expected):
    assert signature("12345", "https://mycompany.com/myapp.php?foo=1&bar=2", pairs).decode() == expected


def test_a_text_is_a_post_of_the_event():
    received = receive(TEXT)

    assert received.id == TEXT["MessageSid"]
    assert received.answer.media_type == "text/xml"
    (event,) = received.events
    assert (event.post.text, event.post.author.name, event.post.author.handle) == ("Grüße & more", "Texted in", "")
    assert EVENT.wants(event.post)


@pytest.mark.parametrize("number", [NUMBER, f"whatsapp:{NUMBER}"])
def test_nobody_s_number_nor_name_is_in_what_is_kept(number):
    kept = repr(post(From=number, WaId=NUMBER[1:], ProfileName="Mia Miller"))

    assert NUMBER[1:] not in kept
    assert "Miller" not in kept


def test_a_number_is_the_same_author_by_sms_and_by_whatsapp():
    author = post().author.uid

    assert author == post(From=f"whatsapp:{NUMBER}").author.uid
    assert author != post(From="+14158675308").author.uid


def test_an_author_cannot_be_guessed_without_the_token():
    other = SourceSettings(id="s", kind="sms", options=Sms.check({"token": OTHER}))

    assert post().author.uid != receive(TEXT, settings=other, token=OTHER).events[0].post.author.uid


def test_while_a_token_is_changed_both_are_good_and_authors_stay_who_they_are():
    both = SourceSettings(id="s", kind="sms", options=Sms.check({"token": f"{TOKEN} {OTHER}"}))

    authors = {receive(TEXT, settings=both, token=one).events[0].post.author.uid for one in (TOKEN, OTHER)}

    assert authors == {post().author.uid}


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"x-twilio-signature": ""}, "missing"),
        ({"x-twilio-signature": "ü\ud800"}, "wrong"),
        ({"token": OTHER}, "wrong"),
        ({"url": "http://wall.example/pycon/posts/sms"}, "another address"),
        ({"url": URL + "?more=1"}, "another address"),
    ],
)
def test_what_twilio_did_not_sign_is_refused_in_words(change, words):
    with pytest.raises(NotAllowed, match=words):
        receive(TEXT, **change)


def test_a_field_that_was_changed_on_its_way_is_refused():
    body = urlencode(TEXT | {"Body": "Other"}).encode()
    signed = {"x-twilio-signature": signature(TOKEN, URL, list(TEXT.items())).decode()}

    with pytest.raises(NotAllowed):
        Sms.receive(SETTINGS, EVENT, Delivery(url=URL, headers=signed, body=body), NOW)


def test_pictures_come_along_and_other_files_do_not():
    media = post(
        Body="",
        MediaUrl0="https://api.twilio.com/2010-04-01/Accounts/AC1/Messages/MM1/Media/ME1",
        MediaContentType0="image/jpeg",
        MediaUrl1="https://api.twilio.com/x",
        MediaContentType1="video/mp4",
        MediaUrl2="javascript:alert(1)",
        MediaContentType2="image/png",
    ).media

    assert media == (
        Media(kind="image", url="https://api.twilio.com/2010-04-01/Accounts/AC1/Messages/MM1/Media/ME1"),
    )


@pytest.mark.parametrize("said", [{"Body": "STOP "}, {"Body": "Bye", "OptOutType": "STOP"}])
def test_what_is_a_command_to_the_carrier_is_passed_over(said):
    assert told(**said) == []


def test_a_text_with_nothing_to_show_is_set_aside():
    assert isinstance(told(Body="\u202e")[0], SetAside)


@pytest.mark.parametrize("name", ["From", "Body", "MediaUrl0", "NumMedia", "OptOutType"])
@pytest.mark.parametrize("value", ["", "\x00", "x" * 20_000, "%", "🏳️‍🌈"], ids=lambda value: repr(value)[:9])
def test_any_field_may_be_anything(name, value):
    assert all(isinstance(event, (Upsert, SetAside)) for event in told(**{name: value}))


@pytest.mark.parametrize("body", [b"\xff", b"&".join([b"a=1"] * 500)], ids=["bytes", "fields"])
def test_a_body_that_is_no_form_is_refused(body):
    with pytest.raises(InvalidPost):
        Sms.receive(SETTINGS, EVENT, Delivery(url=URL, headers={}, body=body), NOW)


def test_a_signed_form_without_a_message_is_refused():
    with pytest.raises(InvalidPost):
        receive({"Body": "Hello"})


def test_a_body_too_large_is_refused():
    with pytest.raises(InvalidPost, match="64 kB"):
        receive({"Body": "x" * 64_000})


@pytest.mark.parametrize("token", ["", "short", f"{TOKEN} {TOKEN} {TOKEN}", "ü" * 32])
def test_a_token_that_is_none_is_refused(token):
    with pytest.raises(InvalidInput) as refusal:
        Sms.check({"token": token})

    assert refusal.value.field == "token"
