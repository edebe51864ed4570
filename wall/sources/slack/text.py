"""Slack's mrkdwn as HTML, from which words and links are read as from anybody's. Pure."""

import re
from collections.abc import Iterator, Mapping
from html import escape, unescape
from typing import Any

from wall.sources.payload import mappings, string

# What is written between angle brackets: an address, a member, a channel or a command, and how it is shown.
REFERENCE = re.compile(r"<([^<>|]{1,3000})(?:\|([^<>]{0,3000}))?>")
EMPHASIS = tuple(
    (re.compile(rf"(?<![\w{sign}]){sign}(?=\S)([^{sign}\n<>]{{1,3000}})(?<=\S){sign}(?![\w{sign}])"), tag)
    for sign, tag in (("`", "code"), (r"\*", "b"), ("_", "i"))
)
SHORTCODE = re.compile(r":([\w+'-]{1,60}):", re.ASCII)
CODE_POINTS = re.compile(r"[0-9a-f]{2,6}(?:-[0-9a-f]{2,6}){0,9}", re.ASCII)
LARGEST_CODE_POINT = 0x10FFFF
DEEPEST = 5


def as_html(text: str, emojis: Mapping[str, str]) -> str:
    """Return mrkdwn as HTML; `emojis` are the characters that its shortcodes stand for, as far as known."""
    text = SHORTCODE.sub(lambda match: emojis.get(match[1], match[0]), text)
    parts, at = [], 0
    for match in REFERENCE.finditer(text):
        parts += [words(text[at : match.start()]), reference(match[1], match[2] or "")]
        at = match.end()
    return "".join((*parts, words(text[at:])))


def words(text: str) -> str:
    """Return what stands between references: Slack has escaped &, < and > in it, and nothing else."""
    html = escape(unescape(text), quote=False)
    for pattern, tag in EMPHASIS:
        html = pattern.sub(rf"<{tag}>\1</{tag}>", html)
    return html.replace("\n", "<br>")


def reference(target: str, label: str) -> str:
    shown = escape(unescape(label))
    if target[0] in "@#!":
        sign = "#" if target[0] == "#" else "@"
        if shown:
            return shown if target.startswith("!date") else sign + shown.removeprefix(sign)
        # A member or a channel without its name says nothing to an audience.
        return f"@{escape(target[1:])}" if target in ("!here", "!channel", "!everyone") else "@…"
    href = escape(unescape(target))
    return f'<a href="{href}">{shown or href.removeprefix("mailto:")}</a>'


def emojis(blocks: object) -> dict[str, str]:
    """Return the characters of the emoji in a message, by shortcode, from its rich text."""
    return {
        string(one, "name"): "".join(chr(int(point, 16)) for point in string(one, "unicode").split("-"))
        for one in elements(blocks, DEEPEST)
        if string(one, "type") == "emoji" and is_character(string(one, "unicode"))
    }


def is_character(points: str) -> bool:
    return CODE_POINTS.fullmatch(points) is not None and all(
        int(point, 16) <= LARGEST_CODE_POINT and not 0xD800 <= int(point, 16) < 0xE000
        for point in points.split("-")
    )


def elements(blocks: object, depth: int) -> Iterator[Mapping[str, Any]]:
    for block in mappings(blocks):
        yield block
        if depth:
            yield from elements(block.get("elements"), depth - 1)
