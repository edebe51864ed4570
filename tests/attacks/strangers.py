"""Posts in which a stranger wrote the same words wherever strangers write, by each road that leads in here."""

import json
from dataclasses import replace
from html import escape

from tests.sources.fediverse import status
from tests.sources.feeds import MEDIA
from tests.sources.relay import Person
from tests.sources.world import NOW
from wall.core.post import Media, Picture, SourceRef
from wall.core.source import SourceSettings
from wall.sources import form, webhook
from wall.sources.feed.entry import parse_entry, parse_json, parse_xml
from wall.sources.feed.source import read_apart
from wall.sources.mastodon.status import parse_status
from wall.sources.nostr.event import verified
from wall.sources.nostr.note import parse_note
from wall.sources.nostr.profile import parse_profile
from wall.sources.payload import loads

PICTURE = "https://pictures.example/1.png"
FEED = "https://blog.example/feed"


def by_webhook(words, number, event, now):
    payload = {
        "external_id": f"{seen(words)} {number}",
        "text": f"{words} #PyConEx",
        "url": words,
        "language": words,
        "hashtags": ["PyConEx", words],
        "warning": words,
        "author": {"name": words, "handle": words, "url": words, "avatar": words},
        "media": [{"url": PICTURE, "alt": words}],
    }
    settings = SourceSettings(id="hook", kind="webhook", options={})
    return webhook.parse(payload, settings, event, now).post


def by_webhook_as_html(words, number, event, now):
    payload = {
        "external_id": f"html {number}",
        "html": f'<p>{words}</p> #PyConEx <a href="{words}">{words}</a>',
        "media": [{"url": PICTURE, "alt": words}],
        "author": {"name": f'"{words}', "handle": f"'{words}"},
    }
    settings = SourceSettings(id="hook", kind="webhook", options={})
    return webhook.parse(payload, settings, event, now).post


def by_phone(words, number, event, now):
    return form.parse(words, f"{words[:150]} #PyConEx", f"phone-{number}", event, now, f"phone-{number}")


def by_mastodon(words, number, event, now):
    payload = status(number, f"{words} #PyConEx", uri=f"https://home.example/{number}/{seen(words)}", url=words)
    payload["account"] |= {
        "display_name": words,
        "acct": seen(words),
        "username": words,
        "url": words,
        "note": words,
    }
    payload["account"] |= {"avatar": words, "avatar_static": words}
    payload |= {
        "spoiler_text": words,
        "language": words,
        "tags": [{"name": words, "url": words}, {"name": "PyConEx", "url": words}],
        "mentions": [{"username": words, "acct": words, "url": words}],
        "emojis": [{"shortcode": words, "url": PICTURE, "static_url": PICTURE}],
        "media_attachments": [{"type": "image", "url": PICTURE, "preview_url": words, "description": words}],
        "poll": {"options": [{"title": words}]},
        "card": {"title": words, "url": words, "html": words},
        "application": {"name": words, "website": words},
    }
    return parse_status(
        payload,
        host="home.example",
        domain="home.example",
        uids={},
        source=SourceRef(id="m1", kind="mastodon"),
        now=now,
    )


def by_mastodon_in_plain(words, number, event, now):
    """What Mastodon's own server sends of the same words: escaped once."""
    return by_mastodon(escape(words), number + 1000, event, now)


def by_nostr(words, number, event, now):
    person, words = Person(5000 + number), carried(words)
    profile = parse_profile(
        verified(person.profile(display_name=words, name=words, picture=words, about=words, website=words))
    )
    tags = [
        ("t", "pyconex"), ("t", words), ("content-warning", words), ("emoji", words, PICTURE), ("l", words, "ISO-639-1"),
        ("imeta", f"url {PICTURE}", f"alt {words}"), ("subject", words),
    ]  # fmt: skip
    event = verified(person.note(f"{words} :{words}: {PICTURE} #PyConEx", tags=tags, at=now))
    return parse_note(event, {person.pubkey: profile}, source=SourceRef(id="n1", kind="nostr"), now=now)


