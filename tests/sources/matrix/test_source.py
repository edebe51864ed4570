import pytest
from starlette.responses import JSONResponse

from tests.sources.matrix_room import (
    ALIAS,
    MIA,
    PAGE,
    ROOM,
    TOKEN,
    ZED,
    edit,
    homeserver,
    member,
    message,
    redaction,
)
from tests.sources.world import CONTINUED, deletes, healths, last_position, once, posts, set_aside, until
from wall.core.source import SourceSettings
from wall.errors import InvalidInput, SourceError
from wall.sources.matrix.source import Matrix

GIVEN = {"server": "matrix.example.org", "room": ALIAS, "token": TOKEN}


class FastMatrix(Matrix):
    pause_seconds = 0.01


def reading(world, server, **options):
    return FastMatrix(world(**{"server": server.address, "room": ALIAS, "token": TOKEN, **options}))


def texts(events):
    return [post.text for post in posts(events)]


async def refusal(world, server, **options):
    with pytest.raises(SourceError) as refused:
        await until(reading(world, server, **options), healths)
    return refused.value


async def test_what_was_said_in_a_pause_longer_than_one_answer_is_read_whole(world):
    async with homeserver(message(0, "Before #PyConDE")) as server:
        first = await until(reading(world, server), posts)
        server.log += [message(number, f"{number} #PyConDE") for number in range(1, 60)]

        second = await until(reading(world, server), posts, last_position(first))

    assert texts(second) == [f"{number} #PyConDE" for number in range(1, 60)]
    assert len(server.asked("messages")) == 4


async def test_a_newcomer_is_not_told_of_all_that_ever_was(world):
    async with homeserver(*(message(number) for number in range(60))) as server:
        events = await until(reading(world, server), posts)

    assert len(posts(events)) == 20
    assert server.asked("messages") == []


async def test_newer_words_of_an_old_message_are_those_of_its_author_only(world):
    async with homeserver(message(1)) as server:
        position = last_position(await until(reading(world, server), posts))
        server.log += [edit(2, 1, "Spam #PyConDE", sender=ZED), edit(3, 1, "Newer #PyConDE")]

        events = await until(reading(world, server), posts, position)

    assert texts(events) == ["Newer #PyConDE"]
    assert [one.reason for one in set_aside(events)] == ["Somebody else tried to change a message."]


async def test_what_was_redacted_while_away_is_told(world):
    async with homeserver(message(1)) as server:
        first = await until(reading(world, server), posts)
        server.log.append(redaction(2, 1))

        events = await until(reading(world, server), deletes, last_position(first))

    assert deletes(events)[0].uid == posts(first)[0].uid


async def test_a_new_name_is_heard_of(world):
    async with homeserver(message(1)) as server:

        def rename():
            server.log += [member(MIA, "Mia of the morning"), message(2, "Again #PyConDE")]

        events = await until(
            reading(world, server), lambda events: len(posts(events)) == 2, meanwhile=once(posts, rename)
        )

    assert [post.author.name for post in posts(events)] == ["Mia", "Mia of the morning"]


async def test_a_place_that_the_server_has_forgotten_is_no_obstacle(world):
    async with homeserver(message(1)) as server:
        server.forgotten = True

        events = await until(reading(world, server), posts, '{"since": "s0"}')

    assert texts(events) == ["Hello #PyConDE"]


async def test_a_whole_room_can_belong_to_the_event(world):
    async with homeserver(message(1, "Lunch?")) as server:
        assert texts(await until(reading(world, server, everything="yes"), posts)) == ["Lunch?"]


async def test_a_picture_is_asked_for_with_the_token_and_nothing_else_is(world):
    context = world(server="x")
    picture = message(1, "Stage #PyConDE", msgtype="m.image", url="mxc://home.example/abc")
    async with homeserver(picture) as server:
        server.pictures = {"abc": b"one", "other": b"two"}
        (post,) = posts(await until(reading(world, server), posts))

        url = post.media[0].url
        got = await context.fetch.get(url)
        with pytest.raises(SourceError) as refused:
            await context.fetch.get(url.replace("abc", "other"))

    assert got.body == b"one"
    assert TOKEN not in url
    assert refused.value.status == 401


async def test_a_wrong_token_is_said_with_what_to_do(world):
    async with homeserver() as server:
        error = await refusal(world, server, token="wrong")

    assert error.permanent
    assert "does not accept the access token" in error.message
    assert "Sign in with the account again" in error.message


