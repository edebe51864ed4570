"""What reads the words of chats and telephones, each with something whole to read."""

import json

from tests.attacks.bending import JsonReader
from tests.attacks.said import ADDRESS, WORDS, settings, source
from tests.sources.discords import GUILD, TALK, message, picture
from tests.sources.matrix_room import MIA as MIA_IN_MATRIX
from tests.sources.matrix_room import ROOM, edit, member
from tests.sources.matrix_room import message as room_message
from tests.sources.world import EVENT, NOW
from wall.core.source import SourceSettings
from wall.sources.discord.message import Reading as DiscordReading
from wall.sources.discord.message import parse_message as parse_discord
from wall.sources.discord.wire import read_frame as read_discord_frame
from wall.sources.discord.wire import read_session
from wall.sources.matrix.event import Member, parse_member
from wall.sources.matrix.event import Reading as RoomReading
from wall.sources.matrix.event import parse_message as parse_room_message
from wall.sources.payload import mapping
from wall.sources.slack.message import parse_event
from wall.sources.sms import parse as parse_sms
from wall.sources.telegram.message import parse_update

DISCORD = message(
    1,
    f"{WORDS} <@42> <#22> <:party:77> <t:1795341600:R> ||x||",
    edited_timestamp="2026-11-22T09:59:30+00:00",
    mentions=[{"id": "42", "username": "mia"}],
    mention_channels=[{"id": "9", "name": "far"}],
    attachments=[{**picture(ADDRESS, "a cat"), "filename": "SPOILER_cat.png", "width": 1, "height": 1}],
    embeds=[{"type": "image", "url": ADDRESS, "thumbnail": {"url": ADDRESS}}],
    sticker_items=[{"id": "1", "name": "x"}],
    member={"nick": "Mia from Bonn", "avatar": "x"},
    message_reference={"channel_id": TALK, "message_id": "5"},
    webhook_id="9",
)
MATRIX = [
    room_message(
        1,
        WORDS,
        format="org.matrix.custom.html",
        formatted_body=f"<p>{WORDS}</p>",
        **{"m.relates_to": {"m.in_reply_to": {"event_id": "$0"}}},
    ),
    room_message(
        2,
        "cat.png",
        msgtype="m.image",
        url="mxc://h.example/a",
        filename="cat.png",
        info={"mimetype": "image/png", "w": 1, "h": 1, "thumbnail_url": "mxc://h.example/b"},
    ),
    edit(3, 1, WORDS),
]
TELEGRAM = {
    "update_id": 1,
    "message": {
        "message_id": 1,
        "date": 1795341540,
        "edit_date": 1795341550,
        "chat": {"id": -1001234, "type": "supergroup", "title": "People", "username": "people"},
        "from": {"id": 42, "is_bot": False, "first_name": "Mia", "last_name": "M.", "username": "mia"},
        "sender_chat": {"id": -5, "type": "channel", "title": "News", "username": "news"},
        "text": WORDS,
        "entities": [
            {"type": "hashtag", "offset": 47, "length": 8},
            {"type": "text_link", "offset": 0, "length": 4, "url": ADDRESS},
            {"type": "spoiler", "offset": 2, "length": 5},
        ],
        "caption": WORDS,
        "caption_entities": [{"type": "bold", "offset": 0, "length": 4}],
        "reply_to_message": {"message_id": 5, "chat": {"id": -1001234, "type": "supergroup"}},
        "photo": [{"file_id": "a", "file_unique_id": "b", "width": 1, "height": 1}],
    },
}
SLACK = {
    "type": "message",
    "subtype": "message_changed",
    "channel": "C0123ABCD",
    "channel_type": "channel",
    "ts": "1355517523.000006",
    "message": {
        "type": "message",
        "user": "U061F7AUR",
        "text": f"{WORDS} <@U061F7AUR|mia> <https://x.example/a|x> :wave:",
        "ts": "1355517523.000005",
        "thread_ts": "1355517500.000005",
        "edited": {"user": "U061F7AUR", "ts": "1355517524.000000"},
        "user_profile": {"display_name": "Mia", "real_name": "Mia M.", "image_72": ADDRESS},
        "bot_id": "B1",
        "bot_profile": {"name": "Bot"},
        "username": "mia",
        "blocks": [
            {
                "type": "rich_text",
                "elements": [
                    {
                        "type": "rich_text_section",
                        "elements": [{"type": "emoji", "name": "wave", "unicode": "1f44b"}],
                    }
                ],
            }
        ],
    },
}
SMS = {
    "MessageSid": "SM" + "a" * 32,
    "From": "+14158675309",
    "Body": WORDS,
    "NumMedia": "1",
    "MediaUrl0": ADDRESS,
    "MediaContentType0": "image/png",
}


def read_discord(payload):
    reading = DiscordReading(
        event=EVENT, source=source("discord"), everything=False, channels={TALK: "talk"}, servers={TALK: GUILD}
    )
    return parse_discord(mapping(payload), reading, now=NOW)


def read_ready(payload):
    return read_session(payload, "wss://gateway.example/")


def read_rooms(payload):
    reading = RoomReading(
        room=ROOM,
        event=EVENT,
        source=source("matrix"),
        everything=False,
        picture=lambda server, media: f"https://h.example/{server}/{media}",
        bridges=(),
    )
    people = {MIA_IN_MATRIX: Member(name="Mia", avatar="mxc://h.example/face")}
    said = payload if isinstance(payload, list) else [payload]
    return [parse_room_message(mapping(one), people, reading, now=NOW) for one in said]


def read_telegram(payload):
    given = {"chats": frozenset(), "everything": True, "source": source("telegram")}
    return parse_update(mapping(payload), **given, event=EVENT, now=NOW)


def read_text(payload):
    """A form's fields are texts and nothing else, and its bytes are UTF-8."""
    said = {
        name: value.encode("utf-8", "replace").decode()
        for name, value in mapping(payload).items()
        if isinstance(value, str)
    }
    return parse_sms(said, SourceSettings(id="one", kind="sms", options={"token": "x"}), EVENT, NOW)


def read_slack(payload):
    return parse_event(payload, settings("slack"), EVENT, NOW)


def read_gateway(payload):
    return read_discord_frame(json.dumps(payload))


def read_member(payload):
    return parse_member(mapping(payload))


READERS = [
    JsonReader(read_discord, DISCORD),
    JsonReader(read_gateway, {"op": 0, "s": 5, "t": "MESSAGE_CREATE", "d": {"id": "1"}}),
    JsonReader(read_ready, {"session_id": "x", "resume_gateway_url": "wss://g.example"}),
    JsonReader(read_rooms, MATRIX),
    JsonReader(read_member, member()),
    JsonReader(read_telegram, TELEGRAM),
    JsonReader(read_slack, SLACK),
    JsonReader(read_text, SMS),
]
