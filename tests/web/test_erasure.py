"""Erasing an event: who may, what is gone, what others keep, and that a crash in between leaves nothing."""

from datetime import timedelta

import pytest

from tests.cast import NOW, a_post
from tests.circle import RULE
from tests.pictures import plain
from tests.web.site import Site, closed, next_frame
from wall.core.audit import Entry
from wall.core.event import Event
from wall.core.moderation import Verdict
from wall.core.people import Link
from wall.core.post import Media
from wall.core.tickets import StreamTicket, make_stream_ticket
from wall.errors import InvalidInput, NotFound
from wall.store.erasures import Erasures
from wall.store.keys import EventKeys
from wall.store.submission import Submission
from wall.web.frames import Close


@pytest.fixture
async def olgas(site, olga):
    return await site.browser_of(olga)


@pytest.fixture
def erase(event):
    async def erase(browser, slug=None, **values):
        return await browser.post(f"/organise/{event.slug}/erasure", data={"slug": slug or event.slug, **values})

    return erase


async def left_of(store, slug):
    cursor, found = 0, []
    while True:
        cursor, page = await store.database.command("SCAN", cursor, "MATCH", f"wall:{{{slug}}}:*", "COUNT", 5000)
        found += page
        if int(cursor) == 0:
            return found


async def with_picture(site, store, slug, data):
    picture = await site.services["pictures"].keep_bytes(data, kind="photo")
    media = Media(kind="image", url=f"https://x.example/{picture.id}.png", picture=picture)
    await store.posts.submit(slug, [Submission(a_post(media=(media,)), Verdict())], now=NOW)
    return picture.id


async def test_whoever_types_its_address_erases_it_with_everything(
    site, store, event, mia, olgas, erase, approved
):
    await store.audit.note(event.slug, Entry(kind="settings", by="olga", by_name="Olga", at=NOW))
    await store.participants.sent(event.slug, "ana", approved.post.id, keep_seconds=60)
    before = await left_of(store, event.slug)

    answer = await erase(olgas)

    assert len(before) > 10
    assert (answer.status_code, answer.headers["location"]) == (303, "/organise")
    assert await left_of(store, event.slug) == []
    assert event.slug not in {one.slug for one in await store.events.all()}
    for path in ("", "/moderate", "/feed", f"/post/{approved.post.id}"):
        assert (await site.browser().get(f"/{event.slug}{path}")).status_code == 404
    with pytest.raises(NotFound):  # who worked on nothing else
        await store.people.get(mia.id)


@pytest.mark.parametrize("typed", ["", "event", "EVENT", "other"])
async def test_without_its_address_nothing_happens(store, event, olgas, erase, typed):
    answer = await erase(olgas, slug=typed or " ")

    assert answer.status_code == 422
    assert await store.events.get(event.slug)


async def test_other_events_keep_theirs(site, store, event, other_event, olgas, otto, erase):
    shared, own = plain(), plain(colour="navy")
    both = await with_picture(site, store, event.slug, shared)
    assert await with_picture(site, store, other_event.slug, shared) == both
    only = await with_picture(site, store, event.slug, own)
    kept = set(await left_of(store, other_event.slug))

    await erase(olgas)

    pictures = site.services["pictures"]
    assert pictures.open(only, "screen") is None
    assert pictures.open(only, "thumb") is None
    assert pictures.open(both, "screen")
    assert kept <= set(await left_of(store, other_event.slug))
    assert (await store.people.get(otto.id)).roles == {other_event.slug: "organiser"}


async def test_whoever_is_connected_is_let_go(served, store, event, olga, mia, approved):
    desk = await served.browser_of(mia)
    screen, _ = await served.browser_of_screen(event.slug)
    async with (
        served.stream(f"/{event.slug}/stream") as viewer,
        served.stream(f"/{event.slug}/screen/stream", browser=screen) as projector,
        served.stream(f"/{event.slug}/moderate/stream", browser=desk) as moderator,
    ):
        streams = viewer, projector, moderator
        for stream in streams:
            await next_frame(stream, "hello")
        await served.services["eraser"].erase(event, by_name="Olga")
        assert [await closed(stream) for stream in streams] == [Close.NOT_ALLOWED] * 3


