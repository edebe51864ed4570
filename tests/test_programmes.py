import asyncio
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import httpx2
import pytest

from tests.cast import NOW
from wall import programmes
from wall.core.programme import Draft, Reading, Session, Setting
from wall.errors import InvalidInput, StoreUnavailable
from wall.programmes import ProgrammeReader, is_due
from wall.sources.fetch import Fetch
from wall.sources.programme.apart import read_apart

SCHEDULE = (Path(__file__).resolve().parent / "fixtures" / "programme" / "schedule.json").read_bytes()
ADDRESS = "https://again.example/schedule.json"
OWN = Session(id="own", title="Own", starts=NOW, by_hand=True)


class Elsewhere:
    """A server elsewhere: what it was asked, and what it will answer. Other events' programmes it does not have."""

    def __init__(self):
        self.asked = []
        self.answers = []

    def __call__(self, request):
        if request.url != ADDRESS:
            return httpx2.Response(404)
        self.asked.append(request)
        return self.answers.pop(0)


@pytest.fixture
def elsewhere():
    return Elsewhere()


@pytest.fixture
async def reader(store, event, elsewhere):
    fetch = Fetch(user_agent="Wall/1", transport=httpx2.MockTransport(elsewhere))
    reader = ProgrammeReader(store, fetch, now=lambda: NOW)
    nothing = Draft(kind="iCalendar", sessions=())
    await store.programmes.change(
        event.slug,
        lambda before: before.with_session(OWN).importing(nothing, origin=ADDRESS, address=ADDRESS, at=NOW),
        now=NOW,
    )
    yield reader
    await store.programmes.change(event.slug, lambda before: before.no_longer_read(), now=NOW)
    await fetch.aclose()


def schedule(body=SCHEDULE, **headers):
    return httpx2.Response(200, content=body, headers=headers)


def moved(reader, **passed):
    reader.now = lambda: NOW + timedelta(**passed)


async def titles(store, event):
    return [one.title for one in (await store.programmes.get(event.slug)).sessions]


async def test_an_address_is_read_and_what_was_made_by_hand_stays(store, event, reader, elsewhere):
    elsewhere.answers.append(schedule(etag='"1"'))

    await reader.look()

    assert await titles(store, event) == ["Keynote", "A workshop", "Own", "Night session", "Farewell"]
    assert await store.programmes.reading(event.slug) == Reading(
        at=NOW, good_at=NOW, headers={"if-none-match": '"1"'}
    )


async def test_it_is_read_again_after_ten_minutes_and_only_what_is_newer_is_asked_for(
    store, event, reader, elsewhere
):
    elsewhere.answers += [schedule(etag='"1"'), httpx2.Response(304)]
    await reader.look()
    version = (await store.programmes.get(event.slug)).version

    moved(reader, minutes=9)
    await reader.look()
    moved(reader, minutes=10)
    await reader.look()

    assert [request.headers.get("if-none-match") for request in elsewhere.asked] == [None, '"1"']
    assert (await store.programmes.get(event.slug)).version == version
    assert (await store.programmes.reading(event.slug)).good_at == NOW + timedelta(minutes=10)


async def test_the_same_programme_again_changes_nothing(store, event, reader, elsewhere):
    elsewhere.answers += [schedule(), schedule()]
    await reader.look()
    version = (await store.programmes.get(event.slug)).version

    moved(reader, minutes=10)
    await reader.look()

    assert (await store.programmes.get(event.slug)).version == version