async def by_feed(all_words, event, now):
    """Return the posts of an Atom-like RSS feed with an entry for each of the words, title and author among them."""
    all_words = [(number, carried(words)) for number, words in all_words]
    items = "".join(
        f"<item><guid>{number}</guid><title>{escape(words)}</title><link>{escape(words)}</link>"
        f"<description>{escape(words)} #PyConEx</description><author>{escape(words)}</author>"
        f"<dc:creator>{escape(words)}</dc:creator><category>{escape(words)}</category><dc:language>{escape(words)}</dc:language>"
        f'<media:content url="{PICTURE}" medium="image"><media:description>{escape(words)}</media:description></media:content>'
        "</item>"
        for number, words in all_words
    )
    channel = f"<channel><title>{escape(all_words[0][1])}</title>{items}</channel>"
    rss = f'<rss version="2.0" {MEDIA} xmlns:dc="http://purl.org/dc/elements/1.1/">{channel}</rss>'
    found = loads(await read_apart(rss.encode()))
    return [as_post(entry, event, now) for entry in parse_xml(found)]


def by_json_feed(all_words, event, now):
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": all_words[0][1],
        "items": [
            {
                "id": f"json {number}", "url": words, "title": words, "content_html": f"<p>{words}</p> #PyConEx",
                "language": words, "authors": [{"name": words, "url": words}], "tags": [words], "image": PICTURE,
            }
            for number, words in all_words
        ],
    }  # fmt: skip
    return [as_post(entry, event, now) for entry in parse_json(json.dumps(feed).encode())]


def as_post(entry, event, now):
    source = SourceRef(id="f1", kind="feed")
    return parse_entry(entry, FEED, everything=True, event=event, source=source, now=now)


ROADS = (by_webhook, by_webhook_as_html, by_phone, by_mastodon, by_mastodon_in_plain, by_nostr)


def seen(words):
    """Return what of words may stand in an id, which nobody reads: one with hidden letters in it is refused."""
    return "".join(one for one in words if one.isprintable())[:150] or "-"


def carried(words):
    """Return what a road that carries UTF-8, and XML, makes of words."""
    return "".join(one for one in words.encode("utf-8", "replace").decode() if one >= " " or one == "\n")


def named(road, name, event):
    """Return a post that is harmless but for its author's name."""
    if road is by_phone:
        return form.parse(name, "Hello", "phone-1", event, NOW, "phone-1")
    if road is by_mastodon:
        payload = status(1)
        payload["account"]["display_name"] = name
        source = SourceRef(id="m1", kind="mastodon")
        return parse_status(payload, host="h.example", domain="h.example", uids={}, source=source, now=NOW)
    payload = {"external_id": "1", "text": "Hello", "author": {"name": name}}
    return webhook.parse(payload, SourceSettings(id="hook", kind="webhook", options={}), event, NOW).post


async def by_every_road(numbered_words, event, now):
    """Return the posts that say these words by each road, with pictures to be described."""
    posts = [road(words, number, event, now) for number, words in numbered_words for road in ROADS]
    for start in range(0, len(numbered_words), 100):
        posts += await by_feed(numbered_words[start : start + 100], event, now)
        posts += by_json_feed(numbered_words[start : start + 100], event, now)
    return [pictured(post) for post in posts]


def pictured(post, picture=Picture("0" * 32, 40, 30)):
    """Return a post with a picture of ours wherever it names one."""
    media = tuple(replace(one, picture=picture) for one in post.media) or (
        Media(kind="image", url=PICTURE, alt=post.author.name, picture=picture),
    )
    emojis = {code: replace(one, picture=picture) for code, one in post.emojis.items()}
    return replace(post, media=media, emojis=emojis)


def shouting(payloads, event, now, *, name="shouting"):
    """Return forty posts with all payloads in their texts, and in the names, handles, warnings and descriptions."""
    step = -(-len(payloads) // 40)
    posts = []
    for number in range(0, len(payloads), step):
        texts = [one.text for one in payloads[number : number + step]]
        words = {
            "external_id": f"{name} {number}",
            "text": "\n".join([*texts, "#PyConEx"]),
            "author": {"name": texts[0], "handle": texts[-1], "url": texts[0]},
            "url": texts[-1],
            "media": [{"url": PICTURE, "alt": texts[len(texts) // 2]}],
            "warning": texts[0] if number % 2 else "",
        }
        settings = SourceSettings(id="hook", kind="webhook", options={})
        posts.append(pictured(webhook.parse(words, settings, event, now).post))
    return posts