async def test_what_a_crash_cut_off_is_gone_on_with(site, store, event, olga, approved, monkeypatch):
    eraser = site.services["eraser"]
    picture = await with_picture(site, store, event.slug, plain(colour="crimson"))

    async def crash(self, slug):
        raise ConnectionError

    with monkeypatch.context() as patch:
        patch.setattr(Erasures, "clear", crash)
        with pytest.raises(ConnectionError):
            await eraser.erase(event, by_name="Olga")
    assert await left_of(store, event.slug) != []
    with pytest.raises(NotFound):
        await store.events.get(event.slug)

    await eraser.look()

    assert await left_of(store, event.slug) == []
    assert site.services["pictures"].open(picture, "screen") is None


async def test_what_is_written_late_goes_too_and_the_address_is_taken_until_then(site, store, event, olgas, erase):
    await erase(olgas)
    await store.database.command("SET", EventKeys(event.slug).brand, "late")
    with pytest.raises(InvalidInput, match="erased a moment ago"):
        await store.events.create(event)

    site.later(minutes=11)
    await site.services["eraser"].look()

    assert await left_of(store, event.slug) == []
    await store.events.create(event)
    assert (await store.erasures.last(event.slug)).pictures == ()


async def test_a_link_to_an_erased_event_lets_nobody_into_the_next_of_that_name(site, store, event, olgas, erase):
    link = Link(
        kind="invite", slug=event.slug, role="organiser", name="Zed", expires_at=site.time + timedelta(hours=24)
    )
    token = await store.people.make_link(link, now=site.time)
    site.later(minutes=1)
    await erase(olgas)
    site.later(minutes=11)
    await site.services["eraser"].look()
    await store.events.create(event)

    answer = await site.browser().post("/sign-in", data={"token": token})

    assert answer.status_code == 403
    assert "Zed" not in [one.name for one in await store.people.all()]


async def test_an_event_with_circles_wants_those_erased_first(site, store, event, olgas, erase):
    circle = Event(
        slug=f"{event.slug}-in", title="Speakers", hashtags=("X",), keys=("x",), circle=RULE, part_of=event.slug
    )
    await store.circles.create(circle)

    refused = await erase(olgas)
    await site.services["eraser"].erase(circle, by_name="Olga")
    done = await erase(olgas)

    assert (refused.status_code, "“Speakers”" in refused.text) == (422, True)
    assert done.status_code == 303


class TestTwoPeople:
    @pytest.fixture
    async def site(self, redis_server, tmp_path):
        async with Site(tmp_path, redis_server.url, two_to_erase=True).running() as site:
            yield site

    @pytest.fixture
    async def odas(self, site, owner):
        return await site.browser_of(owner)

    async def test_one_alone_erases_nothing_however_often(self, store, event, olgas, erase):
        for _ in range(3):
            await erase(olgas)

        assert await store.events.get(event.slug)
        page = (await olgas.get(f"/organise/{event.slug}")).text
        assert "Olga asked just now for this event to be erased." in page

    async def test_a_second_one_confirms(self, store, event, olgas, odas, erase):
        await erase(olgas)
        assert (await odas.get(f"/organise/{event.slug}")).text.count("If you want it, too") == 1

        await erase(odas)

        with pytest.raises(NotFound):
            await store.events.get(event.slug)
        erased = await store.erasures.last(event.slug)
        assert (erased.by_name, erased.second) == ("Olga", "Oda")
        assert "by Olga and Oda, just now" in (await odas.get("/organise")).text

    async def test_anybody_in_charge_keeps_it(self, store, event, olgas, odas, erase):
        await erase(olgas)
        await erase(odas, do="keep")

        await erase(odas)

        assert await store.events.get(event.slug)

    async def test_after_a_day_it_is_asked_for_anew(self, store, event, olgas, erase):
        await erase(olgas)

        assert 86_000 < await store.database.command("TTL", EventKeys(event.slug).erasure) <= 86_400


@pytest.mark.parametrize("screen", [True, False], ids=["a screen", "anybody"])
async def test_who_was_let_straight_in_is_sent_away_though_the_word_of_it_is_lost(served, store, event, screen):
    opened = (await store.screens.open(event.slug, "Main hall", now=NOW))[0].id if screen else ""
    secret = await store.screens.secret(event.slug)
    ticket = make_stream_ticket(secret, StreamTicket(event.slug, "html", opened), now=served.time)
    path = f"/{event.slug}/screen/stream" if screen else f"/{event.slug}/stream"
    async with served.stream(f"{path}?ticket={ticket}") as stream:
        await stream.recv()
        await store.database.command("DEL", EventKeys(event.slug).event)

        await served.services["fanout"].openings._check()

        assert await closed(stream) == Close.NOT_ALLOWED
