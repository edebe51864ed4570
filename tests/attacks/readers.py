"""What reads the words of networks, each with something whole to read: every field that it looks at is filled."""

import json
from datetime import date

from tests.attacks.bending import JsonReader
from tests.sources.discords import GUILD, TALK, message, picture
from tests.sources.fediverse import status
from tests.sources.matrix_room import MIA as MIA_IN_MATRIX
from tests.sources.matrix_room import ROOM, edit, member
from tests.sources.matrix_room import message as room_message
from tests.sources.misskeys import MIA as MIA_IN_MISSKEY
from tests.sources.misskeys import note
from tests.sources.relay import MIA as MIA_IN_NOSTR
from tests.sources.skies import MIA as MIA_IN_SKY
from tests.sources.skies import profile, record, tag
from tests.sources.threadserver import thread
from tests.sources.world import EVENT, FIXTURES, NOW
from tests.sources.xserver import MIA as MIA_AT_X
from tests.sources.xserver import post as x_post
from wall.core.post import SourceRef
from wall.core.source import SourceSettings
from wall.sources import webhook
from wall.sources.bluesky.profile import parse_profile as parse_sky_profile
from wall.sources.bluesky.record import parse_record
from wall.sources.bluesky.wire import read_frame as read_sky_frame
from wall.sources.discord.message import Reading as DiscordReading
from wall.sources.discord.message import parse_message as parse_discord
from wall.sources.discord.wire import read_frame as read_discord_frame
from wall.sources.discord.wire import read_session
from wall.sources.feed.entry import parse_entry, parse_json, parse_xml
from wall.sources.mastodon.status import parse_status
from wall.sources.matrix.event import Member, parse_member
from wall.sources.matrix.event import Reading as RoomReading
from wall.sources.matrix.event import parse_message as parse_room_message
from wall.sources.misskey.note import parse_note as parse_misskey
from wall.sources.nostr.event import NostrEvent, verified
from wall.sources.nostr.note import parse_note as parse_nostr
from wall.sources.nostr.profile import parse_profile as parse_nostr_profile
from wall.sources.payload import mapping, string, strings
from wall.sources.programme import read as read_programme
from wall.sources.replay import parse_line
from wall.sources.replay import parse_post as parse_replayed
from wall.sources.slack.message import parse_event
from wall.sources.sms import parse as parse_sms
from wall.sources.telegram.message import parse_update
from wall.sources.threads_search.post import parse_found
from wall.sources.x.post import parse_post as parse_x
from wall.sources.x.post import read_page

WORDS = "Look @mia <b>here</b> https://x.example/a :cat: #PyConDE"
ADDRESS = "https://x.example/a"
DAYS = {"first": date(2026, 6, 12), "last": date(2026, 6, 13)}


def source(kind):
    return SourceRef(id="one", kind=kind)


def settings(kind):
    return SourceSettings(id="one", kind=kind, options={})


# Mastodon, Misskey

STATUS = status(1, WORDS) | {
    "edited_at": "2026-11-22T09:59:30.000Z",
    "spoiler_text": "cats",
    "sensitive": True,
    "language": "de",
    "in_reply_to_id": "5",
    "in_reply_to_account_id": "6",
    "reblogs_count": 3,
    "tags": [{"name": "PyConDE", "url": ADDRESS}],
    "mentions": [{"id": "7", "username": "mia", "acct": "mia", "url": ADDRESS}],
    "emojis": [{"shortcode": "cat", "url": ADDRESS, "static_url": ADDRESS}],
    "media_attachments": [
        {"type": "image", "url": ADDRESS, "preview_url": ADDRESS, "remote_url": ADDRESS, "description": "a cat"}
    ],
}
NOTE = note(
    1,
    WORDS,
    user=MIA_IN_MISSKEY | {"host": "far.example", "avatarUrl": ADDRESS, "description": "hi"},
    uri=ADDRESS,
    url=ADDRESS,
    cw="cats",
    updatedAt="2026-11-22T09:59:30.000Z",
    replyId="a9",
    renoteId="a8",
    files=[
        {"type": "image/png", "url": ADDRESS, "thumbnailUrl": ADDRESS, "comment": "a cat", "isSensitive": True}
    ],
    emojis={"cat": ADDRESS},
    mentions=["u1"],
)


def read_status(payload):
    return parse_status(
        payload, host="h.example", domain="h.example", uids={"5": "ap:x"}, source=source("mastodon"), now=NOW
    )


def read_note(payload):
    given = {"host": "mk.example", "domain": "https://mk.example", "uids": {}}
    return parse_misskey(payload, **given, source=source("misskey"), now=NOW)


# Bluesky

