"""One page: Markdown as people write it in docs/, read by a CommonMark parser."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from pathlib import PurePosixPath
from posixpath import dirname, join, normpath
from urllib.parse import unquote, urlsplit

from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.anchors import anchors_plugin

DEEPEST_ANCHOR = 4


def parser() -> MarkdownIt:
    """Return the parser of all pages. Headings have the anchors that a forge gives them, so links hold there, too."""
    return MarkdownIt("commonmark").enable("table").use(anchors_plugin, max_level=DEEPEST_ANCHOR)


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading below the title."""

    level: int
    text: str
    anchor: str


@dataclass(frozen=True)
class Page:
    """A page by its path in the project, and where it stands in the site."""

    path: PurePosixPath
    address: str
    text: str

    @cached_property
    def tokens(self) -> list[Token]:
        return parser().parse(self.text)

    @property
    def name(self) -> str:
        return str(self.path)

    @property
    def title(self) -> str:
        return next(text for level, text, _anchor in headings(self.tokens) if level == 1)

    @property
    def root(self) -> str:
        """Return the way from this page to the folder of the site."""
        return "../" * self.address.count("/")

    @property
    def headings(self) -> list[Heading]:
        return [Heading(*found) for found in headings(self.tokens) if found[0] > 1]

    @property
    def anchors(self) -> set[str]:
        return {anchor for _level, _text, anchor in headings(self.tokens)}

    def links(self) -> Iterator[Token]:
        """Yield every link and picture."""
        for token in self.tokens:
            yield from (child for child in token.children or () if child.type in ("link_open", "image"))

    def target(self, link: str) -> tuple[str, str] | None:
        """Return the path in the project that a link leads to, and the anchor; None where it leads elsewhere."""
        parts = urlsplit(link)
        if parts.scheme or parts.netloc or link.startswith("/"):
            return None
        path = normpath(join(dirname(self.name), unquote(parts.path))) if parts.path else self.name
        return path, parts.fragment


def headings(tokens: list[Token]) -> Iterator[tuple[int, str, str]]:
    for opening, inline in pairwise(tokens):
        if opening.type == "heading_open" and int(opening.tag[1]) <= DEEPEST_ANCHOR:
            yield int(opening.tag[1]), words(inline), str(opening.attrs["id"])


def words(inline: Token) -> str:
    """Return what a reader sees of a line."""
    return "".join(child.content for child in inline.children or () if child.type in ("text", "code_inline"))


def href(link: Token) -> str:
    return str(link.attrs["src" if link.type == "image" else "href"])
