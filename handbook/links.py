"""Whether every link of the pages leads somewhere, and whether every page can be reached."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from handbook.contents import INDEX, contents
from handbook.page import Page, href


def broken(pages: Sequence[Page], root: Path) -> list[str]:
    """Return a sentence for each link that leads nowhere, and for each page that the index does not name."""
    return [*wrong_links(pages, root), *unnamed(pages)]


def wrong_links(pages: Sequence[Page], root: Path) -> Iterator[str]:
    known = {page.name: page for page in pages}
    for page in pages:
        for link in page.links():
            target = page.target(href(link))
            if target is None:
                continue
            path, anchor = target
            if path not in known and not (link.type == "image" and (root / path).is_file()):
                yield f"{page.name} links to {href(link)}, which is no page of the handbook."
            elif anchor and anchor not in known[path].anchors:
                yield f"{page.name} links to {href(link)}; {path} has no such heading."


def unnamed(pages: Sequence[Page]) -> Iterator[str]:
    named = {page.name for section in contents(pages).sections for page in section.pages}
    for page in pages:
        if page.name not in named | {INDEX}:
            yield f"{page.name} is in no section of {INDEX}; add a line for it there."
