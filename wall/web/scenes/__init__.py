"""The kinds of scenes: one module each, one line each here."""

from wall.web.scenes import (
    announcement,
    big,
    blank,
    chat,
    countdown,
    join,
    numbers,
    people,
    pictures,
    poll,
    programme,
    questions,
    sponsors,
    stream,
    trends,
    wall,
)
from wall.web.scenes.kind import Kind

KINDS: dict[str, Kind] = {
    "wall": wall.KIND,
    "big": big.KIND,
    "stream": stream.KIND,
    "pictures": pictures.KIND,
    "questions": questions.KIND,
    "poll": poll.KIND,
    "chat": chat.KIND,
    "trends": trends.KIND,
    "numbers": numbers.KIND,
    "people": people.KIND,
    "announcement": announcement.KIND,
    "countdown": countdown.KIND,
    "programme": programme.KIND,
    "sponsors": sponsors.KIND,
    "join": join.KIND,
    "blank": blank.KIND,
}
SHEETS = ["stage", *(sheet for name, kind in KINDS.items() for sheet in kind.sheets(name))]
"""What they look like, below static/css/scenes/."""
SCRIPTS = sorted({kind.script.removesuffix(".js") for kind in KINDS.values() if kind.script})
"""What their elements need, below static/js/."""
