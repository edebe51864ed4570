"""The wall: posts in columns, drawn by the page from its feed; every so many, a sponsor has a card for a while."""

from wall.web.scenes.kind import Kind, Moment, NoOptions, Shown
from wall.web.sponsor_view import sponsor_view


async def view(moment: Moment, options: NoOptions) -> Shown:
    sponsors = await moment.services["store"].sponsors.get(moment.event.slug)
    if not sponsors.every or not sponsors.all:
        return Shown()
    pages = moment.services["pages"]
    cards = [
        {
            "id": f"sponsor-{one.id}",
            "html": pages.render("screen/_sponsor.html", sponsor=sponsor_view(one, moment.event)),
        }
        for one in sponsors.all
    ]
    return Shown(data={"sponsors": {"every": sponsors.every, "seconds": sponsors.seconds, "cards": cards}})


KIND = Kind(
    title="Wall",
    help="The newest posts, several at a time. While there are none, it says how to post.",
    view=view,
    element="poster-wall",
    styled=False,
    seconds=120,
)
