"""Pictures that were posted, side by side, drawn by the page from its feed."""

from dataclasses import dataclass

from wall.core.options import asked
from wall.core.words import _
from wall.web.scenes.kind import Kind, Moment, Shown


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    many: int = asked(_("How many at once"), _("From 3 to 12."), default=6, least=3, most=12)


async def view(moment: Moment, options: Options) -> Shown:
    return Shown(data={"many": options.many, "codes": moment.event.show_codes})


KIND = Kind(
    title=_("Pictures"),
    help=_(
        "Approved pictures side by side, with who posted them. Never one with a warning; passed over below three."
    ),
    options=Options,
    view=view,
    element="post-pictures",
    script="elements/post-pictures.js",
    seconds=40,
)
