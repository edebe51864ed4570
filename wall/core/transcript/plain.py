"""A transcript as plain text, to be read in anything."""

from wall.core.text import LINE_BREAK
from wall.core.transcript import headings
from wall.core.transcript.line import Head, Line, called, handle_of
from wall.core.transcript.plan import Section
from wall.core.words import _

INDENT = "    "
MOST_DEPTH = 4
# What one says, from right to left or not, does not turn what stands around it (Unicode's isolates).
ISOLATE, END_ISOLATE = "\u2068", "\u2069"


class Plain:
    """Writes plain text."""

    def __init__(self, head: Head) -> None:
        self.head = head

    def begin(self) -> str:
        head = self.head
        title = head.title
        lines = [title, "=" * min(72, max(8, len(title))), *headings.days(head), headings.zone(head)]
        return "\n".join(lines) + "\n"

    def section(self, section: Section) -> str:
        head = self.head
        lines = [""]
        if section.opens_day:
            lines += ["", head.day(section.day).upper(), ""]
        if title := headings.title(section, head):
            lines += [f"* {title}", *(f"  {headings.about(one, head)}" for one in section.sessions), ""]
        return "\n".join(lines)

    def line(self, line: Line) -> str:
        head, post = self.head, line.post
        indent = INDENT * min(line.depth, MOST_DEPTH)
        handle = handle_of(post.author)
        who = isolated(called(post.author)) + (f" ({isolated(handle)})" if handle else "")
        answering = headings.answering(line, head)
        first = f"{head.local(post.created_at):%H:%M}  {who}" + (f", {answering}" if answering else "")
        said = [first]
        if line.covered:
            said.append(f"[{headings.warning(line, head)}]")
        said += LINE_BREAK.sub("\n", post.text).split("\n") if post.text else []
        said += [
            f"[{head.say(_('Picture: %(words)s', words=media.heard or head.say(_('without words'))))}]"
            for media in post.media
        ]
        gap = INDENT + "   "
        body = "".join(f"{indent}{gap}{one}".rstrip() + "\n" for one in said[1:])
        return f"\n{indent}{said[0]}\n{body}"

    def end(self) -> str:
        return f"\n\n{headings.colophon(self.head)}\n{self.head.address}\n"


def isolated(words: str) -> str:
    """Return words so that their direction is their own; what is of Latin letters alone stays as it is."""
    return words if all(letter < "\u0590" for letter in words) else f"{ISOLATE}{words}{END_ISOLATE}"
