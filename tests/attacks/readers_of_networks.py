"""What reads the words of open networks, each with something whole to read: every field that it looks at is filled."""

import json

from tests.attacks.bending import JsonReader
from tests.attacks.said import ADDRESS, WORDS, source
from tests.sources.fediverse import status
from tests.sources.misskeys import MIA as MIA_IN_MISSKEY
from tests.sources.misskeys import note
from tests.sources.relay import MIA as MIA_IN_NOSTR
from tests.sources.skies import MIA as MIA_IN_SKY
from tests.sources.skies import profile, record, tag
from tests.sources.threadserver import thread
from tests.sources.world import FIXTURES, NOW
from wall.sources.bluesky.profile import parse_profile as parse_sky_profile
from wall.sources.bluesky.record import parse_record
from wall.sources.bluesky.wire import read_frame as read_sky_frame
from wall.sources.mastodon.status import parse_status
from wall.sources.misskey.note import parse_note as parse_misskey
from wall.sources.nostr.event import NostrEvent, verified
from wall.sources.nostr.note import parse_note as parse_nostr
from wall.sources.nostr.profile import parse_profile as parse_nostr_profile
from wall.sources.payload import mapping, string, strings
from wall.sources.threads_search.post import parse_found

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


def read_thread(payload):
    return parse_found(mapping(payload), "PyConDE", source=source("threads"), now=NOW)


READERS = [
    JsonReader(read_status, STATUS),
    JsonReader(read_note, NOTE),
    JsonReader(read_record, RECORD),
    JsonReader(read_profile, profile(MIA_IN_SKY, "Mia", "porn", description="hi")),
    JsonReader(read_heard, HEARD),
    JsonReader(verified, NOSTR_NOTE),
    JsonReader(read_nostr, NOSTR_NOTE),
    JsonReader(read_nostr_profile, NOSTR_WORDS),
    JsonReader(
        read_thread,
        thread(1, WORDS, alt_text="a cat", media_url=ADDRESS, topic_tag="PyConDE", replied_to={"id": "0"}),
    ),
]
