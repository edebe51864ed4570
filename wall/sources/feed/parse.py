"""RSS and Atom read by a process of its own, which may be stopped: bytes in, JSON out. Run as a script.

A feed can be made to take minutes or gigabytes. Imports nothing of ours, so that it starts fast.
"""

import calendar
import io
import json
import sys
from typing import Any
from xml.etree import ElementTree

import feedparser

LARGEST_MEMORY = 1024 * 1024 * 1024  # bytes
MOST_SECONDS = 10  # of the processor's time
MOST_ENTRIES = 100
LONGEST_TEXT = 20_000  # characters
MEDIA = "{http://search.yahoo.com/mrss/}"


def read(data: bytes) -> dict[str, Any]:
    """Return what is in a feed, its `version` empty when it is none."""
    # As a file, for it would take bytes for the name of one, and open it.
    parsed = feedparser.parse(io.BytesIO(data))
    alts = descriptions(data)
    links = parsed.feed.get("links", [])
    return {
        "version": parsed.version,
        "hubs": [text(link.get("href")) for link in links if link.get("rel") == "hub"][:10],
        "self": next((text(link.get("href")) for link in links if link.get("rel") == "self"), ""),
        "entries": [entry_of(entry, parsed.feed, alts) for entry in parsed.entries[:MOST_ENTRIES]],
    }


def entry_of(entry: Any, feed: Any, alts: dict[str, str]) -> dict[str, Any]:
    # Asked for with get, feedparser passes the time of publishing off as that of an edit.
    updated = entry["updated_parsed"] if "updated_parsed" in entry else None  # noqa: SIM401
    author = entry.get("author_detail") or feed.get("author_detail") or {}
    return {
        "guid": text(entry.get("id")),
        "url": text(entry.get("link")),
        "title": html(entry.get("title_detail"), entry.get("title")),
        "body": body_of(entry, alts),
        "author": text(author.get("name") or feed.get("title")),
        "author_url": text(author.get("href") or feed.get("link")),
        "language": text((entry.get("title_detail") or {}).get("language") or feed.get("language")),
        "published": seconds(entry.get("published_parsed")),
        "updated": seconds(updated),
        "tags": [text(tag.get("term")) for tag in entry.get("tags", [])[:50]],
        "media": [{"url": text(url), "alt": text(alts.get(url))} for url in pictures(entry)],
        "sensitive": (entry.get("media_rating") or {}).get("content") == "adult",
    }


def body_of(entry: Any, alts: dict[str, str]) -> str:
    """Return the summary, else the content. A picture's description lands in either, and is no text."""
    described = set(alts.values())
    if (summary := entry.get("summary")) and summary.strip() not in described:
        return text(summary)
    contents = [one for one in entry.get("content", []) if text(one.get("value")).strip() not in described]
    return html(contents[0], contents[0].get("value")) if contents else ""


def html(detail: Any, value: object) -> str:
    """Return a value as HTML, whichever it was."""
    plain = (detail or {}).get("type") == "text/plain"
    return text(value).replace("&", "&amp;").replace("<", "&lt;") if plain else text(value)


def pictures(entry: Any) -> list[str]:
    found = [one for one in entry.get("media_content", []) if is_picture(one)]
    found += [one for one in entry.get("links", []) if one.get("rel") == "enclosure" and is_picture(one)]
    urls = [one.get("url") or one.get("href") for one in found[:20]]
    return [url for url in dict.fromkeys(urls) if url]


def is_picture(entry: Any) -> bool:
    return entry.get("medium") == "image" or str(entry.get("type", "")).startswith("image/")


def descriptions(data: bytes) -> dict[str, str]:
    """Return the descriptions of pictures by their addresses, which feedparser does not keep together."""
    if b"<!DOCTYPE" in data or b"<!ENTITY" in data:
        return {}
    try:
        root = ElementTree.fromstring(data)  # noqa: S314 - no entities in it, and this process is limited
    except ElementTree.ParseError:
        return {}
    found = {
        content.get("url", ""): " ".join((content.findtext(f"{MEDIA}description") or "").split())
        for content in root.iter(f"{MEDIA}content")
    }
    return {url: alt for url, alt in found.items() if alt}


def text(value: object) -> str:
    return value[:LONGEST_TEXT] if isinstance(value, str) else ""


def seconds(time: Any) -> int | None:
    try:
        return calendar.timegm(time) if time else None
    except (TypeError, ValueError, OverflowError):
        return None


def limit() -> None:
    """Give up what would take the machine with it, where the system can be told so."""
    if sys.platform == "linux":
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (LARGEST_MEMORY, LARGEST_MEMORY))
        resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS))


if __name__ == "__main__":
    limit()
    json.dump(read(sys.stdin.buffer.read()), sys.stdout)
