"""The contents: the sections of docs/index.md with the pages that each names, in their order."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from handbook.page import Page, href, words

INDEX = "docs/index.md"
REST = "More"


@dataclass(frozen=True, slots=True)
class Section:
    title: str
    pages: list[Page] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Contents:
    index: Page
    sections: Sequence[Section]

    def beside(self, page: Page) -> tuple[Page | None, Page | None]:
        """Return the page before this one, and the page after it."""
        line = [self.index, *(one for section in self.sections for one in section.pages)]
        place = line.index(page)
        return line[place - 1] if place else None, line[place + 1] if place + 1 < len(line) else None


def contents(pages: Sequence[Page]) -> Contents:
    """Return the sections that the index names; a page stands where it is named first."""
    known = {page.name: page for page in pages}
    index = known.pop(INDEX)
    sections: list[Section] = []
    for before, token in pairwise(index.tokens):
        if before.type == "heading_open" and before.tag == "h2":
            sections.append(Section(words(token)))
        for child in token.children or ():
            target = index.target(href(child)) if child.type == "link_open" else None
            if target and sections and (page := known.pop(target[0], None)):
                sections[-1].pages.append(page)
    return Contents(index, sections)


def whole(found: Contents, pages: Sequence[Page]) -> Contents:
    """Return the contents with a last section of what the index does not name, so that no page is out of reach."""
    named = {page.name for section in found.sections for page in section.pages} | {INDEX}
    rest = [page for page in pages if page.name not in named]
    return Contents(found.index, [*found.sections, Section(REST, rest)]) if rest else found
