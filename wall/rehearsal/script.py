"""Reads the script: what is said from the stage, and what people write about it.

    == pipes Nkechi Adeyemi-Ross     a session of the programme (or a heading, in the other files)
    ~9! As it was said. || As noted  minute nine of the talk, `!` where the room claps
    12 rafa: Text                    a post in minute twelve, by somebody of the cast, or by anyone
    . Text                           a post by anyone, some time in the session
    > Text                           an answer to what stands above, `>>` an answer to that
    = Text                           what the author made of the post above, later
    x                                the author deleted the post above

Facts stand in braces: {de} the language, {pic:name|alt}, {cw:warning}, {form}, {feed}, {author:key}.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from wall.rehearsal.people import lines

FILES = ("day1_morning", "day1_afternoon", "day2", "between", "second_thoughts")

_HEADING = re.compile(r"== (\S+) ?(.*)")
_SAID = re.compile(r"~(\d+)(!?) (.*?) \|\| (.*)")
_TIMED = re.compile(r"(\d+) (\w*) ?: ?(.*)|(\d+) (\w+): (.*)")
_ANSWER = re.compile(r"(>+) (?:(\w+)?: )?(.*)")
_FACT = re.compile(r"\{(\w+)(?::([^{}]*))?\}\s?")
_NETWORKS = ("form", "feed")


@dataclass(frozen=True, slots=True)
class Said:
    """A thing said from the stage, in the speaker's words and in a listener's."""

    minute: int
    clapped: bool
    quote: str
    note: str


@dataclass(slots=True)
class Remark:
    """A post of the script. Without a minute it may stand anywhere in its session."""

    text: str
    minute: int | None = None
    author: str = ""
    network: str = ""
    language: str = "en"
    warning: str | None = None
    pictures: list[tuple[str, str]] = field(default_factory=list)
    answers: list["Remark"] = field(default_factory=list)
    edit: str | None = None
    deleted: bool = False


@dataclass(slots=True)
class Scene:
    """What belongs to one session."""

    said: list[Said] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)


def scenes() -> dict[str, Scene]:
    """Return the scenes by session id."""
    found: dict[str, Scene] = {}
    for name in FILES:
        for heading, body in sections(name):
            scene = found.setdefault(heading, Scene())
            scene.said += [_said(line) for line in body if line.startswith("~")]
            scene.remarks += remarks(line for line in body if not line.startswith("~"))
    return found


def sections(name: str) -> Iterator[tuple[str, list[str]]]:
    """Yield the headings of a file, each with the lines below it."""
    heading, body = "", list[str]()
    for line in lines(name):
        match = _HEADING.fullmatch(line)
        if match is None:
            body.append(line)
            continue
        if heading:
            yield heading, body
        heading, body = match[1], []
    yield heading, body


def remarks(body: Iterator[str]) -> list[Remark]:
    """Return the posts of a section, with their answers inside them."""
    found: list[Remark] = []
    open_: list[Remark] = []
    for line in body:
        if line.startswith("= "):
            open_[-1].edit = line[2:]
        elif line == "x":
            open_[-1].deleted = True
        elif match := _ANSWER.fullmatch(line):
            depth = len(match[1])
            answer = _remark(match[3], author=match[2] or "")
            open_[depth - 1].answers.append(answer)
            open_[depth:] = [answer]
        else:
            found.append(_opening(line))
            open_ = [found[-1]]
    return found


def _said(line: str) -> Said:
    match = _SAID.fullmatch(line)
    if match is None:
        raise ValueError(f"Not a line of the stage: {line}")
    return Said(int(match[1]), bool(match[2]), match[3], match[4])


def _opening(line: str) -> Remark:
    if line.startswith(". "):
        return _remark(line[2:])
    if match := _TIMED.fullmatch(line):
        return _remark(match[3] or match[6], author=match[2] or match[5] or "", minute=int(match[1] or match[4]))
    return _remark(line)


def _remark(text: str, *, author: str = "", minute: int | None = None) -> Remark:
    remark = Remark("", minute, author)
    for name, value in _FACT.findall(text):
        match name:
            case "pic":
                picture, _, alt = value.partition("|")
                remark.pictures.append((picture, alt))
            case "cw":
                remark.warning = value
            case "author":
                remark.author = value
            case name if name in _NETWORKS:
                remark.network = name
                remark.author = value or author
            case _:
                remark.language = name
    remark.text = _FACT.sub("", text).strip()
    return remark
