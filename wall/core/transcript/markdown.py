"""A transcript as Markdown (CommonMark): what people wrote is quoted, and none of it is taken for markup."""

import re
from collections.abc import Iterator

from wall.core.link import safe_href
from wall.core.markup import flat
from wall.core.post import Post
from wall.core.text import LINE_BREAK
from wall.core.transcript import headings
from wall.core.transcript.json_lines import picture_address
from wall.core.transcript.line import Head, Line, called, handle_of
from wall.core.transcript.plan import Section
from wall.core.words import _

MOST_DEPTH = 4
MARKUP = re.compile(r"([\\`*_\[\]<>|~&$])")
# What begins a heading or a list, or underlines a heading, at the beginning of a line.
BLOCK = re.compile(r"^([ \u00a0]*\d*)([-+=#.)])", re.MULTILINE)
# Four blanks would make code of a line.
LEADING = re.compile(r"^ +", re.MULTILINE)
HARD = re.compile(r"(?<=[^\n])\n(?=[^\n])")


class Markdown:
    """Writes Markdown."""

    def __init__(self, head: Head) -> None:
        self.head = head

    def begin(self) -> str:
        head = self.head
        about = "  \n".join(escaped(part) for part in (*headings.days(head), headings.zone(head)))
        return f"# {escaped(head.title)}\n\n{about}\n"

    def section(self, section: Section) -> str:
        head = self.head
        lines = [f"\n## {escaped(head.day(section.day))}\n"] if section.opens_day else []
        if title := headings.title(section, head):
            lines.append(f"\n### {escaped(title)}\n")
            lines += [f"\n{escaped(headings.about(one, head))}\n" for one in section.sessions]
        return "".join(lines)

    def line(self, line: Line) -> str:
        quote = "> " * min(line.depth, MOST_DEPTH)
        text = "".join(f"{quote}{one}".rstrip() + "\n" for one in (self.who(line), "", *self.said(line)))
        # A quote goes on until there is a line without one: what follows a thread begins anew.
        return f"{quote.rstrip()}\n{text}" if line.depth else f"\n{text}"

    def who(self, line: Line) -> str:
        head, author = self.head, line.post.author
        handle = handle_of(author)
        clock = f"{head.local(line.post.created_at):%H:%M}"
        href = safe_href(line.post.url or "") or line.url
        parts = [
            f"**{named(called(author))}**",
            named(handle),
            escaped(headings.answering(line, head)),
            f"[{clock}]({pointed(href)})" if href else clock,
        ]
        return " · ".join(part for part in parts if part)

    def said(self, line: Line) -> Iterator[str]:
        head = self.head
        if line.covered:
            yield from (f"> **{escaped(headings.warning(line, head))}**", ">")
        for one in marked_down(line.post).split("\n") if line.post.text else ():
            yield f"> {one}"
        for media in line.post.media:
            words = escaped(head.say(_("Picture: %(words)s", words=media.heard or head.say(_("without words")))))
            src = picture_address(line, media, head)
            yield from (">", f"> {f'[{words}]({pointed(src)})' if src else words}")

    def end(self) -> str:
        return f"\n---\n\n{escaped(headings.colophon(self.head))}  \n<{self.head.address}>\n"


def marked_down(post: Post) -> str:
    """Return the text of a post: its links as links, all else as words, and its lines as lines."""
    parts, at = [], 0
    links = (one for one in post.spans if one.kind == "link" and 0 <= one.start < one.end <= len(post.text))
    for span in flat(links):
        href = safe_href(span.href or "")
        if href is None:
            continue
        parts += [
            escaped(post.text[at : span.start]),
            f"[{escaped(post.text[span.start : span.end])}]({pointed(href)})",
        ]
        at = span.end
    parts.append(escaped(post.text[at:]))
    return hard_lines("".join(parts))


def hard_lines(text: str) -> str:
    """Return lines that stay lines: each but the last of a paragraph ends in a backslash."""
    return HARD.sub("\\\\\n", text)


def escaped(text: str) -> str:
    """Return words so that Markdown takes none of them for markup."""
    text = LINE_BREAK.sub("\n", text)
    text = LEADING.sub(lambda blanks: "\u00a0" * len(blanks[0]), text)
    return BLOCK.sub(r"\1\\\2", MARKUP.sub(r"\\\1", text))


def named(words: str) -> str:
    """Return a name, on one line."""
    return escaped(" ".join(words.split()))


def pointed(href: str) -> str:
    """Return an address as the target of a link."""
    return f"<{href.replace('<', '%3C').replace('>', '%3E')}>"
