import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from tests.cast import NOW
from wall.core.audit import Entry, Filter
from wall.core.programme import Draft, Preview, Programme, Reading, Session, Setting
from wall.errors import NotFound
from wall.store.keys import EventKeys

KEYNOTE = Session(
    id="keynote",
    title="Keynote: Grüße 👋",
    room="Hall",
    starts=NOW,
    ends=NOW + timedelta(hours=1),
    speakers=("Ada", "Bo"),
    track="Cities",
    url="https://example.org/",
    abstract="What a hall says.",
    by_hand=True,
)
STRICT = Setting(quiet="only questions", mode="everything waits")
BY_OLGA = Entry(kind="programme", by="olga", by_name="Olga", at=NOW, about="added “Keynote”")


async def test_an_event_begins_without_a_programme(store, event):
    assert await store.programmes.get(event.slug) == Programme()


async def test_a_programme_is_kept_as_it_was_given(store, event):
    changed = await store.programmes.change(
        event.slug, lambda before: before.with_session(KEYNOTE).setting_of("keynote", STRICT), now=NOW
    )

    kept = await store.programmes.get(event.slug)
    assert kept == changed
    assert (kept.sessions, kept.settings, kept.version) == ((KEYNOTE,), {"keynote": STRICT}, 1)


async def test_the_mode_of_a_session_holds_for_the_event_from_the_same_step_on(store, event):
    await store.events.change(event.slug, lambda before: replace(before, mode="open with delay"))
    await store.programmes.change(
        event.slug, lambda before: before.with_session(KEYNOTE).setting_of("keynote", STRICT), now=NOW
    )

    held = (await store.events.get(event.slug)).holding(NOW)
    assert (held.mode, held.session, held.until) == ("everything waits", KEYNOTE.title, KEYNOTE.ends)


async def test_a_change_that_touches_no_mode_leaves_the_event_as_it_was_read(store, event):
    before = await store.database.command("GET", EventKeys(event.slug).event)

    await store.programmes.change(event.slug, lambda programme: programme.with_session(KEYNOTE), now=NOW)

    assert await store.database.command("GET", EventKeys(event.slug).event) == before


async def test_of_two_who_change_it_at_once_neither_is_lost(store, event):
    sessions = [replace(KEYNOTE, id=str(number)) for number in range(5)]

    await asyncio.gather(
        *(
            store.programmes.change(event.slug, lambda before, one=one: before.with_session(one), now=NOW)
            for one in sessions
        ),
        *(
            store.events.change(event.slug, lambda before: replace(before, version=before.version + 1))
            for _ in "ab"
        ),
    )

    kept = await store.programmes.get(event.slug)
    assert ({one.id for one in kept.sessions}, kept.version) == (set("01234"), 5)
    assert (await store.events.get(event.slug)).version == event.version + 2


async def test_the_audit_log_tells_of_it(store, event):
    await store.programmes.change(event.slug, lambda before: before.with_session(KEYNOTE), entry=BY_OLGA, now=NOW)

    ((entry,), _) = await store.audit.page(event.slug, Filter(), limit=5)
    assert (entry.kind, entry.by_name, entry.about) == ("programme", "Olga", "added “Keynote”")


async def test_nothing_is_kept_where_there_is_no_event(store):
    with pytest.raises(NotFound):
        await store.programmes.change("nowhere", lambda before: before, now=NOW)


async def test_a_preview_is_kept_for_a_while(store, event):
    preview = Preview(
        draft=Draft(
            kind="iCalendar", sessions=(KEYNOTE,), zones=("UTC",), left_out=("Line 3: x",), left_out_count=7
        ),
        origin="https://example.org/a.ics",
        address="https://example.org/a.ics",
        headers={"if-none-match": '"1"'},
    )

    preview_id = await store.programmes.put_by(event.slug, preview)

    assert await store.programmes.preview(event.slug, preview_id) == preview
    assert 0 < await store.database.command("TTL", EventKeys(event.slug).preview(preview_id)) <= 7200
    with pytest.raises(NotFound):
        await store.programmes.preview(event.slug, "another")


async def test_addresses_that_are_read_again_are_known_by_event(store, event):
    address = "https://example.org/a.ics"
    draft = Draft(kind="iCalendar", sessions=(KEYNOTE,))
    await store.programmes.change(
        event.slug, lambda before: before.importing(draft, origin=address, address=address, at=NOW), now=NOW
    )
    assert (await store.programmes.addresses())[event.slug] == address

    await store.programmes.change(
        event.slug, lambda before: before.importing(draft, origin="a.ics", at=NOW), now=NOW
    )

    assert event.slug not in await store.programmes.addresses()


async def test_it_is_noted_how_a_reading_went(store, event):
    assert await store.programmes.reading(event.slug) == Reading()
    went = Reading(at=NOW, good_at=NOW, trouble="x", failures=2, headers={"if-none-match": "1"})

    await store.programmes.note(event.slug, went)

    assert await store.programmes.reading(event.slug) == went


async def test_one_reader_at_a_time_has_the_turn(store, event):
    assert await store.programmes.take_turn(event.slug, "one", seconds=60)
    assert not await store.programmes.take_turn(event.slug, "other", seconds=60)
    assert await store.programmes.take_turn(event.slug, "one", seconds=60)


async def test_screens_are_told_that_they_are_arranged_anew(store, event):
    before = await store.feeds.tip(event.slug, "public")

    await store.programmes.change(event.slug, lambda programme: programme.with_session(KEYNOTE), now=NOW)

    after = await store.feeds.tip(event.slug, "public")
    assert after.offset == before.offset + 1