async def test_a_session_that_moves_takes_its_mode_along(store, event, reader, elsewhere):
    later = SCHEDULE.replace(b"2026-06-12T09:30:00+02:00", b"2026-06-12T11:30:00+02:00")
    elsewhere.answers += [schedule(), schedule(later)]
    await reader.look()
    keynote = (await store.programmes.get(event.slug)).sessions[0]
    await store.programmes.change(
        event.slug, lambda one: one.setting_of(keynote.id, Setting(mode="everything waits")), now=NOW
    )

    moved(reader, minutes=10)
    await reader.look()

    (span,) = (await store.events.get(event.slug)).modes.sessions
    assert (span.title, span.starts - keynote.starts) == ("Keynote", timedelta(hours=2))


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (httpx2.Response(500), "has trouble of its own (500)"),
        (httpx2.Response(404), "has nothing at this address (404)"),
        (schedule(b"<html>"), "a web page or XML"),
        (schedule(b'{"schedule": {"conference": {"days": []}}}'), "There is no session in it."),
        (schedule(b"BEGIN:VCALENDAR\nEND:VCALENDAR"), "There is no session in it."),
        (schedule(b"x" * 5_000_000), "sends more than"),
        (
            schedule(b'{"schedule":{"conference":{"days":[{"date":"2026-06-12","rooms":{"A":[{"title":"One","start":"10:00"}]}}]}}}'),
            "Only 1 of 4 sessions are left there, so nothing was changed.",
        ),
    ],
)  # fmt: skip
async def test_what_goes_wrong_is_told_and_the_programme_stays(store, event, reader, elsewhere, answer, words):
    elsewhere.answers += [schedule(), answer]
    await reader.look()
    before = await store.programmes.get(event.slug)

    moved(reader, minutes=10)
    await reader.look()

    reading = await store.programmes.reading(event.slug)
    assert words in reading.trouble
    assert (reading.good_at, reading.failures) == (NOW, 1)
    assert await store.programmes.get(event.slug) == before


async def test_who_has_the_turn_reads_and_nobody_else(store, event, reader, elsewhere):
    await store.programmes.take_turn(event.slug, "another", seconds=60)

    await reader.look()

    assert elsewhere.asked == []


async def test_an_address_that_was_left_meanwhile_changes_nothing(store, event, reader, elsewhere):
    body = schedule()

    def answer(request):
        elsewhere.asked.append(request)
        return body

    left = await store.programmes.change(
        event.slug, lambda one: replace(one, address="https://new.example/"), now=NOW
    )
    reader.fetch.client._transport = httpx2.MockTransport(answer)

    await reader._read(event.slug, ADDRESS, Reading())

    assert await store.programmes.get(event.slug) == left


async def test_the_reader_goes_on_when_redis_is_back(monkeypatch, store, reader):
    looked = asyncio.Event()
    answers = [StoreUnavailable("away")]

    async def look():
        if answers:
            raise answers.pop()
        looked.set()

    monkeypatch.setattr(programmes, "LOOK_SECONDS", 0.0)
    monkeypatch.setattr(reader, "look", look)
    running = asyncio.create_task(reader.run())

    async with asyncio.timeout(10):
        await looked.wait()

    running.cancel()
    with suppress(asyncio.CancelledError):
        await running


@pytest.mark.parametrize(
    ("failures", "minutes", "due"),
    [(0, 9, False), (0, 10, True), (1, 19, False), (1, 20, True), (9, 59, False), (9, 60, True)],
)
def test_what_fails_is_read_less_often(failures, minutes, due):
    assert is_due(Reading(at=NOW, failures=failures), NOW + timedelta(minutes=minutes)) is due


async def test_what_takes_too_long_to_read_is_stopped(monkeypatch):
    monkeypatch.setattr("wall.sources.programme.apart.READ_SECONDS", 0.0)

    with pytest.raises(InvalidInput, match="takes too long to read"):
        await read_apart(SCHEDULE, timezone="UTC", first=NOW.date(), last=NOW.date())


async def test_a_process_that_dies_is_no_programme(monkeypatch):
    monkeypatch.setattr("sys.executable", "/bin/false")

    with pytest.raises(InvalidInput, match="takes too long to read"):
        await read_apart(b"{}", timezone="UTC", first=NOW.date(), last=NOW.date())
