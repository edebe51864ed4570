"""One person's posts on several networks, and their copies by bridges, for the tests of cards."""

from dataclasses import replace
from datetime import timedelta

from tests.cast import NOW, a_post
from wall.core.post import Author, SourceRef, Span

TEXT = "The opening keynote starts in five minutes, room A is filling up #PyConEx"
OTHER_TEXT = "Lunch is served on the terrace now, and the queue for coffee is short #PyConEx"
NOSTR_ID = "ab" * 32
AT_URI = "at://did:plc:alice/app.bsky.feed.post/3kabc"
STATUS = "https://social.example/users/alice/statuses/77"

FEDIVERSE = SourceRef(id="m1", kind="mastodon")
BLUESKY = SourceRef(id="b1", kind="bluesky")
NOSTR = SourceRef(id="n1", kind="nostr")
FEED = SourceRef(id="f1", kind="feed")


def toot(text=TEXT, *, uid=f"ap:{STATUS}", handle="alice@social.example", name="Alice Example", **fields):
    author = Author(
        uid=f"acct:{handle}",
        handle=handle,
        name=name,
        url=f"https://social.example/@{handle.partition('@')[0]}",
        links=fields.pop("links", ()),
    )
    fields.setdefault("url", "https://social.example/@alice/77")
    return a_post(text, uid=uid, author=author, source=FEDIVERSE, **fields)


def skeet(text=TEXT, *, uid=AT_URI, handle="alice.bsky.social", name="Alice Example", **fields):
    did = uid.split("/")[2]
    author = Author(uid=did, handle=handle, name=name, url=f"https://bsky.app/profile/{did}")
    fields.setdefault("url", f"https://bsky.app/profile/{did}/post/{uid.rpartition('/')[2]}")
    return a_post(text, uid=uid, author=author, source=BLUESKY, **fields)


def note(text=TEXT, *, id=NOSTR_ID, handle="npub1abcd…wxyz", name="Alice Example", **fields):
    author = Author(uid=f"nostr:{'cd' * 32}", handle=handle, name=name)
    return a_post(text, uid=f"nostr:{id}", author=author, source=NOSTR, **fields)


def entry(text=TEXT, *, url="https://social.example/@alice/77", host="social.example", **fields):
    author = Author(uid=f"feed:0123/{host}", handle=host, name=host)
    return a_post(text, uid=f"feed:0123/{url}", author=author, source=FEED, url=url, **fields)


def bridged_toot(text=TEXT, *, of=AT_URI, **fields):
    """A status that Bridgy Fed made of a post on Bluesky."""
    fields.setdefault("url", None)
    uid = f"ap:https://bsky.brid.gy/convert/ap/{of}"
    return toot(text, uid=uid, handle="alice.bsky.social@bsky.brid.gy", **fields)


def bridged_skeet(text=TEXT, *, of="https://social.example/@alice/77", **fields):
    """A post on Bluesky that Bridgy Fed made of a status."""
    uid = "at://did:plc:bridged/app.bsky.feed.post/3kxyz"
    return skeet(text, uid=uid, handle="alice.social.example.ap.brid.gy", bridged_from=of, **fields)


def later(post, **delta):
    return replace(post, created_at=NOW + timedelta(**delta))


def linking(post, href):
    text = f"{post.text} {href}"
    return replace(post, text=text, spans=(Span(len(post.text) + 1, len(text), "link", href, href),))
