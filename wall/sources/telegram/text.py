"""A text of Telegram's with its entities, as HTML, from which words and links are read as from anybody's. Pure."""

from collections.abc import Iterator
from html import escape

from wall.sources.payload import mappings, string

TAGS = {"bold": "b", "italic": "i", "code": "code", "pre": "code"}
MOST_ENTITIES = 100


def as_html(text: str, entities: object) -> str:
    """Return a text as HTML. Entities count in units of UTF-16, of which an emoji has two or more."""
    units = text.encode("utf-16-le", "replace")
    marks = sorted(tags(entities, len(units)))
    parts, at = [], 0
    for position, _, _, tag in marks:
        parts += [words(units[at:position]), tag]
        at = position
    return "".join((*parts, words(units[at:])))


def words(units: bytes) -> str:
    return escape(units.decode("utf-16-le", "replace")).replace("\n", "<br>")


def tags(entities: object, length: int) -> Iterator[tuple[int, int, int, str]]:
    """Yield each tag with where it stands, in bytes: first what ends, inner before outer; then what begins."""
    for entity in mappings(entities, limit=MOST_ENTITIES):
        offset, count = entity.get("offset"), entity.get("length")
        if type(offset) is not int or type(count) is not int or offset < 0 or count <= 0:
            continue
        start, end = 2 * offset, 2 * (offset + count)
        kind = string(entity, "type")
        if end > length or not (kind in TAGS or kind == "text_link"):
            continue
        name = TAGS.get(kind, "a")
        opening = f'<a href="{escape(string(entity, "url"))}">' if name == "a" else f"<{name}>"
        yield end, 0, -start, f"</{name}>"
        yield start, 1, -end, opening
