# ruff: noqa: F401, F811 - fixtures of another module are known by their names
"""A circle, asked by everybody at every door there is: others are told nothing of it."""

import asyncio
from dataclasses import replace

import pytest
import pytest_asyncio

from tests.cast import NOW, a_decision
from tests.circle import RULE, a_circle
from tests.web.roads import events, through
from tests.web.site import closed
from tests.web.test_access import (
    EVERYBODY,
    MAY,
    MODERATOR,
    OTHER,
    OVERLAY,
    REFUSED,
    SCREEN,
    STAGE,
    STRANGER,
    a_widget,
    browser_of,
    names,
    picture,
    staff,
)
from wall.core.tickets import StreamTicket, make_stream_ticket
from wall.store.events import Events
from wall.store.feeds import Revoked
from wall.store.keys import CIRCLE
from wall.web.frames import Close

MEMBER, FORMER = "member", "former member"
WORDS = "Only among ourselves"

# What tells nothing of an event, and so opens to everybody whatever the event is.
OPEN_TO_ALL = {
    "GET /{slug}/screen/open",
    "GET /{slug}/overlay/open",
    "GET /{slug}/stage/open",
    "GET /{slug}/circle/enter",
    *(f"POST /{{slug}}/{kind}/open" for kind in (SCREEN, OVERLAY, STAGE)),  # 422: they want a token
}
# Their tokens are in pages of other sites, which are read by anybody; and what programs of others read.
CLOSED_TO_ALL = {
    "GET /{slug}/embed/{token}",
    "GET /{slug}/embed/{token}/stream.sse",
    "GET /{slug}/wall-config.json",
    *(row for row in MAY if "/e/{slug}/" in row),
}
# What viewers may of an open event, but for the doors that a screen's token opens.
VIEWERS = {
    row
    for row, roles in MAY.items()
    if roles == EVERYBODY and "{slug}" in row and "/open" not in row and row not in OPEN_TO_ALL | CLOSED_TO_ALL
}
OF_MEMBERS = {
    "GET /{slug}/circle",
    "GET /{slug}/circle/propose",
    "POST /{slug}/circle/propose",
    "POST /{slug}/circle/browsers",
    "POST /{slug}/circle/browsers/{browser}/end",
    "GET /{slug}/post/{post_id}",
    "GET /{slug}/post/{post_id}/card.png",
    "GET /{slug}/post/{post_id}/frame",
    "GET /{slug}/media/{post_id}/{picture_id}/{size}",
    "POST /{slug}/join",
}


@pytest_asyncio.fixture
async def circle(store, event):
    """The event as a circle of three, with one who is no member any more."""
    await store.events.change(event.slug, lambda before: replace(before, circle=RULE))
    return await a_circle(store, event.slug)


async def browser_as(site, event, staff, circle, role):
    if role not in (MEMBER, FORMER):
        return await browser_of(site, event, staff, role)
    *_, ben, anas, bens = circle
    browser = site.browser()
    browser.cookies.set(f"circle-{event.slug}", anas if role == MEMBER else bens)
    if role == FORMER:
        await site.store.members.leave(event.slug, ben.id, now=NOW)
    return browser


async def asked(site, event, staff, names, circle, role):
    """Ask every door of the event, and return the answers by row."""
    waiting = await site.store.posts.get(event.slug, names["post_id"])
    await site.store.posts.decide(event.slug, a_decision("approve", waiting), now=NOW)
    browser = await browser_as(site, event, staff, circle, role)
    answers = {}
    for row in MAY:
        method, path = row.split(" ")
        if path.startswith(("/{slug}", "/e/{slug}")) and not path.endswith("/leaving"):
            method = "HEAD" if path.endswith(".sse") else method
            answers[row] = await browser.request(method, path.format(**names), headers={"accept": "text/html"})
    return answers


def opened(answers):
    return {row for row, answer in answers.items() if answer.status_code not in (*REFUSED, 303)}


@pytest.mark.parametrize("role", [STRANGER, OTHER, FORMER])
async def test_whoever_is_not_of_it_reads_nothing_not_even_its_name(site, event, staff, names, circle, role):
    answers = await asked(site, event, staff, names, circle, role)

    assert opened(answers) == OPEN_TO_ALL
    assert not [
        row
        for row, answer in answers.items()
        for told in (event.title, event.hashtags[0], "Hello", "Olga", "Birchwire")
        if told in answer.text or told in str(answer.headers)
    ]


@pytest.mark.parametrize("whole", [None, "whole"], ids=["a circle", "a part of an event"])
async def test_a_member_may_what_viewers_may_and_no_cache_keeps_it(
    site, store, event, staff, names, circle, whole
):
    await store.events.change(event.slug, lambda before: replace(before, part_of=whole))
    answers = await asked(site, event, staff, names, circle, MEMBER)

    # A phone that came by a code of a screen is taken for a redirect of its own.
    without_redirects = {
        row for row in VIEWERS | OF_MEMBERS if answers.get(row) and answers[row].status_code != 303
    }
    assert without_redirects <= opened(answers)
    assert not opened(answers) & CLOSED_TO_ALL
    assert not {row for row in opened(answers) if MAY[row] and MAY[row] != EVERYBODY} - OF_MEMBERS
    assert {answers[row].headers["cache-control"] for row in without_redirects} == {"private, no-store"}


