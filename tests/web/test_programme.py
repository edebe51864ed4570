import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import httpx2
import pytest

from tests.cast import NOW
from wall.core.audit import Filter
from wall.core.modes import Modes
from wall.core.programme import Draft, Preview, Reading, Session, Setting
from wall.sources.fetch import Fetch
from wall.sources.transport import GuardedTransport

FIXTURES = Path(__file__).resolve().parents[1] / "fixtures" / "programme"
CALENDAR = (FIXTURES / "conference.ics").read_bytes()
SCHEDULE = (FIXTURES / "schedule.json").read_bytes()
ADDRESS = "https://pretalx.example/days/schedule.json"
FORM = {
    "title": "Extra",
    "day": "2026-06-12",
    "from": "23:30",
    "to": "00:30",
    "room": "Bar",
    "speakers": "Ada, Bo",
}


@pytest.fixture
async def event(store, event):
    change = {"timezone": "Europe/Berlin", "starts": date(2026, 6, 12), "ends": date(2026, 6, 14)}
    return await store.events.change(event.slug, lambda before: replace(before, **change))


@pytest.fixture
async def base(event):
    return f"/organise/{event.slug}/programme"


@pytest.fixture
async def browser(site, olga):
    return await site.browser_of(olga)


@pytest.fixture
def elsewhere(site):
    """A server elsewhere, and what it was asked; each answer is given once."""
    asked, answers = [], []

    def answer(request):
        asked.append(request)
        return answers.pop(0)

    site.services["fetch"] = Fetch(user_agent="Wall/1", transport=httpx2.MockTransport(answer))
    return asked, answers


async def upload(browser, base, body, name="programme.ics"):
    return await browser.post(base, files={"file": (name, body)}, follow_redirects=True)


async def take(browser, preview):
    return await browser.post(preview.url.path, follow_redirects=True)


async def test_a_file_is_looked_at_before_anything_is_changed(browser, base, store, event):
    preview = await upload(browser, base, SCHEDULE, "schedule.json")

    assert "4 sessions in 2 rooms, 12–13 June 2026" in preview.text
    assert "All times are in Europe/Berlin." in preview.text
    assert "2 left out" in preview.text
    assert "Day 1, Main hall, entry 3: It has no title." in preview.text
    assert (await store.programmes.get(event.slug)).sessions == ()


async def test_what_was_looked_at_is_taken_in(browser, base, store, event):
    page = await take(browser, await upload(browser, base, SCHEDULE, "schedule.json"))

    programme = await store.programmes.get(event.slug)
    assert [one.title for one in programme.sessions] == ["Keynote", "A workshop", "Night session", "Farewell"]
    assert (programme.rooms, programme.origin, programme.address) == (("Main hall", "Annexe"), "schedule.json", "")
    assert "09:30–10:15" in page.text
    assert "00:30–01:30" in page.text
    assert "Friday, 12 June 2026" in page.text


async def test_times_written_in_other_zones_are_said_to_be_so(browser, base):
    preview = await upload(browser, base, CALENDAR)

    assert (
        "Its times are in Europe/Berlin, UTC, Venue; here and on screens they are shown by the clocks"
        in preview.text
    )


async def test_the_page_says_whose_clocks_it_goes_by(browser, base):
    assert "Every time here is by the clocks of Europe/Berlin" in (await browser.get(base)).text


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (b"hello", "This is neither iCalendar nor a schedule.json"),
        (b"<html>", "a web page or XML"),
        (b"{}", "there is no schedule.conference.days"),
        (b"BEGIN:VCALENDAR" + b" " * 4 * 1024 * 1024, "larger than 4 MB"),
    ],
)
async def test_a_file_that_is_no_programme_is_refused_in_words(browser, base, body, words):
    page = await upload(browser, base, body)

    assert page.status_code == 422
    assert words in page.text


async def test_a_file_beyond_all_measure_is_not_even_read(browser, base):
    assert (await upload(browser, base, b"x" * 5 * 1024 * 1024)).status_code == 413


async def test_a_form_without_file_and_address_asks_for_one(browser, base):
    page = await browser.post(base, files={"file": ("", b"")}, data={"address": " "})

    assert "Enter the address of a programme, or choose a file." in page.text


async def test_an_address_is_read_and_then_read_again_and_again(browser, base, store, event, elsewhere):
    asked, answers = elsewhere
    answers.append(httpx2.Response(200, content=SCHEDULE, headers={"etag": '"1"'}))

    preview = await browser.post(base, data={"address": ADDRESS.replace("https", "webcal")}, follow_redirects=True)
    page = await take(browser, preview)

    assert str(asked[0].url) == ADDRESS
    assert (await store.programmes.get(event.slug)).address == ADDRESS
    assert (await store.programmes.reading(event.slug)).headers == {"if-none-match": '"1"'}
    assert "it is read every ten minutes" in page.text


