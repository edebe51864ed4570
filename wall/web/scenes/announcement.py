"""A word of the organiser to the room."""

from dataclasses import dataclass
from datetime import datetime

from wall.core.options import asked
from wall.core.words import _
from wall.web.scenes.kind import Kind, Moment, Shown

LONGEST = 280


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    text: str = asked(
        _("What it says"), _("Short is read from afar: ten words are better than thirty."),
        default="", required=True, rows=4, most=LONGEST,
    )  # fmt: skip
    until: datetime | None = asked(
        _("Until"),
        _("By the clocks of the venue. Then it is passed over. Empty: until it is taken out."),
        default=None,
    )


async def view(moment: Moment, options: Options) -> Shown | None:
    over = options.until is not None and options.until <= moment.now
    if not options.text or over:
        return None
    return Shown(context={"text": options.text}, news=options.text, until=options.until)


KIND = Kind(
    title=_("Announcement"),
    help=_("A sentence to the room, such as a change of rooms. It can come at once."),
    options=Options,
    view=view,
    script="elements/fit-text.js",
    seconds=15,
    priority=1,
)
