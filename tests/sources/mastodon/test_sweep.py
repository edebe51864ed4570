import pytest
from starlette.responses import JSONResponse

from tests.sources.fediverse import fediverse, status
from tests.sources.world import NOW, deletes, posts
from wall.core.post import SourceRef
from wall.errors import SourceError
from wall.sources.mastodon.reading import Reading
from wall.sources.mastodon.server import Server
from wall.sources.mastodon.sweep import Sweep

KEPT, OTHER = status(1), status(2)


@pytest.fixture
def sweep(world):
    """Make a sweep of a server that told of two posts, with what it yields."""

    async def of(server):
        reading = Reading(SourceRef(id="one", kind="mastodon"))
        reading.take_all(server.host, [OTHER, KEPT], NOW)
        asked = Server(server.address, fetch=world().fetch, now=lambda: NOW)
        events = []

        async def put(batch):
            events.extend(batch)

        await Sweep(asked, reading, lambda: NOW).look_for({"000001": f"ap:{KEPT['uri']}"}, put)
        return events

    return of


def gone(events):
    return [event.uid for event in deletes(events)]


@pytest.mark.parametrize("refusal", [404, 410, 401, 403])
async def test_a_post_that_its_server_no_longer_shows_is_gone(sweep, refusal):
    async with fediverse(OTHER) as server:
        server.refusals["000001"] = refusal

        assert gone(await sweep(server)) == [f"ap:{KEPT['uri']}"]


@pytest.mark.parametrize("refusal", [401, 403])
async def test_nothing_is_gone_because_a_server_keeps_everything_from_us(sweep, refusal):
    async with fediverse() as server:
        server.batches = False
        server.answers["single"] = JSONResponse({"error": "Forbidden"}, status_code=refusal)

        assert await sweep(server) == []


@pytest.mark.parametrize("refusal", [429, 500, 503])
async def test_nothing_is_gone_because_a_server_has_trouble(sweep, refusal):
    async with fediverse(OTHER) as server:
        server.refusals["000001"] = refusal

        with pytest.raises(SourceError):
            await sweep(server)


async def test_a_post_that_was_made_private_is_gone(sweep):
    async with fediverse(status(1, visibility="private"), OTHER) as server:
        assert gone(await sweep(server)) == [f"ap:{KEPT['uri']}"]


async def test_a_post_that_is_still_there_tells_nothing_and_an_edited_one_does(sweep):
    async with fediverse(KEPT, OTHER) as server:
        still = await sweep(server)
        server.statuses["000001"] = status(1, "Edited", edited_at="2026-11-22T09:59:30Z")

        edited = await sweep(server)

    assert still == []
    assert [post.text for post in posts(edited)] == ["Edited"]
