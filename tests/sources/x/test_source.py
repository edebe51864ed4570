from contextlib import aclosing
from dataclasses import replace

import pytest

from tests.sources.world import EVENT, deletes, healths, last_position, of, posts, until
from tests.sources.xserver import TOKEN, id_at, post, problem, x_server
from wall.errors import InvalidInput, SourceError
from wall.sources.base import Checkpoint
from wall.sources.x.position import Position, read_position
from wall.sources.x.source import X, question


@pytest.fixture
async def server():
    async with x_server(*(post(100 + number, f"Number {number} #PyConDE") for number in range(30))) as server:
        yield server


@pytest.fixture
def make(world, server):
    def make(*, look_seconds=3600.0, known=(), event=EVENT, **options):
        class FastX(X):
            api = server.address
            poll_seconds = (0.01, 0.02)

        FastX.look_seconds = look_seconds
        return FastX(world(known=known, event=event, **{"token": TOKEN, "most": "1000"} | options))

    return make


def stopped(events):
    return [words for state, words in healths(events) if state == "failing"]


def spent(events):
    return read_position(last_position(events)).spent


async def test_a_new_source_reads_the_newest_ten_only(make, server):
    events = await until(make(), healths)

    assert len(posts(events)) == server.read == spent(events) == 10
    assert healths(events) == [
        ("healthy", "Searching X. 10 of at most 1,000 posts are read, about $0.15 of $15.00.")
    ]


async def test_what_was_written_since_comes_page_by_page(make, server):
    position = Position(since=id_at(200), spent=5).written()
    server.found += [post(number / 10, f"Later {number} #PyConDE") for number in range(120)]

    events = await until(make(), lambda events: healths(events), position)

    assert len(posts(events)) == 150
    assert spent(events) == 155
    assert read_position(last_position(events)).since == id_at(0)


async def test_no_post_is_read_beyond_the_budget_whatever_there_is(make, server):
    position = Position(since=id_at(200)).written()

    events = await until(make(most="25"), stopped, position)

    assert server.read == 25
    assert len(server.requests) == 1
    assert stopped(events) == [
        "Stopped: 25 of at most 25 posts are read, about $0.38 of $0.38. "
        "To go on, write a higher number under “Most posts to read” and save."
    ]


async def test_less_than_x_gives_at_once_is_not_asked_for(make, server):
    await until(make(most="25"), stopped, Position(since=id_at(200), spent=16).written())

    assert server.requests == []


async def test_with_more_to_spend_it_goes_on(make, server):
    events = await until(make(most="25"), stopped, Position(since=id_at(200)).written())
    server.found.append(post(1, "Later #PyConDE"))

    again = await until(make(most="50"), healths, last_position(events))

    assert [one.text for one in posts(again)] == ["Later #PyConDE"]


async def test_whoever_is_cut_off_while_asking_has_spent_what_was_asked_for(make):
    async with aclosing(make().posts(None)) as batches:
        before_looking, before_searching = await anext(batches), await anext(batches)

    assert (spent(before_looking), spent(before_searching)) == (0, 10)


async def test_a_refusal_gives_back_what_nothing_came_for(make, server):
    server.answer = problem(503, "about:blank")
    positions = []

    async def read():
        async for batch in make().posts(None):
            positions.extend(of(Checkpoint, batch))

    with pytest.raises(SourceError):
        await read()

    assert [read_position(one.position).spent for one in positions] == [0, 10, 0]


async def test_what_is_deleted_there_leaves_the_wall_and_looking_is_paid_for(make, server):
    server.gone = [id_at(100)]
    known = [f"x:{id_at(100)}", f"x:{id_at(101)}"]

    events = await until(make(known=known), healths)

    assert [one.uid for one in deletes(events)] == [f"x:{id_at(100)}"]
    assert server.read == spent(events) == 1 + 10


async def test_what_is_kept_for_looking_is_not_searched_with(make, server):
    known = [f"x:{id_at(100 + number)}" for number in range(20)]
    position = Position(since=id_at(200), looked=10**11).written()

    events = await until(make(known=known, most="45"), stopped, position)

    assert server.read == 25
    assert "What is left is for finding out which of them were deleted." in stopped(events)[0]


async def test_what_was_read_just_now_is_to_be_looked_at_as_well(make, server):
    position = Position(since=id_at(200), looked=10**11).written()

    events = await until(make(most="45"), stopped, position)

    assert server.read == 30
    assert "What is left is for finding out" in stopped(events)[0]


async def test_what_nothing_is_left_to_look_at_with_leaves_the_wall(make, server):
    known = [f"x:{id_at(100 + number)}" for number in range(20)]

    events = await until(make(known=known, most="15"), stopped)

    assert [one.uid for one in deletes(events)] == known[15:]
    assert server.read == 15


async def test_a_newer_version_is_found_by_looking(make, server):
    first, second = id_at(100), id_at(1)
    server.found[0] = post(id=first, edit_history_tweet_ids=[first, second])
    server.found.append(post(id=second, text="Changed", edit_history_tweet_ids=[first, second]))

    events = await until(make(known=[f"x:{first}"]), healths)

    assert posts(events)[1].text == "Changed"
    assert {one.uid for one in posts(events)[:2]} == {f"x:{first}"}


async def test_what_x_no_longer_searches_back_to_is_not_asked_for(make, server):
    await until(make(), healths, Position(since=id_at(7 * 86_400)).written())

    assert "since_id" not in server.requests[0]


@pytest.mark.parametrize(
    ("status", "kind", "words"),
    [
        (401, "about:blank", "bearer token"),
        (402, "credits", "no credits left"),
        (403, "client-forbidden", "pay-per-use"),
        (429, "usage-capped", "used up"),
        (400, "invalid-request", "does not understand"),
    ],
)
async def test_a_refusal_says_what_is_missing_and_where_to_get_it(make, server, status, kind, words):
    server.answer = problem(status, kind)

    with pytest.raises(SourceError, match=words) as refusal:
        await until(make(), healths)

    assert refusal.value.permanent


async def test_it_searches_for_every_hashtag_and_for_no_reposts(make, server):
    event = replace(EVENT, hashtags=("PyConDE", "Python"), keys=("pyconde", "python"))

    await until(make(event=event), healths)

    assert server.requests[0]["query"] == "(#PyConDE OR #Python) -is:retweet"


def test_more_hashtags_than_one_search_takes_are_refused():
    with pytest.raises(SourceError, match="too many hashtags"):
        question([f"Hashtag{number}" * 3 for number in range(30)])


@pytest.mark.parametrize(
    ("options", "field"),
    [
        ({"token": "short", "most": "100"}, "token"),
        ({"token": TOKEN, "most": "9"}, "most"),
        ({"token": TOKEN, "most": "100", "price": "much"}, "price"),
    ],
)
def test_options_that_cannot_be_used_are_refused_by_name(options, field):
    with pytest.raises(InvalidInput) as refusal:
        X.check(options)

    assert refusal.value.field == field