async def test_an_address_that_fails_is_told_at_its_field(browser, base, elsewhere):
    elsewhere[1].append(httpx2.Response(404))

    page = await browser.post(base, data={"address": ADDRESS})

    assert page.status_code == 422
    assert "has nothing at this address (404)" in page.text
    assert f'value="{ADDRESS}"' in page.text


@pytest.mark.parametrize(
    "address", ["http://127.0.0.1/", "file:///etc/passwd", "http://169.254.169.254/", "x" * 3000]
)
async def test_an_address_inside_the_house_is_not_asked(site, browser, base, address):
    site.services["fetch"] = Fetch(user_agent="Wall/1", transport=GuardedTransport(private_addresses=False))

    assert (await browser.post(base, data={"address": address})).status_code == 422


async def test_a_preview_says_what_would_become_of_what_is_here(browser, base, store, event):
    await take(browser, await upload(browser, base, SCHEDULE))
    await browser.post(f"{base}/sessions", data=FORM)
    before = await store.programmes.get(event.slug)
    await store.programmes.change(
        event.slug, lambda one: one.setting_of(before.sessions[0].id, Setting(quiet="nothing")), now=NOW
    )

    preview = await upload(browser, base, CALENDAR)

    assert "6 are new, 0 changed, 4 of those that are here would go." in preview.text
    assert "1 session made by hand stays." in preview.text
    assert "1 session with something set would go; that is kept" in preview.text


async def test_what_runs_into_another_and_what_is_on_other_days_is_said(browser, base, store, event):
    await store.events.change(event.slug, lambda one: replace(one, starts=date(2025, 6, 12), ends=None))
    twice = SCHEDULE.replace(b'"2026-06-12T10:00:00+02:00"', b'"2026-06-12T09:45:00+02:00"')

    preview = await upload(browser, base, twice.replace(b'"room": "Annexe"', b'"room": "Main hall"'))

    assert "None of them is within the days of the event, 12 June 2025." in preview.text
    assert "In Main hall, “A workshop” begins at 09:45 (12 June) while “Keynote” still runs." in preview.text


async def test_a_preview_that_is_no_longer_kept_is_said_to_be_so(browser, base):
    assert (await browser.post(f"{base}/previews/gone")).status_code == 404


async def test_an_address_can_be_left_and_its_sessions_stay(browser, base, store, event):
    talk = Session(id="talk", title="Talk", starts=NOW)
    preview = Preview(draft=Draft(kind="iCalendar", sessions=(talk,)), origin=ADDRESS, address=ADDRESS)
    await browser.post(f"{base}/previews/{await store.programmes.put_by(event.slug, preview)}")

    await browser.post(f"{base}/address/deletion")

    programme = await store.programmes.get(event.slug)
    assert (programme.address, programme.sessions) == ("", (talk,))


async def test_how_reading_goes_is_said_in_words(browser, base, store, event):
    draft = Draft(kind="iCalendar", sessions=(Session(id="talk", title="Talk", starts=NOW),))
    await store.programmes.change(
        event.slug, lambda one: one.importing(draft, origin=ADDRESS, address=ADDRESS, at=NOW), now=NOW
    )
    failing = Reading(at=NOW, good_at=NOW - timedelta(hours=1), trouble="The server is away.", failures=3)
    await store.programmes.note(event.slug, failing)

    page = await browser.get(base)

    assert "The server is away. The programme stays as it was. Last read well 1 hour ago (10:30)." in page.text


class TestByHand:
    async def test_a_session_is_added_by_the_clocks_of_the_venue(self, browser, base, store, event):
        await browser.post(f"{base}/sessions", data=FORM)

        (one,) = (await store.programmes.get(event.slug)).sessions
        assert (one.title, one.room, one.speakers, one.by_hand) == ("Extra", "Bar", ("Ada", "Bo"), True)
        assert one.starts == datetime(2026, 6, 12, 21, 30, tzinfo=UTC)
        assert one.ends == datetime(2026, 6, 12, 22, 30, tzinfo=UTC)

    @pytest.mark.parametrize(
        ("change", "words"),
        [
            ({"title": " "}, "It has no title."),
            ({"day": "someday"}, "A day is written like 2026-06-12."),
            ({"day": "9999-12-31"}, "The year 9999 cannot be meant."),
            ({"day": "0001-01-01", "from": "00:10"}, "The year 1 cannot be meant."),
            ({"from": ""}, "A time is written like 14:30."),
            ({"to": "late"}, "A time is written like 14:30."),
            ({"day": "2026-03-29", "from": "02:30"}, "02:30 does not exist on 29 March"),
        ],
    )
    async def test_what_cannot_be_used_is_said_and_what_was_typed_stays(self, browser, base, change, words):
        page = await browser.post(f"{base}/sessions", data={**FORM, **change})

        assert page.status_code == 422
        assert words in page.text
        assert 'value="Ada, Bo"' in page.text

    async def test_a_session_is_changed_and_deleted(self, browser, base, store, event):
        await browser.post(f"{base}/sessions", data=FORM)
        (one,) = (await store.programmes.get(event.slug)).sessions

        page = await browser.post(f"{base}/sessions/{one.id}", data={**FORM, "to": ""}, follow_redirects=True)
        assert "23:30</strong>" in page.text
        await browser.post(f"{base}/sessions/{one.id}/deletion")

        assert (await store.programmes.get(event.slug)).sessions == ()

    async def test_what_was_imported_is_not_changed_by_hand(self, browser, base, store, event):
        await take(browser, await upload(browser, base, SCHEDULE))
        one = (await store.programmes.get(event.slug)).sessions[0]

        changed = await browser.post(f"{base}/sessions/{one.id}", data=FORM)
        deleted = await browser.post(f"{base}/sessions/{one.id}/deletion")

        assert (changed.status_code, deleted.status_code) == (404, 404)


