"""The cards of sponsors between the posts of a scene, as an organiser paces them."""

from typing import Any

from wall.web.scenes.kind import Moment
from wall.web.sponsor_view import sponsor_view


async def between_posts(moment: Moment) -> dict[str, Any]:
    """Return what the element of a scene is told of sponsors besides; nothing while none has a card."""
    sponsors = await moment.services["store"].sponsors.get(moment.event.slug)
    if not sponsors.every or not sponsors.all:
        return {}
    pages = moment.services["pages"]
    cards = [
        {
            "id": f"sponsor-{one.id}",
            "html": pages.render("screen/_sponsor.html", sponsor=sponsor_view(one, moment.event)),
        }
        for one in sponsors.all
    ]
    return {"sponsors": {"every": sponsors.every, "seconds": sponsors.seconds, "cards": cards}}
