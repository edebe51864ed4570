"""The sponsors of an event as statuses of an account of their own."""

from datetime import datetime, timedelta
from html import escape

from wall.core.sponsors import Sponsor, Sponsors
from wall.core.timeline import Listed, status_id
from wall.web.mastodon.account import SPONSORS, decimal, own_account
from wall.web.mastodon.door import Door
from wall.web.mastodon.status import ATTACHED, bare_status
from wall.web.views import timestamp


def sponsored(door: Door, title: str, sponsors: Sponsors, now: datetime) -> list[Listed]:
    """Return a status for each sponsor, the first on top; all of them are of the full hour.

    So they rise once an hour to where a wall that sorts by time begins, and leave it to the posts until the next.
    """
    hour = now.replace(minute=0, second=0, microsecond=0)
    return [
        listed(door, title, sponsor, hour - timedelta(seconds=place), len(sponsors.all) - place)
        for place, sponsor in enumerate(sponsors.all)
    ]


def listed(door: Door, title: str, sponsor: Sponsor, at: datetime, place: int) -> Listed:
    id = status_id(door.slug, at, place)
    words = " · ".join(word for word in (sponsor.name, sponsor.tier) if word)
    return Listed(
        id=id,
        local=True,
        status=bare_status(
            id=id,
            uri=f"{door.page()}#sponsor-{sponsor.id}",
            url=door.page(),
            created_at=timestamp(at),
            content=f"<p>{escape(words)}</p>",
            account=own_account(door, SPONSORS, title),
            media_attachments=[logo] if (logo := logo_of(door, sponsor)) else [],
        ),
    )


def logo_of(door: Door, sponsor: Sponsor) -> dict[str, object] | None:
    if sponsor.logo is None:
        return None
    url = door.logo(sponsor.logo)
    size = {"width": sponsor.logo.width, "height": sponsor.logo.height}
    return {
        "id": decimal("picture", sponsor.logo.id),
        "type": ATTACHED,
        "url": url,
        "preview_url": url,
        "remote_url": None,
        "meta": {"original": size, "small": size},
        "description": sponsor.name,
        "blurhash": None,
    }
