import pytest

from tests.sources.threadserver import TOKEN, refused, thread, thread_server
from tests.sources.world import NOW, healths, last_position, of, posts, until
from wall.core.post import SourceRef
from wall.errors import InvalidInput, InvalidPost, SourceError
from wall.sources.base import Checkpoint
from wall.sources.threads_search.post import parse_found
from wall.sources.threads_search.source import Position, Threads, read_position

SOURCE = SourceRef(id="one", kind="threads")
SECONDS = int(NOW.timestamp())


@pytest.fixture
async def server():
    async with thread_server(thread(1)) as server:
        yield server


@pytest.fixture
def make(world, server):
    def make(**options):
        class FastThreads(Threads):
            api = server.address
            pace_seconds = 0.01

        return FastThreads(world(**{"token": TOKEN, "most": "50"} | options))

    return make


def stopped(events):
    return [words for state, words in healths(events) if state == "failing"]


async def test_no_more_searches_are_made_than_the_budget_has(make, server):
    events = await until(make(most="3"), stopped)

    assert len(server.searches) == 3
    assert stopped(events) == [
        "Stopped: 3 of at most 3 searches are made. To go on, write a higher number under “Most searches” and save."
    ]


async def test_a_search_that_finds_nothing_is_not_counted(make, server):
    server.found = []

    events = await until(make(most="1"), lambda events: len(server.searches) > 3)

    assert read_position(of(Checkpoint, events)[1].position).spent == 0
    assert not stopped(events)


async def test_what_threads_finds_late_is_asked_for_again_and_old_posts_are_not(make, server):
    position = Position(newest={"PyConDE": SECONDS - 60}).checkpoint().position
    older = Position(newest={"PyConDE": SECONDS - 3600}).checkpoint().position

    await until(make(), healths, position)
    await until(make(), healths, older)

    since = [int(one["since"]) for one in server.searches if "since" in one]
    assert (since[0], since[-1]) == (SECONDS - 900, SECONDS - 3599)


async def test_the_pace_is_kept_by_whoever_comes_next(make, server):
    just_asked = Position(asked=SECONDS + 3600).checkpoint().position

    with pytest.raises(TimeoutError):
        await until(make(), healths, just_asked, patience=0.2)

    assert server.searches == []


async def test_who_finds_only_their_own_is_told_that_a_permission_is_missing(make, server):
    server.found = [thread(1, username="wall")]

    (state, words), *_ = healths(await until(make(), healths))

    assert state == "degraded"
    assert "threads_keyword_search" in words


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (refused(400, 190), "sixty days"),
        (refused(401, None), "sixty days"),
        (refused(500, 10), "threads_keyword_search"),
        (refused(400, 200), "threads_keyword_search"),
        (refused(400, 100), "refuses the search"),
    ],
)
async def test_a_refusal_says_what_is_missing_and_where_to_get_it(make, server, answer, words):
    server.answer = answer

    with pytest.raises(SourceError, match=words) as refusal:
        await until(make(), healths)

    assert refusal.value.permanent


async def test_a_limit_without_a_time_is_waited_out_for_long(make, server):
    server.answer = refused(400, 613)

    with pytest.raises(SourceError) as refusal:
        await until(make(), healths)

    assert (refusal.value.permanent, refusal.value.retry_after) == (False, 900)


async def test_a_refused_search_is_given_back(make, server):
    positions = []

    async def read():
        async for batch in make().posts(None):
            positions.extend(of(Checkpoint, batch))
            server.answer = refused(503, 2)

    with pytest.raises(SourceError):
        await read()

    assert [read_position(one.position).spent for one in positions] == [1, 0]


def test_a_post_is_tagged_with_the_topic_it_was_found_by():
    raw = thread(1, "No hash here", topic_tag="PyConDE")

    found = parse_found(raw, "pyconde", source=SOURCE, now=NOW)

    assert [(tag.raw, tag.where) for tag in found.tags] == [("PyConDE", "meta")]
    assert found.author.uid == "threads:@mia"
    assert (NOW - found.created_at).total_seconds() == 60


def test_all_pictures_of_a_post_come():
    children = [
        {"media_type": "IMAGE", "media_url": "https://x.example/1.jpg", "alt_text": "one"},
        {
            "media_type": "VIDEO",
            "media_url": "https://x.example/2.mp4",
            "thumbnail_url": "https://x.example/2.jpg",
        },
    ]

    found = parse_found(
        thread(1, media_type="CAROUSEL_ALBUM", children={"data": children}), "x", source=SOURCE, now=NOW
    )

    assert [(one.kind, one.preview_url) for one in found.media] == [
        ("image", None),
        ("video", "https://x.example/2.jpg"),
    ]


@pytest.mark.parametrize(
    "fields", [{"timestamp": "x"}, {"username": ""}, {"username": 7}, {"text": ""}, {"id": None}]
)
def test_what_is_no_post_is_refused(fields):
    with pytest.raises(InvalidPost):
        parse_found({**thread(1), **fields}, "pyconde", source=SOURCE, now=NOW)


@pytest.mark.parametrize(
    ("options", "field"), [({"token": "x"}, "token"), ({"token": TOKEN, "most": "0"}, "most")]
)
def test_options_that_cannot_be_used_are_refused_by_name(options, field):
    with pytest.raises(InvalidInput) as refusal:
        Threads.check(options)

    assert refusal.value.field == field


async def test_the_position_goes_on_where_it_was(make, server):
    position = last_position(await until(make(), posts))

    assert read_position(position).newest == {"PyConDE": SECONDS - 60}
