# ruff: noqa: F401, F811 - fixtures of another module are known by their names
"""Circles of a public event: made in one step, found by those who are of them, and by nobody else at any door."""

import hashlib
import re
from dataclasses import replace

import pytest

from tests.cast import NOW, a_decision
from tests.circle import RULE, a_circle
from tests.web.site import closed
from tests.web.test_access import MAY, OTHER, STRANGER, names, picture, staff
from wall.core.event import Event
from wall.core.moderation import Status
from wall.core.participation import NEW
from wall.core.source import SourceSettings
from wall.web.frames import Close

FORMER = "former member"


@pytest.fixture
def nonce(event):
    return hashlib.sha256(event.slug.encode()).hexdigest()[:12]


@pytest.fixture
def part(nonce):
    return f"speakers-room-{nonce}"


@pytest.fixture
async def sam(people, event):
    """Sam is on the team of the event."""
    return await people.add("Sam", slug=event.slug, role="moderator")


@pytest.fixture
def make(site, event, olga, nonce):
    async def make(*members, **form):
        """Have Olga make a circle of the event."""
        browser = await site.browser_of(olga)
        data = {"title": "Speakers' room", "nonce": nonce} | form | {"member": [one.id for one in members]}
        return await browser.post(f"/organise/{event.slug}/circles", data=data)

    return make


async def test_an_organiser_gives_an_event_a_circle_in_one_step(site, store, event, make, part, sam, olga):
    first, again = await make(sam), await make(sam)

    made = await store.events.get(part)
    assert (first.status_code, first.headers["location"]) == (303, f"/organise/{part}")
    assert again.status_code == 303
    assert (made.part_of, made.circle, made.title) == (event.slug, RULE, "Speakers' room")
    assert made.hashtags == ("Speakersroom",)
    assert [one.slug for one in await store.circles.of(event.slug)] == [part]
    assert sorted(one.name for one in await store.members.all(part)) == ["Olga", "Sam"]
    assert (await (await site.browser_of(olga)).get(f"/organise/{part}")).status_code == 200


@pytest.mark.parametrize(
    ("form", "told"), [({"title": " "}, "Give the circle a title"), ({"nonce": "x"}, "not whole")]
)
async def test_a_circle_that_cannot_be_made_is_told_why(store, event, make, form, told):
    answer = await make(**form)

    assert (answer.status_code, told in answer.text) == (422, True)
    assert await store.circles.of(event.slug) == []


@pytest.mark.parametrize("title", ["2026", "!!!", "\u202e\u200d?", "話者の部屋", "x" * 200])
async def test_any_title_makes_a_circle(store, event, make, title):
    answer = await make(title=title)

    assert (answer.status_code, len(await store.circles.of(event.slug))) == (303, 1)


async def test_its_members_find_it_and_the_way_back_and_nobody_else_does(site, event, make, part, sam, mia, zed):
    await make(sam)
    row = f'href="/{part}"'

    pages = {
        who: await browser.get(f"/{event.slug}")
        for who, browser in {
            "sam": await site.browser_of(sam),
            "mia": await site.browser_of(mia),
            "zed": await site.browser_of(zed),
            "stranger": site.browser(),
        }.items()
    }

    assert {who: row in page.text for who, page in pages.items()} == {
        "sam": True, "mia": False, "zed": False, "stranger": False,
    }  # fmt: skip
    assert pages["sam"].headers["cache-control"] == "private, no-store"
    assert f'href="/{event.slug}"' in (await (await site.browser_of(sam)).get(f"/{part}")).text


async def test_its_members_write_there_by_its_form(site, store, make, part, sam):
    await make(sam)
    browser = await site.browser_of(sam)

    await browser.post(f"/{part}/join", data={"text": "Among us", "nonce": "a" * 32})

    assert "Among us" in (await browser.get(f"/{part}/join")).text


async def test_pages_that_are_the_same_for_all_say_nothing_of_it(site, event, make, part, sam):
    await make(sam)
    member, stranger = await site.browser_of(sam), site.browser()

    seen = await member.get(f"/{event.slug}/about")

    assert part not in seen.text
    assert (await stranger.get(f"/{event.slug}/about")).text == seen.text


async def test_no_other_organiser_is_told_of_it_nor_any_log(site, store, event, make, part, people):
    await make()
    oz = await people.add("Oz", slug=event.slug, role="organiser")
    browser = await site.browser_of(oz)

    pages = [
        await browser.get(path)
        for path in ("/organise", f"/organise/{event.slug}", f"/organise/{event.slug}/audit")
    ]

    assert {page.status_code for page in pages} == {200}
    assert not [page for page in pages if part in page.text or "Speakers&#39; room" in page.text]


async def test_what_an_organiser_saves_of_it_keeps_it_a_part(site, store, event, make, part, olga):
    await make()
    browser = await site.browser_of(olga)

    await browser.post(
        f"/organise/{part}/settings", data={"title": "Green room", "hashtags": "#green", "timezone": "UTC"}
    )

    assert ((await store.events.get(part)).title, (await store.events.get(part)).part_of) == (
        "Green room",
        event.slug,
    )


