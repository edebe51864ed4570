"""The text of a page as HTML, in which links lead to pages of the site and tables can be read on a phone."""

from collections.abc import Sequence

from markdown_it.token import Token
from markupsafe import Markup

from handbook.page import Page, href, parser, words

BOX = "☐"


def body(page: Page, pages: Sequence[Page]) -> Markup:
    tokens = parser().parse(page.text)
    addresses = {one.name: one.address for one in pages}
    for token in tokens:
        for child in token.children or ():
            if child.type in ("link_open", "image"):
                lead(child, page, addresses)
    label(tokens)
    tick(tokens)
    shown = [token for token in tokens if not (token.type == "html_block" and token.content.startswith("<!--"))]
    html: str = parser().renderer.render(shown, parser().options, {})
    # What is wider than a phone is scrolled by keys, too. The pages are our own, and read before they are committed.
    return Markup(html.replace("<pre>", '<pre tabindex="0">'))  # noqa: S704


def lead(link: Token, page: Page, addresses: dict[str, str]) -> None:
    """Have a link lead to where its page stands in the site."""
    target = page.target(href(link))
    if target is None:
        return
    path, anchor = target
    address = page.root + addresses.get(path, path.removeprefix("docs/"))
    link.attrs["src" if link.type == "image" else "href"] = f"{address}#{anchor}" if anchor else address


def label(tokens: Sequence[Token]) -> None:
    """Give each cell the name of its column, which stands over it where a table has no room."""
    heads: list[str] = []
    place = 0
    for token, following, end in zip(tokens, tokens[1:], tokens[2:], strict=False):
        if token.type == "table_open":
            heads = []
        elif token.type == "th_open":
            heads.append(words(following))
            token.tag = end.tag = "th" if heads[-1] else "td"  # what heads nothing is no heading
        elif token.type == "tr_open":
            place = 0
        elif token.type == "td_open":
            token.attrs["data-label"] = heads[place]
            place += 1


def tick(tokens: Sequence[Token]) -> None:
    """Take the bullet from what has a box to tick."""
    for item, paragraph, inline in zip(tokens, tokens[1:], tokens[2:], strict=False):
        if item.type == "list_item_open" and paragraph.type == "paragraph_open" and inline.content.startswith(BOX):
            item.attrs["class"] = "tick"
