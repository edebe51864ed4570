"""What every source that we read keeps to, whichever network it reads."""

import asyncio
import json
from contextlib import aclosing, asynccontextmanager
from datetime import UTC, timedelta
from itertools import count

import pytest
from starlette.responses import JSONResponse

from tests.sources.fediverse import fediverse, status
from tests.sources.feeds import entry, feed_server, rss
from tests.sources.relay import MIA, scripted_relay
from tests.sources.world import NOW, healths, last_position, posts, set_aside, until
from wall.errors import SourceError
from wall.sources.mastodon import Mastodon
from wall.sources.nostr import Nostr
from wall.sources.registry import KINDS, source_class
from wall.sources.replay import Replay
from wall.sources.rss import Feed

PICTURE, ALT = "https://x.example/1.png", "a cat on a chair"
SECONDS_TO_STOP = 1.0


class FastMastodon(Mastodon):
    poll_seconds = sweep_seconds = (0.02, 0.03)


class FastNostr(Nostr):
    profile_seconds = 0.1


class FastFeed(Feed):
    poll_seconds = (0.02, 0.03)


class Place:
    """Where a source reads two good posts, one with a picture, and a broken one.

    `make` makes the source, `refuse` has the place refuse it, `asked` counts how often it was asked.
    """

    def __init__(self, make, refuse, asked):
        self.make, self.refuse, self.asked = make, refuse, asked


@asynccontextmanager
async def mastodon(world, folder):
    picture = {"type": "image", "url": PICTURE, "description": ALT}
    private = status(3, visibility="private")
    async with fediverse(status(1), status(2, "<b>Hi</b>", media_attachments=[picture]), private) as server:
        server.raw = [{"id": "broken"}]

        def refuse():
            server.answers["timeline"] = JSONResponse({"error": "forbidden"}, status_code=403)

        yield Place(lambda: FastMastodon(world(servers=server.address)), refuse, lambda: len(server.requests))


@asynccontextmanager
async def nostr(world, folder):
    tags = [("t", "pyconde"), ("imeta", f"url {PICTURE}", f"alt {ALT}")]
    notes = [MIA.note(at=NOW - timedelta(minutes=2)), MIA.note(f"{PICTURE} Hi", tags=tags, at=NOW)]
    tampered = {**notes[0], "id": "0" * 64}
    frames = [["EVENT", "notes", note] for note in (*notes, tampered, *notes)]
    async with scripted_relay(*frames, ["EOSE", "notes"], profiles=[["EOSE", "profiles"]]) as relay:

        def refuse():
            relay.refuses = True

        yield Place(lambda: FastNostr(world(relays=relay.url)), refuse, lambda: 2 * len(relay.requests))


@asynccontextmanager
async def feed(world, folder):
    picture = f'<media:content url="{PICTURE}" medium="image"><media:description>{ALT}</media:description></media:content>'
    async with feed_server(rss(entry(1), entry(2, "<b>Hi</b> #PyConDE", picture), entry(3, ""))) as server:
        server.etag = None

        def refuse():
            server.status = 403

        yield Place(lambda: FastFeed(world(address=server.address)), refuse, lambda: len(server.requests))


@asynccontextmanager
async def replay(world, folder):
    author = {"id": "mia", "name": "Mia", "handle": "mia@x.example"}
    lines = [
        {"at": 0, "op": "post", "id": "1", "author": author, "text": "Hello #PyConDE"},
        {"at": 0, "op": "lost"},
        {
            "at": 0,
            "op": "post",
            "id": "2",
            "author": author,
            "text": "Hi",
            "media": [{"url": PICTURE, "alt": ALT}],
        },
    ]
    path = folder / "recording.jsonl"
    path.write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    yield Place(lambda: Replay(world(path=str(path))), path.unlink, count(step=10).__next__)


@pytest.fixture(params=[mastodon, nostr, feed, replay], ids=lambda place: place.__name__)
async def place(request, world, tmp_path):
    async with request.param(world, tmp_path) as place:
        yield place


def both(events):
    return len(posts(events)) >= 2 and set_aside(events)


def test_every_kind_that_is_read_is_held_to_this():
    held = {polled.kind for polled in (Mastodon, Nostr, Feed, Replay)}

    assert held == {kind for kind in KINDS if not source_class(kind).pushed}


async def test_the_same_input_makes_the_same_posts(place):
    first = posts(await until(place.make(), both))
    second = posts(await until(place.make(), both))

    assert [post.id for post in first] == [post.id for post in second]
    assert [post.content_hash for post in first] == [post.content_hash for post in second]


async def test_times_are_aware_utc_and_never_in_the_future(place):
    times = [
        time for post in posts(await until(place.make(), both)) for time in (post.created_at, post.received_at)
    ]

    assert {time.tzinfo for time in times} == {UTC}
    assert max(times) <= NOW


async def test_a_post_says_who_wrote_it(place):
    authors = [post.author for post in posts(await until(place.make(), both))]

    assert all(author.uid and author.handle and author.name for author in authors)
    assert all(author.url is None or author.url.startswith("http") for author in authors)


async def test_text_is_plain(place):
    assert not any("<" in post.text for post in posts(await until(place.make(), both)))


async def test_pictures_keep_their_descriptions(place):
    media = [media for post in posts(await until(place.make(), both)) for media in post.media]

    assert [(one.kind, one.url, one.alt) for one in media] == [("image", PICTURE, ALT)]


async def test_only_public_posts_of_the_event_come_and_none_twice(place):
    asked = place.asked()

    events = await until(place.make(), lambda events: both(events) and place.asked() > asked + 5)

    assert len(posts(events)) == 2


async def test_what_is_broken_is_set_aside_once_with_a_reason(place):
    asked = place.asked()

    events = await until(place.make(), lambda events: both(events) and place.asked() > asked + 5)

    assert [bool(event.reason) for event in set_aside(events)] == [True]


async def test_a_source_that_works_says_so(place):
    events = await until(place.make(), lambda events: both(events) and healths(events))

    assert healths(events)[0][0] == "healthy"


async def test_a_position_comes_with_the_posts_and_can_be_gone_on_from(place):
    position = last_position(await until(place.make(), both))

    assert healths(await until(place.make(), healths, position))[0][0] == "healthy"


@pytest.mark.parametrize("position", ["", "nonsense", "{", "[]", '{"a": {}}', "-1", "9" * 5000])
async def test_a_position_that_cannot_be_read_does_no_harm(place, position):
    assert healths(await until(place.make(), healths, position))


async def test_a_refusal_that_will_last_says_so(place):
    place.refuse()

    with pytest.raises(SourceError) as error:
        await until(place.make(), lambda _: False)

    assert error.value.permanent
    assert error.value.message


async def test_it_stops_within_a_second(place):
    source = place.make()
    reading = asyncio.create_task(until(source, lambda _: False))
    await until(place.make(), both)

    reading.cancel()
    done, _ = await asyncio.wait((reading,), timeout=SECONDS_TO_STOP)

    assert done == {reading}


async def test_whoever_leaves_in_the_middle_leaves_nothing_running(place):
    before = asyncio.all_tasks()

    async with aclosing(place.make().posts(None)) as batches:
        await anext(batches)

    assert not [task for task in asyncio.all_tasks() - before if "wall/sources" in repr(task)]
