from datetime import timedelta

import pytest

from tests.cast import NOW
from wall.core.audit import Filter

NONCE = "a" * 32
WORDS = "Lunch is served <upstairs>"
SEEN = "Lunch is served &lt;upstairs&gt;"
EVERYWHERE = {"place-screens": "yes", "place-live": "yes", "place-stage": "yes"}


@pytest.fixture
def announce(browser, event):
    async def announce(text=WORDS, nonce=NONCE, **values):
        form = {"text": text, "nonce": nonce, "when": "now", "how": "passing", **EVERYWHERE, **values}
        return await browser.post(f"/{event.slug}/moderate/announcements", data=form)

    return announce


@pytest.fixture
def told(site, event):
    """Return what each place says: a live page, its address for scripts, a screen's plan, and a stage."""

    async def told():
        screen, _ = await site.browser_of_screen(event.slug)
        stage, _ = await site.browser_of_screen(event.slug, "stage")
        viewer = site.browser()
        return {
            "page": (await viewer.get(f"/{event.slug}")).text,
            "live": (await viewer.get(f"/{event.slug}/announcements")).json()["announcements"],
            "plan": (await screen.get(f"/{event.slug}/screen/plan")).json()["scenes"],
            "stage": (await stage.get(f"/{event.slug}/stage/state")).json()["announcements"],
        }

    return told


def shown(places):
    return {
        "page": SEEN in places["page"],
        "live": [one["text"] for one in places["live"]] == [WORDS],
        "plan": SEEN in (places["plan"][0]["html"] or ""),
        "stage": [one["text"] for one in places["stage"]] == [WORDS],
    }


async def test_an_announcement_is_everywhere_at_once_and_gone_by_one_press(browser, event, announce, told):
    await announce()
    assert all(shown(await told()).values())

    await browser.post(f"/{event.slug}/moderate/announcements/{NONCE}/ending")

    assert not any(shown(await told()).values())


async def test_it_begins_and_ends_by_the_clock_for_those_who_come_late_too(site, announce, told):
    await announce(when="later", starts="2026-06-12T09:40", until="2026-06-12T09:50")
    before = shown(await told())
    site.later(minutes=10)
    during = shown(await told())
    site.later(minutes=10)

    assert not any(before.values())
    assert all(during.values())
    assert not any(shown(await told()).values())


async def test_readers_are_told_when_it_begins_and_ends_without_a_press(store, event, announce):
    await announce(when="later", starts="2026-06-12T09:40", until="2026-06-12T09:50")
    told = []
    for minutes in (5, 10, 15, 20, 25):
        now = NOW + timedelta(minutes=minutes)
        await store.announcements.ring(event.slug, now=now)
        told.append(await store.untold.tell(event.slug, now=now))

    assert told == [0, 1, 0, 1, 0]


async def test_a_pinned_one_stands_alone_on_screens(announce, told):
    await announce(how="pinned")

    first, *rest = (await told())["plan"]
    assert (first["priority"], first["kind"]) == (2, "announcement")
    assert [one["kind"] for one in rest] == ["wall"]


async def test_it_is_shown_where_it_was_meant_to_be_and_nowhere_else(announce, told):
    await announce(**{"place-screens": "", "place-stage": ""})

    assert shown(await told()) == {"page": True, "live": True, "plan": False, "stage": False}


async def test_a_form_sent_twice_announces_once(store, event, announce):
    await announce()
    await announce()

    assert len(await store.announcements.all(event.slug)) == 1


async def test_nothing_typed_is_lost_when_it_is_refused(announce):
    answer = await announce(until="2026-06-12T08:00")

    assert answer.status_code == 422
    assert SEEN in answer.text
    assert "It has to end after it begins, and not in the past." in answer.text


async def test_a_time_that_is_none_is_said_beside_its_field(announce):
    answer = await announce(when="later", starts="soon")

    assert answer.status_code == 422
    assert 'id="starts-error"' in answer.text


async def test_one_that_is_over_is_forgotten_a_day_later(site, store, event, announce):
    await announce()
    site.later(days=2)

    await announce("Another", nonce="b" * 32)

    assert [one.text for one in await store.announcements.all(event.slug)] == ["Another"]


async def test_the_audit_log_says_who_announced_and_who_ended_it(browser, store, event, announce):
    await announce()
    await browser.post(f"/{event.slug}/moderate/announcements/{NONCE}/ending")

    entries, _ = await store.audit.page(event.slug, Filter(), limit=9)
    assert [(one.kind, one.by_name) for one in reversed(entries)] == [
        ("announced", "Mia"),
        ("announcement ended", "Mia"),
    ]
