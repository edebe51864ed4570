"""A sponsor, as pages and screens show it."""

from typing import Any

from wall.core.event import Event
from wall.core.sponsors import Sponsor
from wall.web.brands import picture_view


def sponsor_view(sponsor: Sponsor, event: Event) -> dict[str, Any]:
    return {
        "id": sponsor.id,
        "name": sponsor.name,
        "tier": sponsor.tier,
        "logo": picture_view(sponsor.logo, event),
        "plate": sponsor.plate,
    }
