"""What may stand in a log: no control character that forges a line or moves a cursor, no secret, nothing endless."""

import re
from collections.abc import Iterable
from urllib.parse import unquote, urlsplit

LONGEST = 2000  # characters of a message
LONGEST_TRACE = 16_000
SHORTEST_SECRET = 4
HIDDEN = "[hidden]"

# Controls, what turns the direction of reading, line separators, and halves of letters, which no file takes.
UNPRINTABLE = re.compile("[\x00-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")
SHAPES = (
    # Who signs in by an address: redis://user:password@host
    (re.compile(r"(?<=://)[^\s/@]*:[^\s/@]*(?=@)"), HIDDEN),
    (
        re.compile(r"(?i)\b(authorization|proxy-authorization|cookie|set-cookie)(['\"]?\s*[:=]\s*)[^\r\n]+"),
        rf"\1\2{HIDDEN}",
    ),
    (re.compile(r"(?i)\b(bearer|basic) [\w.~+/=-]{8,}"), rf"\1 {HIDDEN}"),
    # What lets somebody in by an address of ours, or is handed to one of another.
    (
        re.compile(
            r"(?i)([?&;](?:[a-z_-]*(?:token|secret|password|passwd|signature|ticket|api_?key)|key|code|state|sig)=)[^&\s\"'#]+"
        ),
        rf"\1{HIDDEN}",
    ),
    (re.compile(r"(/(?:setup|sign-in|join/link|circle/enter|open|passing)#)[\w.~-]+"), rf"\1{HIDDEN}"),
    (re.compile(r"(/(?:embed|report|invitation|feeds/[^/\s]+)/)[\w.~-]{16,}"), rf"\1{HIDDEN}"),
)


class Redactor:
    """Takes secrets out of text: those it is told of, to the letter, and what looks like one."""

    def __init__(self, secrets: Iterable[str] = ()) -> None:
        known = {part for secret in secrets for part in parts_of(secret) if len(part) >= SHORTEST_SECRET}
        longest_first = sorted(known, key=len, reverse=True)
        self.known = re.compile("|".join(map(re.escape, longest_first))) if known else None

    def __call__(self, text: str) -> str:
        if self.known:
            text = self.known.sub(HIDDEN, text)
        for shape, instead in SHAPES:
            text = shape.sub(instead, text)
        return text


def parts_of(secret: str) -> set[str]:
    """Return what of a secret must not be seen: of an address only its password, of several keys each."""
    if "://" not in secret:
        return {secret, *secret.split()}
    try:
        password = urlsplit(secret).password or ""
    except ValueError:
        return {secret}
    return {secret, password, unquote(password)}


def printable(text: str) -> str:
    r"""Return the text on one line, each character that cannot be seen as its code: \n, \x1b, \u202e."""
    return UNPRINTABLE.sub(lambda found: ascii(found[0])[1:-1], text)


def capped(text: str, limit: int = LONGEST) -> str:
    """Return the beginning of a text that is too long, and how much is missing."""
    return text if len(text) <= limit else f"{text[:limit]}… ({len(text) - limit} characters more)"
