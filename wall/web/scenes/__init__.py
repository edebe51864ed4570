"""The kinds of scenes: one module each, one line each here."""

from wall.web.scenes import announcement, big, blank, countdown, join, pictures, programme, stream, wall
from wall.web.scenes.kind import Kind

KINDS: dict[str, Kind] = {
    "wall": wall.KIND,
    "big": big.KIND,
    "stream": stream.KIND,
    "pictures": pictures.KIND,
    "announcement": announcement.KIND,
    "countdown": countdown.KIND,
    "programme": programme.KIND,
    "join": join.KIND,
    "blank": blank.KIND,
}
