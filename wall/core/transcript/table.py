"""A transcript as a table (CSV, RFC 4180): one row a post, by time, and nothing that a spreadsheet carries out."""

import csv
import io
from collections.abc import Iterable

from wall.core.formula import unformulated
from wall.core.transcript.line import Head, Line
from wall.core.transcript.plan import Section

MARK = "\ufeff"
COLUMNS = (
    "id",
    "written",
    "name",
    "handle",
    "text",
    "warning",
    "language",
    "network",
    "hashtags",
    "pictures",
    "answers",
    "sessions",
    "question",
    "replies",
    "reposts",
    "reactions",
    "place",
    "url",
    "original",
)
"""Names of columns are for programs, and in English. `written` has the event's clocks with their distance from UTC."""


class Table:
    """Writes CSV."""

    def __init__(self, head: Head) -> None:
        self.head = head

    def begin(self) -> str:
        return (MARK if self.head.mark else "") + rows([COLUMNS])

    def section(self, _section: Section) -> str:
        return ""

    def line(self, line: Line) -> str:
        post = line.post
        cells = (
            line.key,
            self.head.local(post.created_at).isoformat(timespec="seconds"),
            post.author.name,
            post.author.handle,
            post.text,
            post.content_warning or ("sensitive" if post.sensitive else ""),
            post.language or "",
            self.head.network(post),
            " ".join(f"#{tag}" for tag in line.tags),
            "\n".join(media.heard or media.kind for media in post.media),
            line.answers or "",
            "\n".join(session.title for session in line.sessions),
            str(line.question) if line.question else "",
            str(line.standing.replies),
            str(line.reposts),
            str(sum(line.standing.reactions.values())),
            post.place,
            line.url,
            post.url or "",
        )
        return rows([map(unformulated, cells)])

    def end(self) -> str:
        return ""


def rows(cells: Iterable[Iterable[str]]) -> str:
    out = io.StringIO()
    csv.writer(out, quoting=csv.QUOTE_ALL).writerows(cells)
    return out.getvalue()
