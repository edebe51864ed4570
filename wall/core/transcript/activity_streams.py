"""A transcript as an ActivityStreams 2.0 collection: an OrderedCollection of Notes, for programs of the fediverse."""

import json
from typing import Any

from wall.core.link import safe_href
from wall.core.post import Post
from wall.core.render import to_html
from wall.core.transcript.json_lines import picture_address
from wall.core.transcript.line import Head, Line, called
from wall.core.transcript.plan import Section
from wall.core.transcript.times import timestamp

CONTEXT = [
    "https://www.w3.org/ns/activitystreams",
    {"sensitive": "as:sensitive", "Hashtag": "as:Hashtag"},
]


class ActivityStreams:
    """Writes one JSON document; how many Notes it has stands at its end, when that is known."""

    def __init__(self, head: Head) -> None:
        self.head = head
        self.written = 0

    def begin(self) -> str:
        opening = {
            "@context": CONTEXT,
            "id": f"{self.head.address}/transcript",
            "type": "OrderedCollection",
            "name": self.head.title,
            "published": timestamp(self.head.made),
        }
        return dumped(opening)[:-1] + ',"orderedItems":['

    def section(self, _section: Section) -> str:
        return ""

    def line(self, line: Line) -> str:
        comma = ",\n" if self.written else "\n"
        self.written += 1
        return comma + dumped(note(line, self.head))

    def end(self) -> str:
        return f'\n],"totalItems":{self.written}}}\n'


def note(line: Line, head: Head) -> dict[str, Any]:
    """Return a post as a Note."""
    post = line.post
    content = to_html(post.text, post.spans, {})
    found = {
        "id": address(line.key, head),
        "type": "Note",
        "published": timestamp(post.created_at),
        "attributedTo": person(post),
        "content": content,
        "contentMap": {post.language: content} if post.language else None,
        "url": post.url or line.url or None,
        "inReplyTo": address(line.answers, head) if line.answers else None,
        "summary": post.content_warning,
        "sensitive": line.covered,
        "tag": [*({"type": "Hashtag", "name": f"#{tag}"} for tag in line.tags), *mentions(post)],
        "attachment": attachments(line, head),
    }
    return {name: value for name, value in found.items() if value not in (None, [])}


def address(key: str, head: Head) -> str:
    """Return what a Note is called: the page of the post, or its place in the transcript where nobody is named."""
    return f"{head.address}/transcript#p{key}" if head.initials else f"{head.address}/post/{key}"


def person(post: Post) -> dict[str, str]:
    author = post.author
    found = {"type": "Person", "name": called(author), "preferredUsername": author.handle, "url": author.url or ""}
    return {name: value for name, value in found.items() if value}


def mentions(post: Post) -> list[dict[str, str]]:
    return [
        {"type": "Mention", "name": span.value, **({"href": href} if (href := safe_href(span.href or "")) else {})}
        for span in post.spans
        if span.kind == "mention"
    ]


def attachments(line: Line, head: Head) -> list[dict[str, Any]]:
    found = []
    for media in line.post.media:
        src = picture_address(line, media, head)
        if src is None or media.picture is None:
            continue
        one = {"type": "Image", "mediaType": "image/webp", "url": src, "name": media.heard}
        size = {"width": media.picture.width, "height": media.picture.height}
        found.append({name: value for name, value in {**one, **size}.items() if value is not None})
    return found


def dumped(value: dict[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
