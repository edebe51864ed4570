"""The wall: posts in columns, drawn by the page from its feed; every so many, a sponsor has a card for a while."""

from wall.core.words import _
from wall.web.scenes.between import between_posts
from wall.web.scenes.kind import Kind, Moment, NoOptions, Shown


async def view(moment: Moment, options: NoOptions) -> Shown:
    return Shown(data=await between_posts(moment) or None)


KIND = Kind(
    title=_("Wall"),
    help=_("The newest posts, several at a time. While there are none, it says how to post."),
    view=view,
    element="poster-wall",
    styled=False,
    seconds=120,
)
