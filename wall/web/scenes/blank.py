"""A quiet picture between others: the event's logo or title, and nothing that moves."""

from wall.core.words import _
from wall.web.brands import brand_view
from wall.web.scenes.kind import Kind, Moment, NoOptions, Shown


async def view(moment: Moment, options: NoOptions) -> Shown:
    brand = await moment.services["store"].brands.get(moment.event.slug)
    return Shown(context={"title": moment.event.title, "brand": brand_view(brand, moment.event)})


KIND = Kind(
    title=_("Blank"),
    help=_("The event's logo or title alone, such as during a talk."),
    view=view,
    rail=False,
)
