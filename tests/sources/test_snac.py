"""Against a real snac: no pages, no live streams, no single posts for strangers, and nothing of it is guessed."""

from datetime import UTC, datetime

import pytest

from tests.sources.snac import command, snac
from tests.sources.world import deletes, healths, posts, set_aside, until
from wall.sources.mastodon.source import Mastodon

pytestmark = [
    pytest.mark.peer,
    pytest.mark.skipif(command() is None, reason="snac is not installed; .ci/unpack-snac fetches it"),
]


class Fast(Mastodon):
    poll_seconds = sweep_seconds = boosts_seconds = (0.1, 0.2)
    longest_wait_seconds = 0.2


def clock():
    return datetime.now(UTC)


@pytest.fixture
async def server(tmp_path):
    async with snac(tmp_path, "alice", "bob") as server:
        yield server


async def test_posts_of_a_real_server_come_as_they_are_written(world, server):
    await server.write("alice", "Hello #PyConDE & friends")
    written = []

    async def meanwhile(events):
        if posts(events) and not written:
            written.append(await server.write("bob", "Later #pyconde\n\nin two lines #日本語"))

    events = await until(
        Fast(world(servers=server.address, now=clock)),
        lambda events: len(posts(events)) == 2,
        meanwhile=meanwhile,
    )

    first, second = posts(events)
    assert first.text == "Hello #PyConDE & friends"
    assert second.text == "Later #pyconde\n\nin two lines #日本語"
    assert [post.author.handle for post in (first, second)] == [f"alice@{server.host}", f"bob@{server.host}"]
    assert [tag.key for tag in second.tags] == ["pyconde", "日本語"]
    assert healths(events)[0] == ("healthy", f"Reading {server.host}.")


async def test_a_server_that_shows_no_single_posts_is_not_taken_to_have_deleted_them(world, server):
    await server.write("alice", "Hello #PyConDE")
    polled = 0

    async def meanwhile(events):
        nonlocal polled
        polled += 1

    events = await until(Fast(world(servers=server.address, now=clock, known=[])), posts)
    known = [post.uid for post in posts(events)]

    again = await until(
        Fast(world(servers=server.address, now=clock, known=known)),
        lambda events: posts(events) and polled > 100,
        meanwhile=meanwhile,
    )

    assert (deletes(again), set_aside(again)) == ([], [])


async def test_a_server_without_live_streams_says_so_and_posts_come(world, server):
    await server.write("alice", "Hello #PyConDE")

    events = await until(
        Fast(world(servers=server.address, now=clock, token="unknown")),
        lambda events: posts(events) and "live stream" in str(healths(events)),
    )

    assert f"{server.host} has no live stream (404)" in str(healths(events))
    assert len(posts(events)) == 1
