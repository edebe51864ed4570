"""Feeds and programmes that are broken, or made to break: read or refused in words by the processes that read them."""

import asyncio
import time
from contextlib import suppress
from datetime import date

import feedparser
import pytest

from tests.sources.feeds import entry, rss
from tests.sources.world import FIXTURES
from wall.errors import InvalidInput, SourceError
from wall.sources.feed.entry import parse_json, parse_xml
from wall.sources.feed.source import read_apart as read_feed
from wall.sources.payload import loads
from wall.sources.programme.apart import read_apart as read_programme

CANARY = "CANARY of a file of ours"
CALENDAR = (FIXTURES / "programme" / "conference.ics").read_bytes()
DAYS = {"timezone": "Europe/Berlin", "first": date(2026, 6, 12), "last": date(2026, 6, 13)}
GOOD = rss(entry(1, "Grüße #PyConDE"))
LONGEST_SECONDS = 40.0
"""Each reader gives up by itself before that, after 20 and 30 seconds."""


def entities(*declared, said):
    return f"<!DOCTYPE rss [{''.join(declared)}]>".encode() + rss(
        entry(1).replace("<![CDATA[Hello #PyConDE]]>", said)
    )


LAUGHS = entities(
    '<!ENTITY l0 "ha">',
    *(f'<!ENTITY l{level} "{f"&l{level - 1};" * 10}">' for level in range(1, 12)),
    said="&l11;",
)
QUADRATIC = entities(f'<!ENTITY a "{"a" * 100_000}">', said="&a;" * 100_000)
BROKEN = {
    "billion laughs": LAUGHS,
    "billion laughs in UTF-16": LAUGHS.decode().encode("utf-16"),
    "quadratic blowup": QUADRATIC,
    "depth": b'<rss version="2.0"><channel><item><description>' + b"<a>" * 2_000,
    "attributes": b'<rss version="2.0"><channel ' + b" ".join(b'a%d="x"' % number for number in range(2_000)) + b">",
    "name without end": rss(f"<item><author>{'a' * 5_000}</author><description>x</description></item>"),
    "NUL": GOOD.replace(b"Gr", b"G\x00r"),
    "control characters": GOOD.replace(b"Gr", bytes(range(1, 32))),
    "says UTF-16, is UTF-8": b'<?xml version="1.0" encoding="utf-16"?>' + GOOD,
    "says UTF-8, is Latin-1": b'<?xml version="1.0" encoding="utf-8"?>' + GOOD.decode().encode("latin-1"),
    "says what is no charset": b'<?xml version="1.0" encoding="x-none-\xff"?>' + GOOD,
    "says UTF-7": b'<?xml version="1.0" encoding="utf-7"?>' + GOOD.replace(b"Gr", b"+ADw-script+AD4-"),
    "half a letter": GOOD[: GOOD.index(b"\xbc")],
    "cut at its start": GOOD[20:],
    "all open": GOOD[: len(GOOD) // 2],
}  # fmt: skip
PROGRAMMES = {
    "cut": CALENDAR[: len(CALENDAR) // 2],
    "depth": b"BEGIN:VCALENDAR\r\n" * 2_000,
    "line without end": CALENDAR.replace(b"SUMMARY:", b"SUMMARY:" + b"a" * 100_000, 1),
    "NUL": CALENDAR.replace(b"SUMMARY:", b"SUMMARY:\x00"),
    "UTF-16": CALENDAR.decode().encode("utf-16"),
    "Latin-1": CALENDAR.replace(b"SUMMARY:", b"SUMMARY:\xff\xfe"),
    "rule without end": CALENDAR.replace(b"SUMMARY:", b"RRULE:FREQ=SECONDLY\r\nSUMMARY:"),
}  # fmt: skip


async def read_in_time(reading):
    """Return what was read, None where it was refused in words; an error of any other kind is the caller's."""
    start = time.monotonic()
    found = None
    with suppress(SourceError, InvalidInput):
        found = await reading
    assert time.monotonic() - start < LONGEST_SECONDS
    return found


@pytest.mark.parametrize("body", BROKEN.values(), ids=BROKEN)
async def test_a_feed_that_is_broken_is_read_or_refused_and_never_grows(body):
    found = await read_in_time(read_feed(body))

    assert len(found or b"") < 200_000
    parse_xml(loads(found or b"{}"))


@pytest.mark.parametrize("body", PROGRAMMES.values(), ids=PROGRAMMES)
async def test_a_programme_that_is_broken_is_read_or_refused(body):
    draft = await read_in_time(read_programme(body, **DAYS))

    assert all("\x00" not in one.title for one in (draft.sessions if draft else ()))


async def test_a_whole_feed_and_a_whole_programme_are_read():
    """The control: else all of them might be refused for something else."""
    found, draft = await asyncio.gather(read_feed(GOOD), read_programme(CALENDAR, **DAYS))

    assert [one.body for one in parse_xml(loads(found))] == ["Grüße #PyConDE"]
    assert draft.sessions


@pytest.fixture
def file(tmp_path):
    file = tmp_path / "feed.xml"
    file.write_bytes(rss(entry(1, CANARY)))
    return file


async def test_no_file_of_ours_is_read_for_a_feed(file):
    outside = f'<!ENTITY % d SYSTEM "file://{file}">%d;', f'<!ENTITY e SYSTEM "file://{file}">'
    bodies = (str(file), f"file://{file}", f"{file}\n")
    included = f'<item xmlns:xi="http://www.w3.org/2001/XInclude"><xi:include href="file://{file}"/></item>'

    for body in (*(one.encode() for one in bodies), entities(*outside, said="&e;"), rss(included)):
        assert CANARY.encode() not in (await read_in_time(read_feed(body)) or b"")


def test_a_careless_reader_does_read_it(file):
    """The control."""
    assert feedparser.parse(str(file).encode()).entries[0].summary == CANARY


@pytest.mark.parametrize(
    "body", [b"[" * 200_000, b'{"items":' * 100_000, b'{"items":[{"id":"\\ud800"}]}', b"\x00{}", GOOD]
)
def test_json_that_is_broken_is_read_or_refused(body):
    with suppress(SourceError):
        parse_json(body)
