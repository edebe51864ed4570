"""Whatever a network sends, we make posts of it or say why not: no shape of JSON and no bytes make a reader fail.

Bytes of mail, IRC, IMAP, feeds, frames of the network Bluesky and texts of chats are tried beside their readers in tests/sources.
"""

from contextlib import suppress
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from tests.attacks import readers_of_chats, readers_of_feeds, readers_of_networks
from tests.attacks.bending import ODD, JsonReader, bent, places, read, without
from tests.sources.world import FIXTURES, NOW
from wall.errors import InvalidInput, InvalidPost, SourceError
from wall.sources.feed.entry import parse_json
from wall.sources.programme import read as read_programme
from wall.sources.response import Response
from wall.sources.single.base import Sought
from wall.sources.single.page import parse_page

READERS = [
    *readers_of_networks.READERS,
    *readers_of_chats.READERS,
    *readers_of_feeds.READERS,
]
MOST = settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
CALENDAR = (FIXTURES / "programme" / "conference.ics").read_bytes()
PAGE = b"""<html lang="de"><head><title>T</title><meta property="og:title" content="A talk">
<meta property="og:description" content="About"><meta property="og:image" content="/a.png">
<meta property="article:published_time" content="2026-11-20T10:00:00Z"><link rel="canonical" href="/talk">"""
SPLICES = (b"", b"\r\n", b";", b":", b"=", b'"', b"<", b">", b"\x00", b"\xff", b"99999999999", b"TZID=", b"BEGIN:VEVENT\r\n",
           b"END:VEVENT\r\n", b"RRULE:FREQ=SECONDLY", b"<meta content=", b"&#xd800;", b"http://[")  # fmt: skip
every_reader = pytest.mark.parametrize("reader", READERS, ids=lambda reader: reader.name)


@every_reader
def test_what_is_whole_is_read(reader):
    """The control: else everything below might be refused for something else."""
    assert read(reader, reader.whole) is not None


@every_reader
@MOST
@given(data=some.data())
def test_no_value_in_any_place_makes_a_reader_fail(reader, data):
    payload = reader.whole
    for _ in range(data.draw(some.integers(1, 3))):
        payload = bent(
            payload, data.draw(some.sampled_from(list(places(payload)))), data.draw(some.sampled_from(ODD))
        )

    read(reader, payload)


@every_reader
def test_nothing_that_is_missing_makes_a_reader_fail(reader):
    for path in list(places(reader.whole))[1:200]:
        read(reader, without(reader.whole, path))


def test_a_careless_reader_is_found_out():
    """The control: one that takes a text for granted."""
    careless = JsonReader(lambda payload: payload["text"].strip(), {"text": "Hello"})

    with pytest.raises(AttributeError):
        read(careless, bent(careless.whole, ("text",), 7.5))
    with pytest.raises(KeyError):
        read(careless, without(careless.whole, ("text",)))


def spliced(data, whole):
    """Return bytes with some of them repeated, missing or replaced."""
    for _ in range(data.draw(some.integers(1, 5))):
        start = data.draw(some.integers(0, len(whole)))
        end = min(len(whole), start + data.draw(some.integers(0, 40)))
        piece = data.draw(some.sampled_from([*SPLICES, whole[start:end] * 20]) | some.binary(max_size=8))
        whole = whole[:start] + piece + whole[end:]
    return whole


@MOST
@given(data=some.data())
def test_no_bytes_make_a_calendar_fail(data):
    body = spliced(data, CALENDAR)

    try_to(read_programme, body, timezone="Europe/Berlin", first=date(2026, 6, 12), last=date(2026, 6, 13))


@MOST
@given(data=some.data())
def test_no_bytes_make_a_page_or_a_feed_fail(data):
    body = spliced(data, PAGE)
    answer = Response(status=200, url="https://blog.example/talk", headers={}, body=body, content_type="text/html")

    try_to(parse_page, answer, Sought(address="https://blog.example/talk", fetch=None, now=NOW))
    try_to(parse_json, body)


def try_to(read, *given, **named):
    with suppress(InvalidInput, InvalidPost, SourceError):
        read(*given, **named)
