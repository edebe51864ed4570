"""What reads feeds, programmes, recordings and what programs send, each with something whole to read."""

import json
from datetime import date

from tests.attacks.bending import JsonReader
from tests.attacks.said import ADDRESS, WORDS, settings, source
from tests.sources.world import EVENT, FIXTURES, NOW
from tests.sources.xserver import MIA as MIA_AT_X
from tests.sources.xserver import post as x_post
from wall.sources import webhook
from wall.sources.feed.entry import parse_entry, parse_json, parse_xml
from wall.sources.payload import mapping
from wall.sources.programme import read as read_programme
from wall.sources.replay import parse_line
from wall.sources.replay import parse_post as parse_replayed
from wall.sources.x.post import parse_post as parse_x
from wall.sources.x.post import read_page

DAYS = {"first": date(2026, 6, 12), "last": date(2026, 6, 13)}
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


READERS = [
    JsonReader(read_x, X_ANSWER),
    JsonReader(read_webhook, WEBHOOK),
    JsonReader(read_json_feed, JSON_FEED),
    JsonReader(read_xml_feed, XML_FEED),
    JsonReader(read_recorded, RECORDED),
    JsonReader(read_schedule, SCHEDULE),
]
