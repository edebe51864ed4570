"""The one place where a post's text becomes HTML: everything escaped, a fixed set of elements and attributes."""

import re
from collections.abc import Callable, Iterable, Mapping
from html import escape

from wall.core.link import safe_href
from wall.core.markup import flat
from wall.core.post import Span, SpanKind

# A page cannot carry these; text that was cleaned has none.
UNPRINTABLE = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
PARAGRAPH = re.compile("\n{2,}")


def to_html(text: str, spans: Iterable[Span], emojis: Mapping[str, str]) -> str:
    """Return the text as HTML that can go into a page as it is.

    `emojis` maps shortcodes to the addresses of our own copies; others stay words. Spans that make no sense for
    the text are passed over.
    """
    if not text:
        return ""
    text = UNPRINTABLE.sub("\ufffd", text)
    parts = []
    at = 0
    for span in flat(span for span in spans if 0 <= span.start < span.end <= len(text)):
        parts.append(paragraphs(text[at : span.start]))
        parts.append(marked_up(text[span.start : span.end], span, emojis))
        at = span.end
    parts.append(paragraphs(text[at:]))
    return f"<p>{''.join(parts)}</p>"


def paragraphs(text: str) -> str:
    return lines(PARAGRAPH.sub("</p><p>", escape(text)))


def lines(html: str) -> str:
    return html.replace("\n", "<br>")


def marked_up(shown: str, span: Span, emojis: Mapping[str, str]) -> str:
    words = lines(escape(shown))
    element = ELEMENTS.get(span.kind)
    return element(words, span, emojis) if element else words


def link(words: str, span: Span, _: Mapping[str, str]) -> str:
    href = safe_href(span.href or "")
    return f'<a href="{escape(href)}" rel="noopener noreferrer nofollow ugc">{words}</a>' if href else words


def emoji(words: str, span: Span, emojis: Mapping[str, str]) -> str:
    source = emojis.get(span.value)
    return f'<img class="emoji" src="{escape(source)}" alt="{escape(f":{span.value}:")}">' if source else words


ELEMENTS: dict[SpanKind, Callable[[str, Span, Mapping[str, str]], str]] = {
    "link": link,
    "emoji": emoji,
    "tag": lambda words, *_: f'<span class="tag">{words}</span>',
    "mention": lambda words, *_: f'<span class="mention"><bdi>{words}</bdi></span>',
    "bold": lambda words, *_: f"<strong>{words}</strong>",
    "italic": lambda words, *_: f"<em>{words}</em>",
    "code": lambda words, *_: f"<code>{words}</code>",
}
