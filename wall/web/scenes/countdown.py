"""A countdown to a time, such as the beginning of the next talk."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from wall.core.options import asked
from wall.core.words import _
from wall.web.scenes.kind import Kind, Moment, Shown
from wall.web.views import timestamp

NOW = _("Now")
NOW_FOR = timedelta(minutes=1)
"""How long it goes on saying that the time has come."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    to: datetime | None = asked(_("Counts down to"), _("By the clocks of the venue."), default=None, required=True)
    title: str = asked(_("What begins then"), _("Such as “Closing keynote”."), default="", most=80)
    then: str = asked(_("What it says when the time has come"), _("For a minute."), default=str(NOW), most=40)


async def view(moment: Moment, options: Options) -> Shown | None:
    if options.to is None or options.to + NOW_FOR <= moment.now:
        return None
    context = {
        "to": timestamp(options.to),
        "title": options.title,
        "then": NOW if options.then in ("", NOW) else options.then,
    }
    return Shown(context=context, news=context["to"], until=options.to + NOW_FOR)


KIND = Kind(
    title=_("Countdown"),
    help=_("How long it still is until something begins."),
    options=Options,
    view=view,
    script="elements/count-down.js",
    seconds=15,
)
