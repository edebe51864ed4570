"""Posts under one another in a single column, drawn by the page from its feed."""

from dataclasses import dataclass
from typing import Literal

from wall.core.options import asked
from wall.core.words import _
from wall.web.scenes.between import between_posts
from wall.web.scenes.kind import Kind, Moment, Shown


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    many: int = asked(
        _("How many posts"),
        _("From 2 to 8; fewer where the last row could not read them."),
        default=4,
        least=2,
        most=8,
    )
    order: Literal["newest", "places"] = asked(
        _("Where the next post comes"),
        default="newest",
        choices={
            "newest": _("On top, and the others move down"),
            "places": _("Where one was read, and no other moves"),
        },
    )


async def view(moment: Moment, options: Options) -> Shown:
    return Shown(data={"many": options.many, "order": options.order, **await between_posts(moment)})


KIND = Kind(
    title=_("Stream"),
    help=_("Posts under one another, such as on a high wall or beside a stage. Nothing scrolls."),
    options=Options,
    view=view,
    element="post-stream",
    script="elements/post-stream.js",
    seconds=120,
)