@pytest.mark.parametrize("role", [SCREEN, OVERLAY, STAGE, MODERATOR])
async def test_screens_and_the_team_see_the_wall_and_nothing_of_the_debates(
    site,
    event,
    staff,
    names,
    circle,
    role,
):
    answers = await asked(site, event, staff, names, circle, role)

    assert {"GET /{slug}", "GET /{slug}/feed", "GET /{slug}/theme.css"} <= opened(answers)
    assert not {row for row in opened(answers) if "/circle" in row} - OPEN_TO_ALL


@pytest.mark.parametrize(
    ("role", "code"),
    [(STRANGER, Close.NOT_ALLOWED), (FORMER, Close.NOT_ALLOWED), (MEMBER, None), (MODERATOR, None)],
)
async def test_the_stream_of_a_circle_opens_to_those_of_it(served, event, staff, circle, role, code):
    browser = await browser_as(served, event, staff, circle, role)

    async with served.stream(f"/{event.slug}/stream", browser=browser) as stream:
        assert (await closed(stream) if code else None) == code
        assert code or "hello" in await stream.recv()


async def test_a_ticket_from_before_opens_no_circle(served, store, event, circle):
    ticket = await a_ticket(served, event)

    async with served.stream(f"/{event.slug}/stream?ticket={ticket}") as stream:
        assert await closed(stream) == Close.NOT_ALLOWED


@pytest.mark.parametrize("with_ticket", [True, False], ids=["straight in", "by the ordinary road"])
async def test_who_follows_an_event_is_sent_away_when_it_becomes_a_circle(served, store, event, with_ticket):
    query = f"?ticket={await a_ticket(served, event)}" if with_ticket else ""
    async with served.stream(f"/{event.slug}/stream{query}") as stream:
        assert "hello" in await stream.recv()

        await store.events.change(event.slug, lambda before: replace(before, circle=RULE))

        assert await closed(stream) == Close.NOT_ALLOWED


async def test_what_becomes_a_circle_while_it_is_read_is_taken_for_one(served, event, monkeypatch):
    hub, openings, read = served.services["hub"], served.services["fanout"].openings, Events.get

    async def outrun(events, slug):
        found = await read(events, slug)
        hub._revoke(Revoked(slug, CIRCLE))
        return found

    monkeypatch.setattr(Events, "get", outrun)
    done = asyncio.Event()
    openings.prepare(event.slug, None, done.set)
    await done.wait()

    assert not openings.get(event.slug).admits(StreamTicket(event.slug, "html"))


async def test_server_sent_events_end_too(served, store, event):
    async with events(served.base, f"/{event.slug}/stream.sse") as (_, told):
        await anext(told)

        await store.events.change(event.slug, lambda before: replace(before, circle=RULE))

        rest = [one["data"]["type"] async for one in told]
    assert rest[-1] == "close"


async def test_a_widget_in_another_site_shows_nothing_of_a_circle(served, store, event):
    screen, token = await a_widget(store, event)
    ticket = await a_ticket(served, event, screen.id)
    async with served.stream(f"/{event.slug}/embed/{token}/stream?ticket={ticket}") as stream:
        assert "hello" in await stream.recv()

        await store.events.change(event.slug, lambda before: replace(before, circle=RULE))

        assert await closed(stream) == Close.NOT_ALLOWED


async def test_the_stream_of_a_member_ends_when_they_are_removed(served, store, event, circle):
    olga, ana, ben, *_, bens = circle
    browser = served.browser()
    browser.cookies.set(f"circle-{event.slug}", bens)
    async with served.stream(f"/{event.slug}/stream", browser=browser) as stream:
        await through(store, event, WORDS)
        assert "hello" in await stream.recv()
        made = await store.proposals.propose(event.slug, RULE, olga, now=NOW, reason="Talks.", removing=ben.id)

        await store.proposals.vote(event.slug, made.id, ana.id, "aye", "", now=NOW)

        assert await closed(stream) == Close.NOT_ALLOWED


async def test_a_screen_goes_on_when_the_event_becomes_a_circle(served, store, event):
    screen, _ = await store.screens.open(event.slug, "Hall", now=NOW)
    path = f"/{event.slug}/screen/stream?ticket={await a_ticket(served, event, screen.id)}"
    async with served.stream(path) as stream, served.stream(f"/{event.slug}/stream") as viewer:
        assert "hello" in await stream.recv()

        await store.events.change(event.slug, lambda before: replace(before, circle=RULE))
        await closed(viewer)
        await through(store, event, WORDS)

        assert WORDS in await stream.recv()


async def test_over_a_line_that_others_read_nobody_is_a_member(site, event, circle):
    *_, anas, _ = circle
    browser = site.browser(address="192.0.2.7", base="http://wall.local")
    browser.cookies.set(f"circle-{event.slug}", anas)

    answer = await browser.get(f"/{event.slug}")

    assert (answer.status_code, answer.json()["error"]["code"]) == (403, "by_invitation")
    assert "https" in answer.text


async def a_ticket(served, event, screen=""):
    secret = await served.store.screens.secret(event.slug)
    return make_stream_ticket(secret, StreamTicket(event.slug, "html", screen), now=served.time)
