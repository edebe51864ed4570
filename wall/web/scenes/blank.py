"""A quiet picture between others: the event's title, and nothing that moves."""

from wall.web.scenes.kind import Kind, Moment, NoOptions, Shown


async def view(moment: Moment, options: NoOptions) -> Shown:
    return Shown(context={"title": moment.event.title})


KIND = Kind(
    title="Blank",
    help="The event's title alone, such as during a talk.",
    view=view,
    rail=False,
)