RECORD = record(
    WORDS,
    facets=[
        tag(WORDS),
        {
            "index": {"byteStart": 5, "byteEnd": 9},
            "features": [{"$type": "app.bsky.richtext.facet#mention", "did": MIA_IN_SKY}],
        },
        {
            "index": {"byteStart": 10, "byteEnd": 14},
            "features": [{"$type": "app.bsky.richtext.facet#link", "uri": ADDRESS}],
        },
    ],
    tags=["more"],
    labels={"$type": "com.atproto.label.defs#selfLabels", "values": [{"val": "porn"}]},
    reply={
        "parent": {"uri": "at://did:plc:a/app.bsky.feed.post/1", "cid": "x"},
        "root": {"uri": "at://b", "cid": "x"},
    },
    embed={
        "$type": "app.bsky.embed.recordWithMedia",
        "record": {"record": {"uri": "at://did:plc:a/app.bsky.feed.post/2", "cid": "x"}},
        "media": {
            "$type": "app.bsky.embed.images",
            "images": [
                {"alt": "a cat", "image": {"ref": {"$link": "bafkrei"}, "mimeType": "image/png", "size": 1}}
            ],
        },
    },
    bridgyOriginalUrl=ADDRESS,
)
HEARD = [json.loads(line) for line in (FIXTURES / "bluesky" / "jetstream_v1.jsonl").read_text().splitlines()[:6]]


def read_record(payload):
    given = {"did": MIA_IN_SKY, "rkey": "one", "revision": 1, "source": source("bluesky"), "time": NOW, "now": NOW}
    return parse_record(mapping(payload), **given)


def read_profile(payload):
    return parse_sky_profile(mapping(payload), MIA_IN_SKY)


def read_heard(payload):
    frames = payload if isinstance(payload, list) else [payload]
    return [read_sky_frame(wire, json.dumps(frame).encode()) for frame in frames for wire in ("v1", "v2")]


# Nostr

NOSTR_NOTE = MIA_IN_NOSTR.note(
    WORDS,
    tags=[
        ("t", "pyconde"),
        ("e", "b" * 64, "wss://r.example", "reply"),
        ("p", "c" * 64),
        ("content-warning", "cats"),
        ("emoji", "cat", ADDRESS),
        ("imeta", f"url {ADDRESS}", "alt a cat", "m image/png", "dim 1x1"),
        ("proxy", ADDRESS, "activitypub"),
    ],
    at=NOW,
)
NOSTR_WORDS = {
    "name": "mia",
    "display_name": "Mia",
    "picture": ADDRESS,
    "about": "hi",
    "bot": True,
    "nip05": "a@b.c",
}


def read_nostr(payload):
    """Read an event as if its signature were right, for its sender may have signed anything."""
    raw = mapping(payload)
    tags = tuple(tuple(strings(tag)) for tag in listed(raw.get("tags")))
    made = NostrEvent(
        id="a" * 64, pubkey=MIA_IN_NOSTR.pubkey, created_at=1, kind=1, tags=tags, content=string(raw, "content")
    )
    return parse_nostr(made, {}, source=source("nostr"), now=NOW)


def listed(value):
    return value if isinstance(value, list) else []


def read_nostr_profile(payload):
    content = json.dumps(payload)
    return parse_nostr_profile(
        NostrEvent(id="a" * 64, pubkey=MIA_IN_NOSTR.pubkey, created_at=1, kind=0, tags=(), content=content)
    )


# Chats

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


# What else is read