@pytest.mark.parametrize(
    ("body", "headers", "seconds"),
    [
        ({"errcode": "M_LIMIT_EXCEEDED", "retry_after_ms": 1200}, {}, 2),
        ({"errcode": "M_LIMIT_EXCEEDED"}, {"retry-after": "7"}, 7),
        ({"errcode": "M_LIMIT_EXCEEDED", "retry_after_ms": -1}, {}, None),
        ({"errcode": "M_LIMIT_EXCEEDED", "retry_after_ms": "soon"}, {"retry-after": "later"}, None),
    ],
)
async def test_the_wait_a_server_asks_for_is_passed_on(world, body, headers, seconds):
    async with homeserver() as server:
        server.answers["sync"] = JSONResponse(body, status_code=429, headers=headers)
        error = await refusal(world, server)

    assert (error.permanent, error.retry_after) == (False, seconds)


async def test_a_room_that_there_is_not_is_said(world):
    async with homeserver() as server:
        error = await refusal(world, server, room="#other:home.example")

    assert (error.permanent, error.message) == (True, "There is no room #other:home.example.")


async def test_an_invitation_is_accepted(world):
    async with homeserver(message(1)) as server:
        server.joined, server.invited = [], True

        events = await until(reading(world, server), posts)

    assert texts(events) == ["Hello #PyConDE"]


async def test_a_room_that_the_account_may_not_join_is_said(world):
    async with homeserver() as server:
        server.joined = []
        error = await refusal(world, server)

    assert error.permanent
    assert "invite it there" in error.message


async def test_an_encrypted_room_cannot_be_read(world):
    async with homeserver() as server:
        server.answers["encryption"] = JSONResponse({"algorithm": "m.megolm.v1.aes-sha2"})
        error = await refusal(world, server)

    assert error.permanent
    assert "encrypted room cannot be read" in error.message


@pytest.mark.parametrize("kind", ["m.room.encrypted", "m.room.encryption"])
async def test_a_room_that_becomes_encrypted_is_said(world, kind):
    async with homeserver({**message(1), "type": kind, "state_key": ""}) as server:
        error = await refusal(world, server)

    assert "encrypted room cannot be read" in error.message


@pytest.mark.parametrize("part", ["directory", "joined", "sync"])
async def test_a_page_in_place_of_any_answer_is_trouble_that_may_pass(world, part):
    async with homeserver(message(1)) as server:
        server.answers[part] = PAGE
        error = await refusal(world, server)

    assert not error.permanent


@pytest.mark.parametrize(
    "answer",
    [
        {},
        [],
        {"next_batch": 5},
        {"next_batch": "s" * 5000},
        {"next_batch": "", "rooms": 5},
    ],
)
async def test_an_answer_of_another_shape_is_trouble_in_words(world, answer):
    async with homeserver() as server:
        server.answers["sync"] = JSONResponse(answer)
        error = await refusal(world, server)

    assert "does not answer as a server of Matrix" in error.message


@pytest.mark.parametrize(
    "room", [5, {"timeline": []}, {"timeline": {"events": {"a": 1}}}, {"timeline": {"events": [5, None, {}]}}]
)
async def test_a_room_of_another_shape_has_no_messages(world, room):
    async with homeserver() as server:
        server.answers["sync"] = JSONResponse({"next_batch": "s1", "rooms": {"join": {ROOM: room}}})

        events = await until(reading(world, server), healths)

    assert posts(events) == []


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("server", ""),
        ("server", "a.example b.example"),
        ("server", "http://matrix.example.org"),
        ("room", ""),
        ("room", "pyconde"),
        ("room", "#a b:c"),
        ("room", "#../../x:c"),
        ("token", ""),
        ("token", "two words"),
        ("token", "tökén"),
        ("token", "x" * 5000),
        ("everything", "perhaps"),
    ],
)
def test_what_cannot_be_used_is_refused_by_name(field, value):
    with pytest.raises(InvalidInput) as refused:
        Matrix.check({**GIVEN, field: value})

    assert refused.value.field == field


def test_what_is_checked_is_checked_to_the_same():
    assert Matrix.check(Matrix.check(GIVEN)) == Matrix.check(GIVEN)


def test_a_handle_is_a_whole_name():
    settings = SourceSettings(id="one", kind="matrix")

    assert Matrix.known_as(" @mia:home.example", settings) == ("mxid:@mia:home.example",)
    with pytest.raises(InvalidInput):
        Matrix.known_as("mia", settings)


async def test_answers_may_go_on_from_a_message_if_the_event_says_so(world):
    relation = {"m.in_reply_to": {"event_id": "$1"}}
    said = [message(1), message(2, "And more", **{"m.relates_to": relation}), message(3, "Lunch?"), message(4)]
    async with homeserver(*said) as server:
        events = await until(reading(world, server, event=CONTINUED, everything="no"), posts)

    assert texts(events) == ["Hello #PyConDE", "And more", "Hello #PyConDE"]
