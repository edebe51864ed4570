import json

import pytest

from tests.sources.discords import GUILD, TALK, TOKEN, discord_server, message
from tests.sources.world import deletes, healths, last_position, once, posts, until
from wall.errors import InvalidInput, SourceError
from wall.sources.discord import wire
from wall.sources.discord.source import Discord


@pytest.fixture
async def server():
    async with discord_server(message(1)) as server:
        yield server


@pytest.fixture
def make(world, server):
    def make(*, known=(), **options):
        class NearDiscord(Discord):
            api = server.address
            pause_seconds = (0.01, 0.02)

        return NearDiscord(world(known=known, **{"token": TOKEN, "channels": TALK} | options))

    return make


def texts(events):
    return [post.text for post in posts(events)]


def saying(words):
    return lambda events: words in texts(events)


async def test_it_asks_for_what_it_needs_and_no_more(make, server):
    await until(make(), healths)

    (said,) = server.said(wire.IDENTIFY)
    assert said["token"] == TOKEN
    assert said["intents"] == 33281  # GUILDS, GUILD_MESSAGES and MESSAGE_CONTENT
    assert ("connected", {"v": "10", "encoding": "json"}) in server.asked


async def test_a_broken_connection_is_gone_on_with_and_nothing_is_read_twice(make, server):
    async def break_off():
        await server.sockets[0].close(1011)

    async def meanwhile(events):
        await breaking(events)
        if server.said(wire.RESUME) and server.sockets:
            await later(events)

    breaking = once(healths, break_off)
    later = once(healths, lambda: server.write(message(2, "Later #PyConDE")))

    events = await until(make(), saying("Later #PyConDE"), meanwhile=meanwhile)

    assert server.said(wire.RESUME)[0] == {"token": TOKEN, "session_id": "abc", "seq": 1}
    assert len(server.said(wire.IDENTIFY)) == 1
    assert texts(events) == ["Hello #PyConDE", "Later #PyConDE"]


async def test_it_moves_when_discord_asks_for_it(make, server):
    asking = once(healths, lambda: server.say({"op": wire.RECONNECT, "d": None, "s": None, "t": None}))

    await until(make(), lambda _: server.said(wire.RESUME), meanwhile=asking)

    assert len(server.said(wire.IDENTIFY)) == 1


async def test_a_session_that_ended_begins_anew_and_what_was_missed_is_read(make, server):
    server.resumable = False

    async def forget():
        server.log.append(message(2, "Missed #PyConDE"))
        await server.sockets[0].close(4000)

    events = await until(make(), saying("Missed #PyConDE"), meanwhile=once(healths, forget))

    assert len(server.said(wire.IDENTIFY)) == 2
    assert texts(events) == ["Hello #PyConDE", "Missed #PyConDE"]


async def test_a_connection_on_which_nobody_answers_is_left_for_another(make, server):
    server.deaf = True

    await until(make(), lambda _: server.said(wire.RESUME))


async def test_beats_tell_how_far_it_heard(make, server):
    await until(make(), lambda _: 1 in server.said(wire.BEAT))


async def test_a_beat_that_is_asked_for_comes_at_once(make, server):
    asking = once(healths, lambda: server.say({"op": wire.BEAT, "d": None, "s": None, "t": None}))
    beats = []

    async def meanwhile(events):
        beats.append(len(server.said(wire.BEAT)))
        await asking(events)

    await until(make(), lambda _: beats and beats[-1] > 2, meanwhile=meanwhile)


@pytest.mark.parametrize(
    ("code", "words"),
    [
        (4004, "does not accept the bot's token"),
        (4011, "too many servers"),
        (4013, "4013"),
        (4014, "Message Content Intent"),
    ],
)
async def test_a_refusal_says_what_is_missing_and_where_to_get_it(make, server, code, words):
    server.closing = code

    with pytest.raises(SourceError, match=words) as refusal:
        await until(make(), healths)

    assert refusal.value.permanent


async def test_a_wrong_token_is_told_before_anything_else(make):
    with pytest.raises(SourceError, match="token") as refusal:
        await until(make(token="x" * 40), healths)

    assert refusal.value.permanent


async def test_a_bot_that_is_in_no_channel_says_how_it_is_invited(make):
    with pytest.raises(SourceError, match="URL Generator") as refusal:
        await until(make(channels="99"), healths)

    assert refusal.value.permanent


