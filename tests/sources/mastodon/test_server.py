from datetime import timedelta

import pytest
from starlette.responses import HTMLResponse, JSONResponse

from tests.sources.fediverse import fediverse, recorded, status
from tests.sources.world import NOW
from wall.errors import SourceError
from wall.sources.mastodon.server import Instance, Server, next_id
from wall.sources.response import Response


def response(**headers):
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return Response(
        status=200, url="https://s.example/", headers=named, body=b"[]", content_type="application/json"
    )


@pytest.fixture
def server(world):
    def of(address):
        return Server(address, fetch=world().fetch, now=lambda: NOW)

    return of


@pytest.mark.parametrize(
    ("link", "expected"),
    [
        ('<https://s.example/x?max_id=7>; rel="next", <https://s.example/x?min_id=9>; rel="prev"', "7"),
        ('<https://s.example/x?min_id=9>; rel="prev"', None),
        ('<https://s.example/about>; rel="help"', "1"),
    ],
)
def test_the_server_s_own_way_on_is_taken(link, expected):
    assert next_id(response(link=link), [{"id": "1"}]) == expected


@pytest.mark.parametrize(("statuses", "expected"), [([{"id": "2"}, {"id": "1"}], "1"), ([], None), (["x"], None)])
def test_without_one_the_last_status_leads_on(statuses, expected):
    assert next_id(response(), statuses) == expected


async def test_a_server_without_anything_to_say_is_known_by_its_address(server):
    async with fediverse() as there:
        instance = await server(there.address).instance()

    assert instance == Instance(there.host, f"ws://{there.host}")


async def test_a_front_page_in_place_of_an_answer_is_no_harm(server):
    async with fediverse() as there:
        asked = server(there.address)
        there.answers["instance"] = HTMLResponse("<h1>Welcome</h1>")
        before = await asked.instance()
        there.answers["instance"] = JSONResponse({"urls": {"streaming_api": "ws://127.0.0.1:9"}})

        after = await asked.instance()

    assert (before.streaming, after.streaming) == (f"ws://{there.host}", "ws://127.0.0.1:9")


def test_the_streaming_address_must_be_as_secure_as_the_server(server):
    asked = server("https://s.example")

    assert asked.streaming("wss://streaming.s.example/") == "wss://streaming.s.example"
    assert asked.streaming("https://streaming.s.example") == "wss://streaming.s.example"
    assert asked.streaming("ws://streaming.s.example") == "wss://s.example"
    assert asked.streaming("") == "wss://s.example"


@pytest.mark.parametrize(
    ("claimed", "believed"),
    [
        ("example.org", "example.org"),
        ("social.example.org", "social.example.org"),
        ("bank.example", "social.example.org"),
    ],
)
def test_a_domain_is_believed_only_of_those_who_may_have_it(server, claimed, believed):
    assert server("https://social.example.org").domain(claimed) == believed


@pytest.mark.parametrize("claimed", ["org", "", "xample.org"])
def test_a_domain_of_nobody_is_not_believed(server, claimed):
    assert server("https://social.example.org").domain(claimed) == "social.example.org"


async def test_an_object_is_no_timeline(server):
    async with fediverse() as there:
        there.answers["timeline"] = JSONResponse(recorded("snac_instance_v1.json"))

        with pytest.raises(SourceError, match="no list of posts"):
            await server(there.address).timeline("pyconde", max_id=None)


async def test_a_single_status_is_there_or_not(server):
    async with fediverse(status(1)) as there:
        asked = server(there.address)

        assert (await asked.status("000001"))["id"] == "000001"
        assert await asked.status("../../secrets?x") is None


async def test_a_server_that_shows_strangers_its_own_people_only_is_asked_for_these(server):
    async with fediverse(status(1)) as there:
        there.strangers_see_own_only = True
        asked = server(there.address)

        first = await asked.timeline("pyconde", max_id=None)
        await asked.timeline("pyconde", max_id=None)

    assert [one["id"] for one in first.statuses] == ["000001"]
    assert asked.own_posts_only
    assert ["local=true" in request for request in there.requests] == [False, True, True]


async def test_with_a_token_a_refusal_is_no_reason_to_ask_for_less(world):
    async with fediverse(status(1)) as there:
        there.strangers_see_own_only = True
        asked = Server(there.address, fetch=world().fetch, now=lambda: NOW, token="wrong")

        with pytest.raises(SourceError):
            await asked.timeline("pyconde", max_id=None)

    assert len(there.requests) == 1


async def test_a_server_without_pages_is_not_asked_for_the_same_one_again(server):
    async with fediverse(status(1)) as there:
        there.answers["timeline"] = JSONResponse([status(2), status(1)])

        page = await server(there.address).timeline("pyconde", max_id="000001")

    assert page.next_id is None


async def test_a_server_that_cannot_be_asked_for_several_is_not_asked_so_again(server):
    async with fediverse(status(1)) as there:
        there.batches = False
        asked = server(there.address)

        assert await asked.statuses(["000001"]) == []
        assert await asked.statuses(["000001"]) == []

    assert len(there.requests) == 1


async def test_trouble_says_nothing_of_what_a_server_can_be_asked(server):
    async with fediverse(status(1)) as there:
        asked = server(there.address)
        there.answers["several"] = JSONResponse({"error": "oops"}, status_code=503)
        with pytest.raises(SourceError):
            await asked.statuses(["000001"])
        there.answers.clear()

        assert [one["id"] for one in await asked.statuses(["000001"])] == ["000001"]


async def test_the_wait_that_one_request_was_told_holds_for_all(server):
    async with fediverse(status(1)) as there:
        asked = server(there.address)
        there.answers["timeline"] = JSONResponse({}, status_code=429, headers={"retry-after": "120"})

        with pytest.raises(SourceError):
            await asked.timeline("pyconde", max_id=None)

    assert asked.rests_until == NOW + timedelta(seconds=120)


async def test_live_streams_are_looked_for_where_the_server_is_too(server):
    async with fediverse() as there:
        there.answers["instance"] = JSONResponse({"urls": {"streaming_api": "ws://127.0.0.1:9"}})

        assert await server(there.address).streams() == ["ws://127.0.0.1:9", f"ws://{there.host}"]


async def test_an_account_is_found_by_its_name_or_is_not_there(server):
    async with fediverse() as there:
        there.accounts["team"] = []
        asked = server(there.address)

        assert await asked.account("team") == "id-team"
        assert await asked.account("nobody") is None


async def test_a_server_that_tells_strangers_nothing_of_boosts_is_asked_once(server):
    async with fediverse(status(1)) as fake:
        fake.answers["boosters"] = JSONResponse({"error": "This method requires an authenticated user"}, 401)
        asked = server(fake.address)

        assert [await asked.amplifiers("000001") for _ in range(2)] == [[], []]

    assert fake.requests == ["/api/v1/statuses/000001/reblogged_by"]
