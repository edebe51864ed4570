import pytest
from starlette.responses import Response

from tests.sources.botserver import TOKEN, bot_server, refused
from tests.sources.telegram.test_message import message
from tests.sources.world import healths, last_position, posts, until
from wall.core.source import SourceSettings
from wall.errors import InvalidInput, SourceError
from wall.sources.telegram.source import Telegram


@pytest.fixture
async def server():
    async with bot_server() as server:
        yield server


@pytest.fixture
def source(world, server):
    class NearTelegram(Telegram):
        api = server.address

    return NearTelegram(world(token=TOKEN))


async def refusal_of(source):
    with pytest.raises(SourceError) as error:
        await until(source, lambda _: False)
    return error.value


async def test_telegram_is_told_what_was_taken_in_only_after_that(server, source):
    server.updates = [{"update_id": 7, "message": message()}]

    events = await until(source, lambda events: posts(events) and len(server.offsets) > 1)

    assert last_position(events) == "8"
    assert server.offsets[:2] == [None, "8"]
    assert server.updates == []


async def test_a_position_is_gone_on_from(server, source):
    server.updates = [{"update_id": 7, "message": message(1)}, {"update_id": 8, "message": message(2)}]

    events = await until(source, posts, "8")

    assert [post.uid for post in posts(events)] == ["telegram:-1001234/2"]


async def test_privacy_mode_is_told_in_words(server, source):
    server.bot["can_read_all_group_messages"] = False

    ((state, words),) = healths(await until(source, healths))

    assert state == "healthy"
    assert "@wall_bot" in words
    assert "/setprivacy" in words


@pytest.mark.parametrize(
    ("status", "description", "words"),
    [
        (401, "Unauthorized", "BotFather"),
        (404, "Not Found", "BotFather"),
        (409, "Conflict: can't use getUpdates method while webhook is active", "webhook of another program"),
        (409, "Conflict: terminated by other getUpdates request", "Another program reads"),
        (400, "Bad Request", "refuses"),
    ],
)
async def test_a_refusal_that_lasts_says_what_to_do_and_nothing_of_the_token(
    server, source, status, description, words
):
    server.answer = refused(status, description)

    error = await refusal_of(source)

    assert error.permanent
    assert words in error.message
    assert TOKEN.partition(":")[2] not in error.message


async def test_the_wait_that_telegram_asks_for_is_passed_on(server, source):
    server.answer = refused(429, "Too Many Requests: retry after 12", retry_after=12)

    error = await refusal_of(source)

    assert (error.permanent, error.retry_after) == (False, 12)


@pytest.mark.parametrize(
    "body", ["nonsense", "[]", "{}", '{"ok": true, "result": [{}]}', '{"ok": true, "result": 7}']
)
async def test_an_answer_that_is_none_tells_nothing_of_the_token(server, source, body):
    server.answer = Response(body, media_type="application/json")

    error = await refusal_of(source)

    assert not error.permanent
    assert TOKEN not in error.message


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"token": ""}, "token"),
        ({"token": "123456:short"}, "token"),
        ({"token": f"{TOKEN}/../x"}, "token"),
        ({"chats": "PyCon people"}, "chats"),
        ({"everything": "maybe"}, "everything"),
    ],
)
def test_options_that_cannot_be_used_are_refused_by_name(change, field):
    with pytest.raises(InvalidInput) as refused:
        Telegram.check({"token": TOKEN} | change)

    assert refused.value.field == field


def test_groups_are_named_as_people_type_them():
    assert Telegram.check({"token": TOKEN, "chats": "@PyConPeople, -1001234"})["chats"] == "@pyconpeople -1001234"


def test_people_are_known_by_their_number():
    settings = SourceSettings(id="one", kind="telegram")

    assert Telegram.known_as(" 42 ", settings) == ("telegram:42",)
    with pytest.raises(InvalidInput):
        Telegram.known_as("@mia", settings)