async def test_one_channel_that_cannot_be_read_does_not_stop_the_others(make):
    events = await until(make(channels=f"{TALK} 99"), healths)

    assert healths(events)[0][0] == "degraded"
    assert "#talk" in healths(events)[0][1]
    assert "99: There is no such channel" in healths(events)[0][1]


async def test_more_than_a_page_that_was_missed_is_read_in_order(make, server):
    position = json.dumps({"at": {TALK: "1001"}})
    server.log += [message(number, f"Number {number} #PyConDE") for number in range(2, 255)]

    events = await until(make(), healths, position)

    assert texts(events) == [f"Number {number} #PyConDE" for number in range(2, 255)]
    assert json.loads(last_position(events)) == {"at": {TALK: "1254"}}


async def test_what_was_deleted_while_nobody_listened_leaves_the_wall(make, server):
    known = [f"discord:{TALK}/1001", f"discord:{TALK}/1000", "discord:77/1"]

    events = await until(make(known=known), healths)

    assert [one.uid for one in deletes(events)] == [f"discord:{TALK}/1000"]


async def test_what_is_older_than_the_newest_page_is_not_taken_for_deleted(make, server):
    server.log = [message(number) for number in range(10, 120)]

    events = await until(make(known=[f"discord:{TALK}/1011"]), healths)

    assert deletes(events) == []


async def test_many_messages_are_deleted_at_once(make, server):
    told = {"ids": ["1001", "1002", "x"], "channel_id": TALK, "guild_id": GUILD}

    events = await until(
        make(), deletes, meanwhile=once(healths, lambda: server.tell("MESSAGE_DELETE_BULK", told))
    )

    assert [one.uid for one in deletes(events)] == [f"discord:{TALK}/1001", f"discord:{TALK}/1002"]


async def test_other_channels_of_the_server_are_none_of_ours(make, server):
    async def write():
        await server.write(message(7, channel_id="33"), message(8, "Ours #PyConDE"))

    events = await until(make(), saying("Ours #PyConDE"), meanwhile=once(healths, write))

    assert texts(events) == ["Hello #PyConDE", "Ours #PyConDE"]


async def test_a_preview_that_discord_adds_is_no_edit(make, server):
    async def preview():
        await server.tell("MESSAGE_UPDATE", {"id": "1001", "channel_id": TALK, "embeds": [{}]})
        await server.tell("MESSAGE_UPDATE", message(1, embeds=[{}]))
        await server.write(message(8, "After #PyConDE"))

    events = await until(make(), saying("After #PyConDE"), meanwhile=once(healths, preview))

    assert texts(events) == ["Hello #PyConDE", "After #PyConDE"]


async def test_a_bot_that_was_thrown_out_says_so(make, server):
    throwing_out = once(healths, lambda: server.tell("GUILD_DELETE", {"id": GUILD}))

    with pytest.raises(SourceError, match="removed from the server"):
        await until(make(), lambda _: False, meanwhile=throwing_out)


async def test_the_whole_channel_is_taken_where_that_is_wanted(make, server):
    server.log = [message(1, "Lunch?")]

    (post,) = posts(await until(make(everything="yes"), healths))

    assert [(tag.raw, tag.where) for tag in post.tags] == [("PyConDE", "sent")]


@pytest.mark.parametrize(
    ("options", "field"),
    [
        ({"token": "short", "channels": "22"}, "token"),
        ({"token": TOKEN, "channels": ""}, "channels"),
        ({"token": TOKEN, "channels": "#talk"}, "channels"),
        ({"token": TOKEN, "channels": " ".join(map(str, range(21)))}, "channels"),
        ({"token": TOKEN, "channels": "22", "everything": "some"}, "everything"),
    ],
)
def test_options_that_cannot_be_used_are_refused_by_name(options, field):
    with pytest.raises(InvalidInput) as refusal:
        Discord.check(options)

    assert refusal.value.field == field


def test_channels_are_named_by_address_or_number():
    typed = "https://discord.com/channels/11/22, 33 https://ptb.discord.com/channels/11/44/"

    assert Discord.check({"token": f"Bot {TOKEN}", "channels": typed})["channels"] == "22 33 44"
