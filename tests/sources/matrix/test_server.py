"""A real server of Matrix: what is recorded and scripted elsewhere is true there."""

import pytest

from tests.pictures import plain
from tests.sources import synapse
from tests.sources.world import deletes, healths, last_position, posts, until
from wall.errors import SourceError
from wall.sources.matrix.source import Matrix

pytestmark = [
    pytest.mark.peer,
    pytest.mark.skipif(synapse.PROGRAM is None, reason="Synapse is not installed; .ci/set-up synapse does it"),
]


@pytest.fixture
async def server(tmp_path):
    async with synapse.synapse(tmp_path) as server:
        yield server


async def test_a_room_is_read_from_its_first_message_to_what_was_taken_back(world, server):
    mia, wall = await server.register("mia"), await server.register("wall")
    await mia.ask("PUT", "/_matrix/client/v3/profile/@mia:localhost/displayname", {"displayname": "Mïa"})
    body = {"preset": "public_chat", "room_alias_name": "pyconde"}
    room = (await mia.ask("POST", "/_matrix/client/v3/createRoom", body))["room_id"]
    context = world(server=server.address, room="#pyconde:localhost", token=wall.token)
    first = await mia.say(room, "Hello #PyConDE")
    began = await until(Matrix(context), posts)

    await mia.say(room, "* Newer #PyConDE", **newer(first, "Newer #PyConDE"))
    for number in range(120):
        await mia.say(room, f"{number} #PyConDE")
    uploaded = await mia.client.post(
        "/_matrix/media/v3/upload",
        content=plain(),
        headers={"authorization": f"Bearer {mia.token}", "content-type": "image/png"},
    )
    await mia.say(room, "Stage #PyConDE", msgtype="m.image", url=uploaded.json()["content_uri"])
    await mia.redact(room, first)
    went_on = await until(Matrix(context), deletes, last_position(began))

    assert [post.text for post in posts(began)] == ["Hello #PyConDE"]
    assert posts(began)[0].author.name == "Mïa"
    assert [post.text for post in posts(went_on)][-121:] == [
        *(f"{number} #PyConDE" for number in range(120)),
        "Stage #PyConDE",
    ]
    assert deletes(went_on)[0].uid == posts(began)[0].uid
    picture = posts(went_on)[-1].media[0].url
    assert (await context.fetch.get(picture, accept=("image/",))).body == plain()


async def test_an_encrypted_room_and_a_wrong_token_are_said(world, server):
    mia = await server.register("mia")
    secret = {"type": "m.room.encryption", "state_key": "", "content": {"algorithm": "m.megolm.v1.aes-sha2"}}
    room = (await mia.ask("POST", "/_matrix/client/v3/createRoom", {"initial_state": [secret]}))["room_id"]

    with pytest.raises(SourceError, match="encrypted room cannot be read"):
        await until(Matrix(world(server=server.address, room=room, token=mia.token)), healths)
    with pytest.raises(SourceError, match="does not accept the access token"):
        await until(Matrix(world(server=server.address, room=room, token="wrong")), healths)


def newer(event, body):
    relation = {"rel_type": "m.replace", "event_id": event}
    return {"m.new_content": {"msgtype": "m.text", "body": body}, "m.relates_to": relation}
