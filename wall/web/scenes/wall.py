"""The wall: posts in columns, drawn by the page from its feed."""

from wall.web.scenes.kind import Kind, Moment, NoOptions, Shown


async def view(moment: Moment, options: NoOptions) -> Shown:
    return Shown()


KIND = Kind(
    title="Wall",
    help="The newest posts, several at a time. While there are none, it says how to post.",
    view=view,
    element="poster-wall",
    styled=False,
    seconds=120,
)
