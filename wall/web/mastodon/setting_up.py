"""What is typed into programs of others, so that they show an event."""

from urllib.parse import quote

from starlette.requests import Request

from wall.core.event import Event
from wall.core.words import _
from wall.web import access
from wall.web.addresses import address
from wall.web.once import Told


def other_walls(request: Request, event: Event) -> list[Told]:
    """Return what is typed into programs of others that show this event."""
    if not access.is_outside(event):
        return []
    base, tag = address(request, ""), event.hashtags[0] if event.hashtags else event.slug
    return [
        Told(_("fediwall, in its address"), f"?load={base}/{event.slug}/wall-config.json"),
        Told(_("mastowall, in its address"), f"?server={base}/e/{event.slug}&hashtags={quote(tag)}"),
        Told(_("TagzApp and others, as the Mastodon server"), base),
    ]
