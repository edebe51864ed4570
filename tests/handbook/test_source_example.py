"""The source of docs/examples, as docs/writing-a-source.md has it: it runs as the wall's own do."""

import asyncio
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from functools import partial

import pytest
from starlette.applications import Starlette
from starlette.responses import JSONResponse
from starlette.routing import Route

from docs.examples.guestbook import Guestbook, parse_entry
from tests.cast import NOW
from tests.sources.world import EVENT, context, healths, last_position, posts, serving, set_aside, until
from tests.waiting import until as wait_until
from wall.accept import Acceptor
from wall.core.post import SourceRef
from wall.core.source import SourceSettings
from wall.errors import InvalidInput, InvalidPost, SourceError
from wall.ingest import Times, Worker
from wall.media import Pictures
from wall.sources import registry
from wall.sources.fetch import Fetch

HURRIED = Times(lease=30.0, renew=0.05, look=0.01, longest_wait=0.01)
MAE = {"id": "1", "name": "Mae", "text": "Lovely #PyConDE", "written": "2026-11-22T09:00:00Z"}
BROKEN = {"id": "2", "name": "Bo", "text": " "}


@pytest.fixture
def book():
    """What stands in the book; a number is a status that its server answers with."""
    return {"entries": [MAE, BROKEN], "status": 200}


@pytest.fixture
async def address(book):
    async def read(request):
        return JSONResponse({"entries": book["entries"]}, book["status"])

    async with serving(Starlette(routes=[Route("/book.json", read)])) as place:
        yield f"http://{place}/book.json"


@pytest.fixture
async def make(address, monkeypatch):
    monkeypatch.setattr(Guestbook, "poll_seconds", (0.01, 0.02))
    async with Fetch(user_agent="Wall/1", private_addresses=True) as fetch:
        yield lambda: Guestbook(partial(context, fetch)(address=address))


def both(events):
    return posts(events) and set_aside(events)


async def test_an_entry_is_a_post_of_the_event(make):
    (post,) = posts(await until(make(), both))

    assert (post.text, post.author.name) == ("Lovely #PyConDE", "Mae")
    assert post.created_at == datetime(2026, 11, 22, 9, tzinfo=UTC)
    assert EVENT.may_want(post)


async def test_what_is_no_entry_is_set_aside_with_a_reason(make):
    assert [one.reason for one in set_aside(await until(make(), both))] == ["An entry has no text."]


async def test_nothing_comes_twice_and_a_change_comes_once(make, book):
    changed = {**MAE, "text": "Lovelier", "changed": "2026-11-22T09:30:00Z"}

    async def change(events):
        if posts(events):
            book["entries"] = [changed, BROKEN]

    events = await until(make(), lambda events: len(posts(events)) > 1, meanwhile=change)

    assert [post.text for post in posts(events)] == ["Lovely #PyConDE", "Lovelier"]
    assert len(set_aside(events)) == 1
    assert posts(events)[0].uid == posts(events)[1].uid
    assert posts(events)[0].revision < posts(events)[1].revision


async def test_it_goes_on_from_its_position_and_says_that_it_works(make):
    position = last_position(await until(make(), both))

    assert healths(await until(make(), healths, position))[0][0] == "healthy"


async def test_a_server_that_refuses_is_told_of(make, book):
    book["status"] = 403

    with pytest.raises(SourceError):
        await until(make(), posts)


@pytest.mark.parametrize("address", ["", "book", "javascript:alert(1)"])
def test_what_is_no_address_is_refused(address):
    with pytest.raises(InvalidInput):
        Guestbook.check({"address": address})


@pytest.mark.parametrize("entry", [{}, {"id": "1"}, {"id": "", "text": "x"}, {"id": [], "text": "x"}])
def test_what_is_no_entry_is_no_post(entry):
    with pytest.raises(InvalidPost):
        parse_entry(entry, "https://b.example/", SourceRef(id="s", kind="guestbook"), EVENT, NOW)


@asynccontextmanager
async def working(store, folder):
    async with Fetch(user_agent="Wall/1", private_addresses=True) as fetch:
        acceptor = Acceptor(store, Pictures(folder, None), now=lambda: NOW)
        worker = Worker(store, acceptor, fetch, now=lambda: NOW, random=lambda: 0.1, times=HURRIED)
        task = asyncio.create_task(worker.run())
        try:
            yield
        finally:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)


async def test_with_its_line_in_the_registry_its_posts_wait_at_the_desk(
    store, event, address, monkeypatch, tmp_path
):
    line = {"guestbook": "docs.examples.guestbook:Guestbook"}
    monkeypatch.setattr(registry, "KINDS", {**registry.KINDS, **line})
    await store.sources.save(event.slug, SourceSettings(id="book", kind="guestbook", options={"address": address}))

    async def waiting():
        snapshot = await store.feeds.snapshot(event.slug, "desk", limit=10)
        return [one.post.text for one in snapshot.standings]

    async with working(store, tmp_path):
        await wait_until(waiting)

    assert await waiting() == ["Lovely #PyConDE"]
