import pytest

from tests.sources.misskeys import misskey, note, refused
from tests.sources.peers.misskey import FastMisskey
from tests.sources.world import deletes, healths, posts, set_aside, until
from wall.core.source import SourceSettings
from wall.errors import InvalidInput
from wall.sources.base import Delete
from wall.sources.misskey.source import Misskey


class Listening(Misskey):
    """One that polls once, and then hears by its stream alone."""

    poll_seconds = sweep_seconds = (3600.0, 3600.0)
    longest_wait_seconds = 0.1


@pytest.fixture
async def server():
    async with misskey(note(1)) as server:
        yield server


@pytest.fixture
def source(world, server):
    return Listening(world(servers=server.address))


def once_there(act):
    left = [act]

    async def meanwhile(events):
        if left and posts(events):
            await left.pop()()

    return meanwhile


async def test_the_stream_is_asked_for_each_hashtag(server, source):
    await until(source, lambda _: server.said)

    assert server.said[0] == {
        "type": "connect",
        "body": {"channel": "hashtag", "id": "wall", "params": {"q": [["pyconde"]]}},
    }


async def test_what_is_written_later_comes_by_stream_and_is_followed_from_then_on(server, source):
    later = note(9, "Later #PyConDE")

    async def write():
        await server.tell_of(later)

    events = await until(source, lambda _: len(server.said) > 1, meanwhile=once_there(write))

    assert posts(events)[-1].text == "Later #PyConDE"
    assert server.said[1] == {"type": "subNote", "body": {"id": later["id"]}}


async def test_a_delete_comes_by_stream(server, source):
    async def delete():
        await server.tell({"type": "noteUpdated", "body": {"id": "a000001", "type": "deleted", "body": {}}})

    events = await until(source, deletes, meanwhile=once_there(delete))

    assert deletes(events) == [Delete(posts(events)[0].uid)]


async def test_an_edit_told_by_stream_is_looked_up(server, source):
    async def edit():
        server.notes["a000001"] = note(1, "Better #PyConDE", updatedAt="2026-11-22T09:59:30.000Z")
        await server.tell({"type": "noteUpdated", "body": {"id": "a000001", "type": "updated", "body": {}}})

    events = await until(source, lambda events: len(posts(events)) > 1, meanwhile=once_there(edit))

    assert posts(events)[-1].text == "Better #PyConDE"


async def test_what_is_no_longer_for_everybody_is_deleted(server, source):
    async def hide():
        server.notes["a000001"] = note(1, visibility="followers")
        await server.tell({"type": "noteUpdated", "body": {"id": "a000001", "type": "updated", "body": {}}})

    events = await until(source, deletes, meanwhile=once_there(hide))

    assert deletes(events) == [Delete(posts(events)[0].uid)]


@pytest.mark.parametrize("frame", ["{", "[]", "7", '{"type": "channel"}', '{"type": "noteUpdated", "body": 7}'])
async def test_a_frame_that_says_nothing_does_no_harm(server, source, frame):
    async def babble():
        await server.tell(frame)
        await server.tell_of(note(9, "Later #PyConDE"))

    events = await until(source, lambda events: len(posts(events)) > 1, meanwhile=once_there(babble))

    assert len(set_aside(events)) == (frame == "{")


@pytest.mark.parametrize("missing", [refused(400, "NO_SUCH_NOTE"), refused(404, "NO_SUCH_NOTE"), refused(410, "")])
async def test_a_note_that_is_gone_is_missed_however_the_server_puts_it(world, server, missing):
    server.missing = missing
    uid = f"ap:{server.address}/notes/a000001"

    async def delete():
        del server.notes["a000001"]

    source = FastMisskey(world(servers=server.address, known=[uid]))
    events = await until(source, deletes, meanwhile=once_there(delete))

    assert deletes(events)[0] == Delete(uid)


@pytest.mark.parametrize(
    "hidden", [refused(400, "SIGNIN_REQUIRED"), refused(404, "UNKNOWN_API_ENDPOINT"), refused(500, "INTERNAL")]
)
async def test_a_note_that_is_only_not_shown_to_us_is_not_taken_for_deleted(world, server, hidden):
    server.answers["show"] = hidden
    uid = f"ap:{server.address}/notes/a000001"

    def looked_twice(_):
        return sum("noteId" in one for one in server.asked) > 1

    events = await until(FastMisskey(world(servers=server.address, known=[uid])), looked_twice)

    assert deletes(events) == []


async def test_a_server_without_a_stream_is_read_all_the_same_and_that_is_told(world, server):
    server.streams = False

    def told(events):
        return posts(events) and [state for state, _ in healths(events) if state == "degraded"]

    events = await until(FastMisskey(world(servers=server.address)), told)

    assert "no live stream" in healths(events)[-1][1]


async def test_many_notes_are_read_page_by_page(world, server):
    server.notes = {one["id"]: one for one in (note(number) for number in range(100))}

    events = await until(Listening(world(servers=server.address)), lambda events: len(posts(events)) == 100)

    assert len({post.uid for post in posts(events)}) == 100


def test_without_a_server_it_is_refused():
    with pytest.raises(InvalidInput) as refusal:
        Misskey.check({"servers": " "})

    assert refusal.value.field == "servers"


def test_an_account_is_the_same_person_as_on_mastodon():
    assert Misskey.known_as("@Mia@mk.example", SourceSettings(id="one", kind="misskey")) == (
        "acct:mia@mk.example",
    )
