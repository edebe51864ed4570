"""Sponsors: their logos by tier, the first tier largest."""

from dataclasses import dataclass

from wall.core.options import asked
from wall.core.words import _
from wall.web.scenes.kind import Kind, Moment, Shown
from wall.web.sponsor_view import sponsor_view

TITLE = _("Made possible by")
LARGE = 3
"""So many tiers differ in size; those after them are as small as the last."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    title: str = asked(_("What stands above them"), default=str(TITLE), most=60)
    tier: str = asked(
        _("Tier"), _("Such as “Gold”. Empty: all of them, one under the other."), default="", most=80
    )


async def view(moment: Moment, options: Options) -> Shown | None:
    event = moment.event
    sponsors = await moment.services["store"].sponsors.get(event.slug)
    tiers = [
        {
            "name": tier,
            "size": min(place, LARGE),
            "sponsors": [sponsor_view(sponsor, event) for sponsor in of_tier],
        }
        for place, (tier, of_tier) in enumerate(sponsors.tiers.items(), 1)
        if options.tier.casefold() in ("", tier.casefold())
    ]
    if not tiers:
        return None
    if len(tiers) == 1:
        tiers[0]["size"] = 1
    return Shown(context={"title": TITLE if options.title == TITLE else options.title, "tiers": tiers})


KIND = Kind(
    title=_("Sponsors"),
    help=_(
        "The logos of the event's sponsors, by tier. Who they are, and how often one has a card on the wall, "
        "is set on the page “Sponsors”."
    ),
    options=Options,
    view=view,
    seconds=15,
)
