import pytest

from tests.waiting import until
from wall.core.following import Following
from wall.core.identity import participant_id
from wall.core.participant import Participant
from wall.web import followers


@pytest.fixture
def present(served):
    return served.services["followers"]


@pytest.fixture
def stream(served, event):
    async def stream(browser):
        page = await browser.get(f"/{event.slug}")
        address = page.text.partition('data-stream-url="')[2].partition('"')[0]
        return served.stream(address.replace("&amp;", "&"))

    return stream


async def test_open_streams_are_counted_on_every_road_and_no_screen(served, event, present, stream):
    on_screen, _ = await served.browser_of_screen(event.slug)

    async with (
        await stream(served.browser()),
        served.stream(f"/{event.slug}/stream"),
        served.stream(f"/{event.slug}/screen/stream", browser=on_screen),
    ):
        await until(lambda: present.here() == {event.slug: Following(2)})
        await present.say()

        assert await present.get(event.slug) == Following(2)
        answer = await served.browser().get(f"/{event.slug}/following")
        assert answer.json() == {"following": 2, "room": 0, "remote": 0}

    await until(lambda: not present.here())
    await present.say()
    assert await present.get(event.slug) == Following()


async def test_who_said_where_they_are_is_counted_there(served, store, event, present, stream):
    browser = served.browser()
    page = await browser.get(f"/{event.slug}/join")
    assert page.status_code == 200
    who = participant_id(event.slug, browser.cookies["participant"].split(".")[1])
    await store.participants.save(event.slug, Participant(id=who, place="room"), keep_seconds=60)

    async with await stream(browser), await stream(served.browser()):
        await until(lambda: present.here() == {event.slug: Following(2, 1, 0)})


async def test_processes_are_summed_and_forgotten_when_they_fall_silent(store, event):
    one = await store.followers.say(event.slug, "one", Following(3, 1, 1), seconds=60)
    both = await store.followers.say(event.slug, "two", Following(4, 0, 2), seconds=60)
    left = await store.followers.say(event.slug, "two", Following(), seconds=0)

    assert (one, both, left) == (Following(3, 1, 1), Following(7, 1, 3), Following(3, 1, 1))


async def test_nothing_of_a_person_is_kept(served, store, event, present, stream):
    async with await stream(served.browser()):
        await until(lambda: present.here() == {event.slug: Following(1)})
        await present.say()

        kept = await store.database.command("HGETALL", f"wall:{{{event.slug}}}:followers")

    assert kept == {present.process.encode(): b"1 0 0"}


@pytest.mark.parametrize("text", ["", "1 2", "1 2 x", "-1 0 0", "١ 0 0"])
def test_nonsense_is_nobody(text):
    assert Following.parse(text) == Following()


def test_a_process_says_its_number_before_it_is_forgotten():
    assert followers.SAY_SECONDS * 2 < followers.FORGOTTEN_SECONDS
