"""The words that somebody wrote in an e-mail: without what they quote, and without their signature. Pure."""

import re

from selectolax.lexbor import LexborHTMLParser

from wall.core import markup
from wall.core.html import LONGEST_HTML

MOST_LINES = 2000
LONGEST_LINE = 4000  # characters; a longer one is a paragraph, and no sign of anything

# How programs mark in HTML what is quoted and what is a signature.
NOT_WRITTEN = ", ".join(
    (
        "blockquote[type=cite]", ".gmail_quote", ".gmail_attr", ".gmail_signature", ".gmail_signature_prefix",
        ".moz-cite-prefix", ".moz-signature", ".yahoo_quoted", ".protonmail_quote", ".protonmail_signature_block",
        "#divRplyFwdMsg", "#divRplyFwdMsg ~ *", "#appendonsend ~ *", "#Signature", "#ms-outlook-mobile-signature",
        ".AppleMailSignature",
    )
)  # fmt: skip

SIGNATURE = re.compile(r"-- ?|_{10,}|--\s*")
# “On Sunday 22 November, Mia wrote:” as common programs say it; it may go on over a second line.
ATTRIBUTION = re.compile(
    r"(?:(?:on|am|le|el|il|op|em|den|på|w dniu|dnia)\b(?=.{0,300}\d)|\d).{0,300}"
    r"\b(?:wrote|schrieb|écrit|escribió|scritto|schreef|escreveu|skrev|napisał(?:\(a\))?|пишет|написал)\b.{0,200}:",
    re.IGNORECASE,
)
ASIAN_ATTRIBUTION = re.compile(r"(?=.{0,300}\d).{0,300}(?:写道|寫道|のメール|님이 작성)\s*[:：]")
DIVIDER = re.compile(
    r"-{2,}\s*(?:original message|forwarded message|ursprüngliche nachricht|weitergeleitete nachricht"
    r"|message d'origine|message transféré|mensaje original|mensaje reenviado|messaggio originale"
    r"|oorspronkelijk bericht|doorgestuurd bericht)\s*-{2,}|begin forwarded message:",
    re.IGNORECASE,
)
# What Outlook writes above a mail that is answered.
HEAD = re.compile(r"\s*\*?(?:from|von|de|da|van|från|od)\*?\s?:", re.IGNORECASE)
AFTER_HEAD = re.compile(
    r"\s*\*?(?:sent|date|to|gesendet|datum|an|envoyé|à|enviado|para|inviato|verzonden|skickat)\*?\s?:",
    re.IGNORECASE,
)
DEVICE = re.compile(
    r"(?:sent from|get outlook for|von meinem|gesendet von|gesendet mit|diese nachricht wurde von|envoyé de(?:puis)?"
    r"|enviado desde|enviado do|inviato da|verstuurd vanaf|verzonden vanuit|skickat från)\b.{0,80}",
    re.IGNORECASE,
)


def words_of_html(html: str) -> str:
    """Return what an HTML mail says, without what its program marks as quoted or as a signature."""
    parser = LexborHTMLParser(html[:LONGEST_HTML].encode("utf-8", "replace"))
    for node in parser.css(NOT_WRITTEN):
        node.decompose()
    return markup.from_html(parser.html or "").text


def written(text: str) -> str:
    """Return what was written anew: up to the quoted mail or the signature, and without quoted lines."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")[:MOST_LINES]
    kept: list[str] = []
    for number, line in enumerate(lines):
        following = lines[number + 1] if number + 1 < len(lines) else ""
        if ends_here(line, following):
            break
        if not line.startswith(">"):
            kept.append(line)
    while kept and (not kept[-1].strip() or is_device(kept[-1])):
        kept.pop()
    return "\n".join(kept).strip()


def ends_here(line: str, following: str) -> bool:
    """Tell whether a line begins a signature or a mail that is quoted."""
    if len(line) > LONGEST_LINE:
        return False
    bare = line.strip()
    if SIGNATURE.fullmatch(line) or DIVIDER.fullmatch(bare):
        return True
    if HEAD.match(line) and AFTER_HEAD.match(following[:LONGEST_LINE]):
        return True
    # The first line of an attribution that goes on is short, for programs break lines at 72 or so.
    both = f"{bare} {following.strip()}" if len(bare) < 100 and len(following) < 100 and bare else bare
    return any(is_attribution(one) for one in (bare, both))


def is_attribution(line: str) -> bool:
    return len(line) <= 400 and bool(ATTRIBUTION.fullmatch(line) or ASIAN_ATTRIBUTION.fullmatch(line))


def is_device(line: str) -> bool:
    return len(line) <= 200 and DEVICE.fullmatch(line.strip()) is not None


def flowed(text: str, *, delsp: bool) -> str:
    """Return a text whose lines were broken for the way (RFC 3676) with its paragraphs whole."""
    whole: list[str] = []
    open_ended = False
    for line in text.replace("\r\n", "\n").split("\n")[:MOST_LINES]:
        line = line.removeprefix(" ") if not line.startswith(">") else line
        joins = open_ended and not line.startswith(">") and line != "-- "
        if joins:
            whole[-1] += line
        else:
            whole.append(line)
        open_ended = line.endswith(" ") and line != "-- " and not line.startswith(">")
        if open_ended and delsp:
            whole[-1] = whole[-1][:-1]
    return "\n".join(whole)
