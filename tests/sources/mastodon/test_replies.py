import pytest

from tests.sources.fediverse import fediverse, status
from tests.sources.misskeys import misskey, note
from tests.sources.world import CONTINUED, healths, posts, until
from wall.sources.mastodon.source import Mastodon
from wall.sources.misskey.source import Misskey

EAGER = {"poll_seconds": (0.02, 0.03), "replies_seconds": (0.02, 0.03)}
EagerMastodon = type("EagerMastodon", (Mastodon,), EAGER)
EagerMisskey = type("EagerMisskey", (Misskey,), EAGER)


def answer(number, to, text, **fields):
    return status(number, text, tags=[], in_reply_to_id=f"{to:06}", **fields)


def contexts(server):
    return [request for request in server.requests if request.endswith("/context")]


@pytest.fixture
async def server():
    """A server on which Mia has gone on twice from her post, whose timeline shows that post alone."""
    async with fediverse(status(1, replies_count=0), status(2)) as server:
        server.below["000001"] = [answer(3, 1, "And more"), answer(4, 3, "And yet more")]
        yield server


async def test_what_an_author_adds_is_looked_for_once_replies_are_counted(world, server):
    def count(events):
        if posts(events):
            server.statuses["000001"]["replies_count"] = 2

    source = EagerMastodon(world(servers=server.address, event=CONTINUED))
    events = await until(source, lambda events: len(posts(events)) == 4, meanwhile=once_counted(count))

    more, yet_more = posts(events)[2:]
    assert (more.text, yet_more.text) == ("And more", "And yet more")
    assert (more.reply_to, yet_more.reply_to) == (posts(events)[0].uid, more.uid)
    assert contexts(server) == ["/api/v1/statuses/000001/context"]


def once_counted(count):
    async def meanwhile(events):
        count(events)

    return meanwhile


async def test_who_does_not_show_replies_is_asked_once(world, server):
    server.statuses["000002"]["replies_count"] = 1
    source = EagerMastodon(world(servers=server.address, event=CONTINUED))

    await until(source, lambda _: contexts(server) and len(server.requests) > 20)

    assert contexts(server) == ["/api/v1/statuses/000002/context"]


@pytest.mark.parametrize("field", ["event", "age"])
async def test_nobody_is_asked_for_replies_that_do_not_count(world, server, field):
    old = {"created_at": "2026-11-22T09:30:00.000Z"} if field == "age" else {}
    server.statuses["000001"] |= {"replies_count": 2, **old}
    event = {"event": CONTINUED} if field == "age" else {}

    await until(EagerMastodon(world(servers=server.address, **event)), lambda _: len(server.requests) > 20)

    assert contexts(server) == []


async def test_misskey_is_asked_for_replies_too(world):
    async with misskey(note(1, repliesCount=1)) as server:
        server.below = [note(2, "And more", tags=[], replyId="a000001", repliesCount=1)]
        server.below += [note(3, "And yet more", tags=[], replyId="a000002")]

        source = EagerMisskey(world(servers=server.address, event=CONTINUED))
        events = await until(source, lambda events: len(posts(events)) == 3 and healths(events))

    assert [post.text for post in posts(events)] == ["Hello #PyConDE", "And more", "And yet more"]
    assert [post.reply_to for post in posts(events)[1:]] == [post.uid for post in posts(events)[:2]]
