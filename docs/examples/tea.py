"""Tea: where it is, until it is cold."""

from dataclasses import dataclass
from datetime import datetime

from wall.core.options import asked
from wall.core.words import _
from wall.web.scenes.kind import Kind, Moment, Shown


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    where: str = asked(_("Where tea is"), _("Such as “in the garden”."), default="", required=True, most=60)
    until: datetime | None = asked(_("Until"), _("By the clocks of the venue. Empty: for ever."), default=None)


async def view(moment: Moment, options: Options) -> Shown | None:
    if options.until and options.until <= moment.now:
        return None
    return Shown(context={"where": options.where}, news=options.where, until=options.until)


KIND = Kind(title=_("Tea"), help=_("Says where tea is."), options=Options, view=view, seconds=12, priority=1)
