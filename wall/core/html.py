"""The words of an HTML fragment as a browser would show them, and what is marked in them.

No HTML comes out of here.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from selectolax.lexbor import LexborHTMLParser, LexborNode

from wall.core.text import JOINERS, MARKS, clean_characters

LONGEST_HTML = 64 * 1024
DEEPEST = 64

UNSEEN = frozenset(
    (
        "script", "style", "svg", "math", "head", "title", "template", "noscript", "noembed", "noframes", "iframe",
        "object", "embed", "canvas", "audio", "video", "select", "textarea", "button", "datalist", "dialog"
    )
)  # fmt: skip
UNSEEN_CLASSES = frozenset(("invisible", "quote-inline"))
PARAGRAPHS = frozenset(
    (
        "p", "blockquote", "pre", "ul", "ol", "h1", "h2", "h3", "h4", "h5", "h6", "table", "figure", "hr"
    )
)  # fmt: skip
LINES = frozenset(
    (
        "div", "li", "tr", "dt", "dd", "section", "article", "header", "footer", "main", "aside", "figcaption",
        "details", "summary"
    )
)  # fmt: skip
CELLS = frozenset(("td", "th"))
EMPHASIS: dict[str, Literal["bold", "italic", "code"]] = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "code": "code",
    "pre": "code",
}
MOST_BREAKS = 3
MOST_MARKS = 500
BLANK_RUN = re.compile(r"[ \t\n\r\f]{2,}|[\t\n\r\f]")
# A mark at the start of a piece would pile up on the last letter of the piece before it.
LEADING_MARKS = re.compile(rf"\A\s*[{MARKS}{JOINERS}][\s{MARKS}{JOINERS}]*")
SHORTCODE = re.compile(r":[\w+@.-]{1,64}:", re.ASCII)
WITH_ATTRIBUTES = frozenset(("a", "span", "p", "img"))


@dataclass(slots=True)
class Mark:
    """A stretch of the words that the markup sets apart; of a link also where it leads and what it says it is.

    `start` is -1 until there is a word in it.
    """

    kind: Literal["link", "bold", "italic", "code"]
    start: int = -1
    end: int = -1
    href: str = ""
    is_tag: bool = False
    is_mention: bool = False


@dataclass(slots=True)
class Element:
    """An element that is open: its mark, and where it began when an ellipsis ends it."""

    tag: str
    mark: Mark | None = None
    shortened_from: int | None = None


def read(html: str) -> tuple[str, list[Mark]]:
    """Return the words of an HTML fragment, clean, and the marks in them.

    What is beyond 64 Ki characters or 64 elements deep is left out.
    """
    body = LexborHTMLParser(html[:LONGEST_HTML].encode("utf-8", "replace")).body
    words = Words()
    ancestors: list[LexborNode] = []
    node = body.first_child if body else None
    while node is not None:
        if len(ancestors) < DEEPEST and (child := words.enter(node)) is not None:
            ancestors.append(node)
            node = child
            continue
        while node.next is None and ancestors:
            node = ancestors.pop()
            words.leave()
        node = node.next
    return words.read()


class Words:
    """The words read so far, the marks in them, and the breaks and blanks that wait for the next word."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.length = 0
        self.breaks = 0
        self.blank = False
        self.bullet = False
        self.marks: list[Mark] = []
        self.waiting: list[Mark] = []
        self.opened: list[Element] = []
        self.preformatted = 0

    def read(self) -> tuple[str, list[Mark]]:
        return "".join(self.parts), [mark for mark in self.marks if mark.start >= 0]

    def enter(self, node: LexborNode) -> LexborNode | None:
        """Take in a node; return the first one inside it, which is to be entered next, or None."""
        tag = node.tag
        if tag == "-text":
            self.add(node.text_content or "")
            return None
        if tag is None or tag in UNSEEN:
            return None
        attributes = node.attributes if tag in WITH_ATTRIBUTES else {}
        classes = (attributes.get("class") or "").split()
        if not UNSEEN_CLASSES.isdisjoint(classes):
            return None
        if tag == "br":
            self.breaks += 1
        elif tag == "img":
            self.add(picture_text(attributes))
        self.break_around(tag)
        child = node.first_child
        if child is not None:
            self.open(tag, attributes, classes)
        return child

    def open(self, tag: str, attributes: Mapping[str, str | None], classes: list[str]) -> None:
        element = Element(tag, shortened_from=self.length if "ellipsis" in classes else None)
        self.opened.append(element)
        self.bullet = self.bullet or tag == "li"
        self.preformatted += tag == "pre"
        if len(self.marks) >= MOST_MARKS:
            return
        if tag == "a":
            rel = (attributes.get("rel") or "").split()
            element.mark = Mark(
                "link",
                href=attributes.get("href") or "",
                is_tag="hashtag" in classes or "tag" in rel,
                is_mention="mention" in classes,
            )
        elif tag in EMPHASIS:
            element.mark = Mark(EMPHASIS[tag])
        if element.mark:
            self.marks.append(element.mark)
            self.waiting.append(element.mark)

    def leave(self) -> None:
        """Close the element that was opened last."""
        element = self.opened.pop()
        if element.shortened_from is not None and element.shortened_from < self.length:
            self.append("…")
        if element.mark:
            element.mark.end = self.length
            if element.mark.start < 0:
                self.waiting.remove(element.mark)
        self.preformatted -= element.tag == "pre"
        self.bullet = self.bullet and element.tag != "li"
        self.break_around(element.tag)

    def break_around(self, tag: str) -> None:
        if tag in PARAGRAPHS and not self.bullet:
            self.breaks = max(self.breaks, 2)
        elif tag in LINES:
            self.breaks = max(self.breaks, 1)
        elif tag in CELLS:
            self.blank = True

    def add(self, raw: str) -> None:
        """Take in text; blanks become one, unless it is preformatted."""
        text = clean_characters(raw)
        if not self.preformatted:
            self.add_line(BLANK_RUN.sub(" ", text))
            return
        for number, line in enumerate(text.split("\n")):
            self.breaks += number > 0
            self.add_line(line, indented=True)

    def add_line(self, text: str, *, indented: bool = False) -> None:
        words = text.rstrip() if indented and self.breaks and self.length else text.strip()
        if not text.isascii():
            words = LEADING_MARKS.sub("", words)
        self.blank = self.blank or text[:1].isspace()
        if not words:
            return
        if self.length and self.breaks:
            self.append("\n" * min(self.breaks, MOST_BREAKS))
        elif self.length and self.blank:
            self.append(" ")
        indent = words[: len(words) - len(words.lstrip())]
        self.append("• " if self.bullet else indent)
        for mark in self.waiting:
            mark.start = self.length
        self.waiting.clear()
        self.append(words.lstrip())
        self.breaks, self.bullet, self.blank = 0, False, text[-1].isspace()

    def append(self, text: str) -> None:
        self.parts.append(text)
        self.length += len(text)


def picture_text(attributes: Mapping[str, str | None]) -> str:
    """Return the `:shortcode:` of a picture that is an emoji; other descriptions are no text of the post."""
    alt = attributes.get("alt") or ""
    return alt if SHORTCODE.fullmatch(alt) else ""