class TestWhatIsSetForASession:
    @pytest.fixture
    async def session(self, browser, base, store, event):
        await browser.post(f"{base}/sessions", data={**FORM, "from": "11:00", "to": "12:00"})
        return (await store.programmes.get(event.slug)).sessions[0]

    async def test_holds_for_posts_and_is_told_on_the_page(self, browser, base, store, event, session):
        await store.events.change(event.slug, lambda one: replace(one, mode="open with delay"))

        page = await browser.post(
            f"{base}/sessions/{session.id}/setting",
            data={"quiet": "only questions", "mode": "everything waits"},
            follow_redirects=True,
        )

        assert "<span>Of posts, screens show only questions</span>" in page.text
        held = (await store.events.get(event.slug)).holding(NOW)
        assert (held.mode, held.session) == ("everything waits", "Extra")

    async def test_is_told_at_the_desk(self, browser, base, store, event, session):
        await store.events.change(event.slug, lambda one: replace(one, mode="open with delay"))
        await browser.post(f"{base}/sessions/{session.id}/setting", data={"mode": "everything waits"})

        desk = await browser.get(f"/{event.slug}/moderate")

        assert "for “⁨Extra⁩”, until 12:00, then as planned" in desk.text

    async def test_outlives_a_change_of_the_events_modes(self, browser, base, store, event, session):
        await browser.post(f"{base}/sessions/{session.id}/setting", data={"mode": "everything waits"})
        form = {"mode": "open with delay", "delay_seconds": "30", "approvals": "0"}

        await browser.post(f"/organise/{event.slug}/modes", data=form)

        assert len((await store.events.get(event.slug)).modes.sessions) == 1

    @pytest.mark.parametrize("form", [{"quiet": "loud"}, {"mode": "all through"}])
    async def test_must_be_one_of_the_choices(self, browser, base, session, form):
        assert (await browser.post(f"{base}/sessions/{session.id}/setting", data=form)).status_code == 422

    async def test_is_nothing_for_a_session_that_is_gone(self, browser, base):
        assert (await browser.post(f"{base}/sessions/gone/setting", data={})).status_code == 404

    async def test_goes_when_the_session_goes(self, browser, base, store, event, session):
        await browser.post(f"{base}/sessions/{session.id}/setting", data={"mode": "everything waits"})

        await browser.post(f"{base}/sessions/{session.id}/deletion")

        assert (await store.events.get(event.slug)).modes == Modes()


async def test_the_audit_log_tells_who_did_what(browser, base, store, event):
    await take(browser, await upload(browser, base, SCHEDULE))
    await browser.post(f"{base}/sessions", data=FORM)

    entries, _ = await store.audit.page(event.slug, Filter(kinds=("programme",)), limit=5)

    assert [entry.about for entry in entries] == ["added “Extra”", "took in 4 sessions of programme.ics"]
    assert {entry.by_name for entry in entries} == {"Olga"}


async def test_the_page_of_the_event_says_how_much_there_is(browser, base, event):
    before = await browser.get(f"/organise/{event.slug}")
    await take(browser, await upload(browser, base, SCHEDULE))
    after = await browser.get(f"/organise/{event.slug}")

    assert "No programme yet" in before.text
    assert "4 sessions in 2 rooms, 12–13 June 2026." in after.text


async def test_names_that_try_to_be_markup_are_text(browser, base, store, event):
    bad = SCHEDULE.replace(b'"Keynote"', b'"<script>alert(1)</script>"').replace(b"Annexe", b"<b>Annexe")

    preview = await upload(browser, base, bad, "<img src=x>.json")
    page = await take(browser, preview)

    assert not re.search(r"<script>alert|<b>Annexe|<img src=x", preview.text + page.text)
