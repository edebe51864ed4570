"""Lines of IRC (RFC 1459, RFC 2812, IRCv3 message tags): read, and written. Pure."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from wall.errors import InvalidPost

MOST_PARAMS = 100  # the RFCs have 15; servers write more
LONGEST_SENT = 510  # bytes, without the line's end

ESCAPED = {":": ";", "s": " ", "\\": "\\", "r": "\r", "n": "\n"}
ESCAPE = re.compile(r"\\(.?)", re.DOTALL)
COMMAND = re.compile(r"[A-Za-z]+|[0-9]{3}")
FORBIDDEN = re.compile("[\0\r\n]")

# Colours may carry one or two numbers of one or two digits, hex colours six digits each.
COLOUR = r"\x03(?:[0-9]{1,2}(?:,[0-9]{1,2})?)?"
HEX_COLOUR = r"\x04(?:[0-9A-Fa-f]{6}(?:,[0-9A-Fa-f]{6})?)?"
FORMATTING = re.compile(f"{COLOUR}|{HEX_COLOUR}|[\x02\x0f\x11\x16\x1d\x1e\x1f]")

FOLDED = str.maketrans("[]\\^", "{}|~")


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One message of the protocol: who sent it, the command in capitals or a number, and what it is about."""

    command: str
    params: tuple[str, ...] = ()
    source: str = ""
    tags: Mapping[str, str] = field(default_factory=dict)

    @property
    def nick(self) -> str:
        """Who sent it; a server has no nick."""
        nick, sign, _ = self.source.partition("!")
        return nick if sign or "." not in nick else ""

    def param(self, index: int) -> str:
        """Return a parameter, empty if there is none."""
        return self.params[index] if -len(self.params) <= index < len(self.params) else ""


def parse(data: bytes) -> Line | None:
    """Return what a line says, None when it is empty; raises InvalidPost when it is none of IRC."""
    rest = decoded(data).strip("\r\n").lstrip(" ")
    if not rest:
        return None
    tags: Mapping[str, str] = {}
    source = ""
    if rest.startswith("@"):
        raw, _, rest = rest[1:].partition(" ")
        tags, rest = parse_tags(raw), rest.lstrip(" ")
    if rest.startswith(":"):
        source, _, rest = rest[1:].partition(" ")
        rest = rest.lstrip(" ")
    head, colon, trailing = rest.partition(" :")
    words = head.split(" ", MOST_PARAMS * 4)
    command, *params = [word for word in words if word] or [""]
    if not COMMAND.fullmatch(command) or len(params) > MOST_PARAMS:
        raise InvalidPost("The server sent something that is no line of IRC.")
    return Line(
        command=command.upper(),
        params=(*params, trailing) if colon else tuple(params),
        source=source,
        tags=tags,
    )


def parse_tags(raw: str) -> dict[str, str]:
    found = {}
    for entry in raw.split(";"):
        key, _, value = entry.partition("=")
        if key:
            found[key] = ESCAPE.sub(lambda match: ESCAPED.get(match[1], match[1]), value)
    return found


def serialise(command: str, *params: str) -> bytes:
    """Return a line to send, with its end; raises InvalidPost when that cannot be one line."""
    *middle, last = params or ("",)
    if any(needs_colon(word) for word in middle):
        raise InvalidPost("This does not go in one line of IRC: a word of it is empty or several.")
    text = " ".join([command, *middle, f":{last}" if needs_colon(last) else last]) if params else command
    line = text.encode("utf-8", "replace")
    if FORBIDDEN.search(text) or len(line) > LONGEST_SENT:
        raise InvalidPost("This does not go in one line of IRC.")
    return line + b"\r\n"


def needs_colon(word: str) -> bool:
    """Tell whether a word can only be the last of its line."""
    return not word or " " in word or word.startswith(":")


def decoded(data: bytes) -> str:
    """Return the text of bytes whose encoding nobody tells: UTF-8, else that of western Windows, else Latin-1.

    A letter of UTF-8 that a server cut through at the line's end is left out.
    """
    try:
        return data.decode()
    except UnicodeDecodeError as error:
        if error.end == len(data) and error.reason == "unexpected end of data":
            return data[: error.start].decode()
    try:
        return data.decode("cp1252")
    except UnicodeDecodeError:
        return data.decode("latin-1")


def unformatted(text: str) -> str:
    """Return a text without colours and other formatting."""
    return FORMATTING.sub("", text)


def folded(name: str) -> str:
    """Return a nick or channel as servers compare it, small and large letters alike (RFC 1459 has four more)."""
    return name.lower().translate(FOLDED)
