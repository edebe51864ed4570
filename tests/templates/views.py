"""A post as the fragments of it are given one."""

from markupsafe import Markup

NASTY = "\"'><script>alert(1)</script><img src=x onerror=alert(1)>{{ 7 * 7 }}"


def post(**more):
    return {
        "id": "abc",
        "url": "/demo/post/abc",
        "source": "mastodon",
        "source_url": "https://example.org/@ada/1",
        "author": {"name": "Ada", "handle": "@ada@example.org", "avatar": None, "url": None, "key": "k1"},
        "html": Markup("<p>Hello</p>"),
        "text_length": 5,
        "warning": None,
        "sensitive": False,
        "language": "en",
        "media": [],
        "posted_at": "2026-05-12T10:00:00Z",
        "pinned": False,
        "reply_to": None,
        "answers": None,
        "answer": None,
        "replies": 0,
        "reactions": [],
        "reposts": 0,
        "also": [],
    } | more