@pytest.mark.parametrize("role", [STRANGER, OTHER, FORMER])
async def test_at_no_door_is_it_told_from_an_event_that_there_is_not(site, store, event, part, role, staff, names):
    await store.circles.create(
        replace(event, slug=part, title="Secret", circle=RULE, part_of=event.slug, participation=NEW)
    )
    browser = await asker(site, store, part, role, staff)

    await store.sources.save(part, SourceSettings(id="hook", kind="webhook", options={"secret": ""}))
    nowhere = part[:-1] + "-"
    told = {
        row: (await answer(browser, row, names, part), await answer(browser, row, names, nowhere))
        for row in MAY
        if "{slug}" in row
    }

    assert {row: pair for row, pair in told.items() if pair[0] != pair[1]} == {}


@pytest.mark.parametrize("road", ["stream", "moderate/stream", "screen/stream", "stage/stream"])
async def test_its_streams_are_closed_as_those_of_no_event_are(served, store, event, part, road):
    await store.circles.create(replace(event, slug=part, circle=RULE, part_of=event.slug))

    async with served.stream(f"/{part}/{road}") as there, served.stream(f"/{part[:-1]}-/{road}") as nowhere:
        assert await closed(there) == await closed(nowhere) == Close.NOT_ALLOWED


async def asker(site, store, part, role, staff):
    if role == OTHER:
        return await site.browser_of(staff[OTHER])
    browser = site.browser()
    if role == FORMER:
        *_, ben, _, bens = await a_circle(store, part)
        await store.members.leave(part, ben.id, now=NOW)
        browser.cookies.set(f"circle-{part}", bens)
    return browser


OF_ITS_OWN = ("set-cookie", "x-request-id")
"""What every answer has of its own, whatever was asked."""


async def answer(browser, row, names, slug):
    """Return all that is told at a door of an event, but for what names the event in the address that was asked."""
    method, path = row.split(" ")
    answered = await browser.request(
        "HEAD" if path.endswith(".sse") else method,
        path.format(**names | {"slug": slug}),
        headers={"accept": "text/html", "accept-encoding": "identity"},
    )
    words = re.sub(r"nonce=\S+|[0-9a-f]{32}", "", answered.text)
    headers = {name: value.replace(slug, "") for name, value in answered.headers.items() if name not in OF_ITS_OWN}
    return answered.status_code, words.replace(slug, ""), headers


# Passing on


@pytest.fixture
async def room(site, store, event, make, part, sam, olga):
    """A circle in which Sam wrote something that is on its wall: the browsers of both, and the post."""
    await make(sam)
    sams, olgas = await site.browser_of(sam), await site.browser_of(olga)
    await sams.post(f"/{part}/join", data={"text": "Wool is warm", "name": "Sam", "nonce": "a" * 32})
    ((_, waiting),) = await store.posts.page(part, Status.WAITING, limit=5)
    await store.posts.decide(part, a_decision("approve", waiting), now=NOW)
    return sams, olgas, waiting.post


@pytest.fixture
def passed_on(store, event):
    async def passed_on():
        """Return what waits at the public event."""
        return [one.post for _, one in await store.posts.page(event.slug, Status.WAITING, limit=5)]

    return passed_on


async def test_what_its_author_agrees_to_goes_to_the_moderators_of_the_event(part, room, passed_on):
    sams, olgas, post = room
    await olgas.post(f"/{part}/moderate/passing/{post.id}")
    before, asked = await passed_on(), await sams.get(f"/{part}/passing")

    await sams.post(f"/{part}/passing/{post.id}", data={"do": "agree"})

    (passed,) = await passed_on()
    assert (before, "Wool is warm" in asked.text, "Asked of you" in asked.text) == ([], True, True)
    assert (passed.text, passed.author.name) == ("“Wool is warm”", "Sam")
    assert part not in repr(passed)


@pytest.mark.parametrize("agrees", [True, False], ids=["after agreeing", "at once"])
async def test_what_its_author_says_no_to_is_nowhere(part, room, passed_on, agrees):
    sams, olgas, post = room
    await olgas.post(f"/{part}/moderate/passing/{post.id}")
    for do in ["agree"] * agrees + ["decline"]:
        await sams.post(f"/{part}/passing/{post.id}", data={"do": do})

    again = await sams.post(f"/{part}/passing/{post.id}", data={"do": "agree"})

    assert again.status_code == 422
    assert await passed_on() == []


@pytest.mark.parametrize(
    ("path", "form"),
    [("join/removal", {}), ("join/leaving", {"do": "leave"}), ("circle/leaving", {})],
)
async def test_who_goes_or_takes_the_post_back_takes_it_from_there_too(part, room, passed_on, path, form):
    sams, olgas, post = room
    await olgas.post(f"/{part}/moderate/passing/{post.id}")
    await sams.post(f"/{part}/passing/{post.id}", data={"do": "agree"})
    there = await passed_on()

    await sams.post(f"/{part}/{path}", data=form | {"post": post.id})

    assert (len(there), await passed_on()) == (1, [])


async def test_nobody_else_agrees_for_an_author_and_no_member_asks(part, room, passed_on):
    sams, olgas, post = room
    refused = await sams.post(f"/{part}/moderate/passing/{post.id}")
    await olgas.post(f"/{part}/moderate/passing/{post.id}")

    agreed = await olgas.post(f"/{part}/passing/{post.id}", data={"do": "agree"})

    assert (refused.status_code, agreed.status_code) == (404, 404)
    assert await passed_on() == []
