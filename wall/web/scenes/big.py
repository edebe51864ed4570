"""One post at a time, as large as it goes, drawn by the page from its feed."""

from dataclasses import dataclass
from typing import Literal

from wall.core.options import asked
from wall.core.words import _
from wall.web.scenes.between import between_posts
from wall.web.scenes.kind import Kind, Moment, Shown


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    which: Literal["all", "pictures", "pinned"] = asked(
        _("Which posts"),
        default="all",
        choices={
            "all": _("All of the wall"),
            "pictures": _("Those with pictures"),
            "pinned": _("Those that are pinned"),
        },
    )


async def view(moment: Moment, options: Options) -> Shown:
    sponsors = await between_posts(moment) if options.which == "all" else {}
    return Shown(data={"which": options.which, "codes": moment.event.show_codes, **sponsors})


KIND = Kind(
    title=_("One post, big"),
    help=_("One post at a time, its words as large as they go. A pinned post comes first."),
    options=Options,
    view=view,
    element="big-post",
    script="elements/big-post.js",
    seconds=60,
)
