"""How to be on the wall: a code for phones, the hashtags, and an address that can be typed."""

from wall.core.words import _
from wall.web.join_page import form_source
from wall.web.scenes.kind import Kind, Moment, NoOptions, Shown


async def view(moment: Moment, options: NoOptions) -> Shown:
    slug = moment.event.slug
    if not await form_source(moment.services, moment.event):
        return Shown(context={"join": None})
    shown = moment.address(f"/{slug}/join").split("://")[-1]
    return Shown(context={"join": {"address": shown, "qr_url": f"/{slug}/screen/join.svg"}})


KIND = Kind(
    title=_("How to post"),
    help=_(
        "A large code for phones, the hashtags, and the address. Without the form for phones, the hashtags alone."
    ),
    view=view,
    rail=False,
    seconds=15,
)
