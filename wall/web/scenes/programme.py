"""The programme: what runs now and what comes next in each room; the page itself knows whose hour it is."""

from dataclasses import dataclass

from wall.core.options import asked
from wall.core.words import _
from wall.web.programme_board import board_view
from wall.web.scenes.kind import Kind, Moment, Shown


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    rooms: str = asked(
        _("Rooms"),
        _(
            "With commas between, such as “Hall A, Hall B”. Empty: all; of more than eight, those with something on."
        ),
        default="",
        most=400,
    )


async def view(moment: Moment, options: Options) -> Shown | None:
    event = moment.event
    programme = await moment.services["store"].programmes.get(event.slug)
    rooms = [name for name in map(str.strip, options.rooms.split(",")) if name]
    room = moment.screen.room if moment.screen else ""
    board = board_view(programme, event.timezone, moment.now, room=room, rooms=rooms)
    return Shown(context=board, until=board["until"]) if board else None


KIND = Kind(
    title=_("Programme"),
    help=_("What runs now and what comes next in each room; large for the room that the screen hangs in."),
    options=Options,
    view=view,
    parts=("rooms",),
    script="elements/scene-programme.js",
    seconds=20,
)
