"""Text with spans, from the markup of other networks or from plain text.

Spans are flat: sorted, never overlapping. Links, tags, mentions, code and emoji are whole; bold and italic are
what is left of them beside those. How they are shown is in render.py.
"""

import re
from bisect import bisect_right
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from itertools import islice

from wall.core.hashtag import HASHES, extract, tagkey
from wall.core.html import Mark, read
from wall.core.link import find_links, safe_href
from wall.core.post import Span, SpanKind, Tag, Where
from wall.core.text import TEXT_GRAPHEMES, TEXT_LINES, clean, clean_name, cut

MOST_TAGS = 100
SHORTCODE = re.compile(r":([\w+@.-]{1,64})(?=:)", re.ASCII)
NAME_OF_EMOJI = re.compile(r"[\w+@.-]{1,64}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Marked:
    """A clean text and the spans in it, sorted and never overlapping."""

    text: str
    spans: tuple[Span, ...] = ()


def from_html(html: str, *, emojis: Collection[str] = (), base_url: str | None = None) -> Marked:
    """Return what a post's HTML says: text as it would be seen, with its links, tags, mentions and emphasis.

    `emojis` are the shortcodes that are pictures in this post; `base_url` is what relative links start from.
    """
    written, marks = read(html)
    text = cut(written, limit=TEXT_GRAPHEMES, lines=TEXT_LINES)
    # What is cut in the middle is no longer the link or the tag it was.
    kept = len(text) if text == written else len(text) - 1
    links, emphasis = [], []
    for mark in marks:
        if mark.kind != "link" and mark.start < kept:
            emphasis.append(Span(mark.start, min(mark.end, kept), mark.kind))
        elif mark.kind == "link" and mark.end <= kept and (span := link_span(text, mark, base_url)):
            links.append(span)
    return Marked(text, arrange(text, links, emphasis, emojis))


def from_text(text: str, *, emojis: Collection[str] = ()) -> Marked:
    """Return a plain text, cleaned, with the web addresses, hashtags and emoji in it."""
    text = clean(text)
    return Marked(text, arrange(text, [], [], emojis))


def tags(marked: Marked, *, meta: Iterable[str] = (), warning: str | None = None) -> tuple[Tag, ...]:
    """Return the hashtags of a post, each key once, with the first place it was found in.

    `meta` are the tags its network names for it, `warning` is its content warning.
    """
    found: dict[str, Tag] = {}

    def add(raws: Iterable[str], where: Where) -> None:
        for raw in islice(raws, MOST_TAGS):
            if key := tagkey(raw):
                found.setdefault(key, Tag(clean_name(raw.strip().lstrip(HASHES)), key, where))

    add((span.value for span in marked.spans if span.kind == "tag"), "text")
    if warning:
        add((raw for _, _, raw in extract(clean(warning))), "warning")
    add(meta, "meta")
    return tuple(found.values())


def link_span(text: str, mark: Mark, base_url: str | None) -> Span | None:
    """Return what a link of the markup is: a tag, a mention, a link, or nothing when it may not be followed."""
    start, end = mark.start, mark.end
    # Friendica and Hubzilla leave the sign outside of the link.
    if start and ((mark.is_tag and text[start - 1] in HASHES) or (mark.is_mention and text[start - 1] == "@")):
        start -= 1
    shown = text[start:end]
    if shown[0] in HASHES and tagkey(shown) and (mark.is_tag or extract(shown) == [(0, len(shown), shown[1:])]):
        return Span(start, end, "tag", shown.lstrip(HASHES))
    href = safe_href(mark.href, base=base_url)
    if shown[0] == "@" and mark.is_mention:
        return Span(start, end, "mention", shown[1:], href)
    return Span(start, end, "link", href, href) if href else None


def arrange(text: str, links: list[Span], emphasis: list[Span], emojis: Collection[str]) -> tuple[Span, ...]:
    """Return all spans of a text, flat: those given, and those found where nothing is yet."""
    whole = flat(links)
    whole = flat(whole + around(of_kind(emphasis, "code"), whole, text))
    rest = blanked(text, whole)
    found = [Span(start, end, "link", href, href) for start, end, href in find_links(rest)]
    rest = blanked(rest, found)
    found += [Span(start, end, "tag", raw) for start, end, raw in extract(rest)]
    if emojis and ":" in rest:
        found += find_emojis(blanked(rest, flat(found)), emojis)
    whole = flat(whole + found)
    for kind in ("bold", "italic"):
        whole = flat(whole + around(of_kind(emphasis, kind), whole, text))
    return tuple(whole)


def is_shortcode(name: str) -> bool:
    """Tell whether a text can stand for an emoji between two colons; others are no use, and may be anything."""
    return NAME_OF_EMOJI.fullmatch(name) is not None


def find_emojis(text: str, emojis: Collection[str]) -> list[Span]:
    found: list[Span] = []
    for match in SHORTCODE.finditer(text):
        if match[1] in emojis and not (found and match.start() < found[-1].end):
            found.append(Span(match.start(), match.end() + 1, "emoji", match[1]))
    return found


def of_kind(spans: Iterable[Span], kind: SpanKind) -> list[Span]:
    return flat(span for span in spans if span.kind == kind)


def flat(spans: Iterable[Span]) -> list[Span]:
    """Return the spans in order, without those that begin inside another."""
    kept: list[Span] = []
    for span in sorted(spans, key=lambda span: (span.start, -span.end)):
        if not kept or span.start >= kept[-1].end:
            kept.append(span)
    return kept


def around(spans: Iterable[Span], others: list[Span], text: str) -> list[Span]:
    """Return what is left of spans beside others, both in order."""
    pieces = []
    for span in spans:
        start = span.start
        for other in islice(others, bisect_right(others, start, key=lambda other: other.end), None):
            if other.start >= span.end:
                break
            pieces.append(trimmed(text, start, other.start, span.kind))
            start = other.end
        pieces.append(trimmed(text, start, span.end, span.kind))
    return [piece for piece in pieces if piece.start < piece.end]


def trimmed(text: str, start: int, end: int, kind: SpanKind) -> Span:
    """Return a span without blanks at its ends; it may be empty."""
    piece = text[start:end]
    return Span(start + len(piece) - len(piece.lstrip()), start + len(piece.rstrip()), kind)


def blanked(text: str, spans: Iterable[Span]) -> str:
    """Return the text with blanks in place of the spans, which are in order."""
    parts: list[str] = []
    at = 0
    for span in spans:
        parts += (text[at : span.start], " " * (span.end - span.start))
        at = span.end
    return "".join((*parts, text[at:]))
