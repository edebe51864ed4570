"""Discord's markdown as HTML, from which words and links are read as from anybody's. Pure."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from html import escape

SITE = "https://discord.com"
LONGEST = 8_000  # characters; Discord's own limit is half of that
SPOILER = re.compile(r"\|\|(.+?)\|\|", re.DOTALL)
LINE_MARKS = re.compile(r"(?m)^(?:>>> |> |#{1,3} |-# )")
PIECE = re.compile(
    r"```(?:[\w+-]{0,30}\n)?(?P<block>.+?)```"
    r"|`(?P<code>[^`\n]+)`"
    r"|<a?:(?P<emoji>\w{2,32}):\d{1,20}>"
    r"|<@!?(?P<person>\d{1,20})>"
    r"|<@&(?P<role>\d{1,20})>"
    r"|<#(?P<channel>\d{1,20})>"
    r"|<t:(?P<time>\d{1,10})(?::[A-Za-z])?>"
    r"|</(?P<command>[^:<>]{1,100}):\d{1,20}>"
    r"|\[(?P<shown>[^\]\n]{1,1000})\]\(<?(?P<href>https?://[^\s()<>]{1,2000})>?\)"
    r"|<(?P<quiet>https?://[^\s<>]{1,2000})>"
    r"|(?P<bare>https?://[^\s<>|]{1,2000})"
    r"|\\(?P<plain>[^\w\s])",
    re.DOTALL,
)
CUSTOM_EMOJI = re.compile(r"<a?:(\w{2,32}):(\d{1,20})>")
EMPHASIS = tuple(
    (re.compile(rf"(?<!\w){sign}(?=\S)([^*_\n]{{1,3000}}?)(?<=\S){sign}(?!\w)"), rf"{opening}\1{closing}")
    for sign, opening, closing in (
        (r"\*\*\*", "<b><i>", "</i></b>"),
        (r"\*\*", "<b>", "</b>"),
        ("__", "", ""),
        (r"\*", "<i>", "</i>"),
        ("_", "<i>", "</i>"),
    )
)


def has_spoiler(text: str) -> bool:
    return SPOILER.search(text[:LONGEST]) is not None


def as_html(text: str, people: Mapping[str, str], channels: Mapping[str, str]) -> str:
    """Return a message's text as HTML; `people` and `channels` are names by id, as far as known."""
    text = LINE_MARKS.sub("", SPOILER.sub(r"\1", text[:LONGEST]))
    parts, at = [], 0
    for match in PIECE.finditer(text):
        parts += [words(text[at : match.start()]), piece(match, people, channels)]
        at = match.end()
    return "".join((*parts, words(text[at:])))


def piece(match: re.Match[str], people: Mapping[str, str], channels: Mapping[str, str]) -> str:
    kind, found = next((name, text) for name, text in match.groupdict().items() if text is not None)
    if kind in ("block", "code"):
        return f"<code>{lines(found.strip())}</code>"
    if kind == "emoji":
        return f":{found}:"
    if kind == "person":
        return f'<a class="mention" href="{SITE}/users/{found}">@{escape(people.get(found, "someone"))}</a>'
    if kind == "role":
        return "@…"
    if kind == "channel":
        # Like code, so that a channel's name is not taken for a hashtag.
        return f"<code>#{escape(channels.get(found, '…'))}</code>"
    if kind == "time":
        return f"{datetime.fromtimestamp(int(found), UTC):%d %B %Y, %H:%M} UTC"
    if kind == "command":
        return escape(f"/{found}")
    if kind == "shown":
        return f'<a href="{escape(match["href"])}">{escape(found)}</a>'
    return escape(found)  # an address, or a sign that means nothing here


def words(text: str) -> str:
    html = escape(text, quote=False)
    for pattern, marked in EMPHASIS:
        html = pattern.sub(marked, html)
    return html.replace("\n", "<br>")


def lines(text: str) -> str:
    return escape(text).replace("\n", "<br>")
