"""What streams and webhooks say: frames as the program builds them, and their codes and kinds."""

from handbook.reference.table import code, table
from wall.core.feed import Cursor
from wall.core.webhook import ALWAYS, CHOICES, PAUSES, USUAL
from wall.web import frames
from wall.web.frames import Close

TOLD, REACHED = Cursor("Vq3k", 128), Cursor("Vq3k", 129)
STAY_AWAY = 4500


def every_frame() -> str:
    update = '{"offset":129,"kind":"removed","at":"2026-06-12T09:30:00.000Z","id":"a1b2c3"}'
    shown = (
        frames.hello(TOLD, "0.1.0"),
        frames.updates(REACHED, [update]),
        frames.beat(REACHED),
        frames.resync(),
        frames.close(Close.RESTARTING),
    )
    return "\n" + "".join(f"    {frame}\n" for frame in shown)


def every_close_code() -> str:
    rows = [(str(int(one)), words(one.name), "stay away" if one >= STAY_AWAY else "come back") for one in Close]
    return table(("code", "why", "what to do"), rows)


def words(name: str) -> str:
    return name.lower().replace("_", " ")


def every_kind_of_message() -> str:
    rows = [(code(kind), str(about), chosen(kind)) for kind, about in CHOICES.items()]
    return table(("update", "when", "told"), [*rows, (code(ALWAYS), "A post left the wall: drop it", "always")])


def chosen(kind: str) -> str:
    return "if chosen, as it is at first" if kind in USUAL else "if chosen"


def pauses() -> str:
    return "\n" + ", ".join(length(int(one.total_seconds())) for one in PAUSES) + "\n"


def length(seconds: int) -> str:
    for unit, size in (("hours", 3600), ("minutes", 60)):
        if seconds >= size:
            return f"{seconds // size} {unit}"
    return f"{seconds} seconds"