X_ANSWER = {
    "data": [
        x_post(
            60,
            WORDS,
            note_tweet={"text": WORDS},
            entities={
                "urls": [{"url": ADDRESS, "expanded_url": ADDRESS, "display_url": "x.example"}],
                "mentions": [{"username": "mia", "id": "42"}],
            },
            attachments={"media_keys": ["7_1"]},
            referenced_tweets=[{"type": "replied_to", "id": "77"}],
            public_metrics={"retweet_count": 3},
            possibly_sensitive=True,
            created_at="2026-11-22T09:59:00.000Z",
        )
    ],
    "includes": {
        "users": [MIA_AT_X],
        "media": [{"media_key": "7_1", "type": "photo", "url": ADDRESS, "alt_text": "a cat"}],
    },
    "errors": [{"resource_id": "1", "type": "x/resource-not-found", "resource_type": "tweet"}],
    "meta": {"next_token": "x"},
}
WEBHOOK = {
    "op": "upsert",
    "external_id": "1",
    "html": f"<p>{WORDS}</p>",
    "text": WORDS,
    "url": ADDRESS,
    "language": "de",
    "created_at": "2026-11-22T09:59:00Z",
    "edited_at": "2026-11-22T09:59:30Z",
    "hashtags": ["PyConDE"],
    "warning": "cats",
    "reply_to": "0",
    "author": {"name": "Mia", "handle": "mia", "url": ADDRESS, "avatar": ADDRESS},
    "media": [{"url": ADDRESS, "alt": "a cat", "kind": "image"}],
}
JSON_FEED = {
    "version": "https://jsonfeed.org/version/1.1",
    "title": "Blog",
    "authors": [{"name": "Mia", "url": ADDRESS}],
    "language": "de",
    "items": [
        {
            "id": "1", "url": ADDRESS, "title": "Talk", "content_html": f"<p>{WORDS}</p>", "content_text": WORDS,
            "authors": [{"name": "Mia", "url": ADDRESS}], "author": {"name": "Mia"}, "tags": ["PyConDE"],
            "image": ADDRESS, "date_published": "2026-11-22T09:59:00Z", "date_modified": "2026-11-22T09:59:30Z",
            "language": "de", "attachments": [{"url": ADDRESS, "mime_type": "image/png", "title": "a cat"}],
        }
    ],
}  # fmt: skip
XML_FEED = {
    "title": "Blog",
    "entries": [
        {
            "guid": "1", "url": ADDRESS, "title": "Talk", "body": WORDS, "author": "Mia", "author_url": ADDRESS,
            "published": "2026-11-22T09:59:00Z", "updated": "2026-11-22T09:59:30Z", "language": "de",
            "tags": ["PyConDE"], "media": [{"url": ADDRESS, "alt": "a cat", "type": "image/png"}],
        }
    ],
}  # fmt: skip
RECORDED = {
    "at": 1.5,
    "op": "post",
    "id": "1",
    "text": WORDS,
    "kind": "mastodon",
    "author": {"id": "42", "name": "Mia", "handle": "mia", "avatar": ADDRESS},
    "media": [{"url": ADDRESS, "alt": "a cat"}],
    "language": "de",
    "warning": "cats",
    "reply_to": "0",
    "reposts": 3,
    "hashtags": ["PyConDE"],
}
SCHEDULE = json.loads((FIXTURES / "programme" / "schedule.json").read_text(encoding="utf-8"))


def read_x(payload):
    page = read_page(mapping(payload))
    return [parse_x(one, page, source=source("x"), now=NOW) for one in page.posts]


def read_webhook(payload):
    return webhook.parse(payload, settings("webhook"), EVENT, NOW)


def read_json_feed(payload):
    return entries(parse_json(json.dumps(payload).encode()))


def read_xml_feed(payload):
    return entries(parse_xml(mapping(payload)))


def entries(found):
    given = {"everything": True, "event": EVENT, "source": source("feed"), "now": NOW}
    return [parse_entry(one, "https://blog.example/feed", **given) for one in found]


def read_recorded(payload):
    return parse_replayed(parse_line(json.dumps(payload)), "one", EVENT, NOW)


def read_schedule(payload):
    return read_programme(json.dumps(payload).encode(), timezone="Europe/Dublin", **DAYS)


def read_thread(payload):
    return parse_found(mapping(payload), "PyConDE", source=source("threads"), now=NOW)


def read_slack(payload):
    return parse_event(payload, settings("slack"), EVENT, NOW)


def read_gateway(payload):
    return read_discord_frame(json.dumps(payload))


def read_member(payload):
    return parse_member(mapping(payload))


READERS = [
    JsonReader(read_status, STATUS),
    JsonReader(read_note, NOTE),
    JsonReader(read_record, RECORD),
    JsonReader(read_profile, profile(MIA_IN_SKY, "Mia", "porn", description="hi")),
    JsonReader(read_heard, HEARD),
    JsonReader(verified, NOSTR_NOTE),
    JsonReader(read_nostr, NOSTR_NOTE),
    JsonReader(read_nostr_profile, NOSTR_WORDS),
    JsonReader(read_discord, DISCORD),
    JsonReader(read_gateway, {"op": 0, "s": 5, "t": "MESSAGE_CREATE", "d": {"id": "1"}}),
    JsonReader(read_ready, {"session_id": "x", "resume_gateway_url": "wss://g.example"}),
    JsonReader(read_rooms, MATRIX),
    JsonReader(read_member, member()),
    JsonReader(read_telegram, TELEGRAM),
    JsonReader(read_slack, SLACK),
    JsonReader(read_text, SMS),
    JsonReader(read_x, X_ANSWER),
    JsonReader(read_thread, thread(1, WORDS, alt_text="a cat", media_url=ADDRESS, topic_tag="PyConDE", replied_to={"id": "0"})),
    JsonReader(read_webhook, WEBHOOK),
    JsonReader(read_json_feed, JSON_FEED),
    JsonReader(read_xml_feed, XML_FEED),
    JsonReader(read_recorded, RECORDED),
    JsonReader(read_schedule, SCHEDULE),
]  # fmt: skip
