"""Entries as JSON Feed 1.1."""

import json
from typing import Any

from wall.core.syndication.atom import clean, moment, spoken
from wall.core.syndication.document import Document, Entry

MEDIA_TYPE = "application/feed+json"
VERSION = "https://jsonfeed.org/version/1.1"


def written(document: Document) -> bytes:
    """Return the page as JSON; what is not known is left out."""
    page = {
        "version": VERSION,
        "title": document.title,
        "home_page_url": document.home,
        "feed_url": document.url,
        "next_url": document.older,
        "language": document.language,
        "items": [entry_json(one) for one in document.entries],
    }
    return clean(json.dumps(known(page), ensure_ascii=False)).encode()


def entry_json(entry: Entry) -> dict[str, Any]:
    author = {"name": entry.author, "url": entry.author_url, "avatar": entry.author_picture}
    return known(
        {
            "id": entry.url,
            "url": entry.url,
            "external_url": entry.original,
            "title": entry.title if entry.titled else None,
            "content_html": entry.html,
            "content_text": entry.text,
            "summary": entry.summary or None,
            "image": entry.enclosures[0].url if entry.enclosures else None,
            "date_published": moment(entry.published),
            "date_modified": moment(entry.updated),
            "authors": [known(author)],
            "tags": list(entry.categories) or None,
            "language": spoken(entry).get("xml:lang"),
            "attachments": [
                known({"url": one.url, "mime_type": one.media_type, "title": one.alt or None})
                for one in entry.enclosures
            ]
            or None,
        }
    )


def known(values: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value is not None}
