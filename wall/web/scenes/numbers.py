"""Numbers of the event: posts, people, and how the day goes."""

from typing import Any

from wall.core.numbers import Numbers, numbers
from wall.core.words import _
from wall.web.scenes.kind import Kind, Moment, NoOptions, Shown

NETWORKS = {
    "mastodon": "Mastodon",
    "bluesky": "Bluesky",
    "nostr": "Nostr",
    "feed": _("Web feeds"),
    "question": _("Asked here"),
    "form": _("Written here"),
    "webhook": _("Webhooks"),
    "irc": "IRC",
    "matrix": "Matrix",
    "misskey": "Misskey",
    "telegram": "Telegram",
    "slack": "Slack",
    "sms": _("By text"),
    "mail": _("E-mail"),
}
MOST_NETWORKS = 5
LEAST_FOLLOWING = 10
"""Fewer say nothing that a hall wants to know."""
HEIGHT = 100
GAP = 0.22
"""Of a bar's width, to the next."""


async def view(moment: Moment, options: NoOptions) -> Shown | None:
    event = moment.event
    kept = await moment.services["rolls"].get(event.slug)
    if kept is None or not kept.roll.posts:
        return None
    found = numbers(kept.roll, event.timezone, moment.now)
    following = (await moment.services["followers"].get(event.slug)).all
    return Shown(
        context={
            "numbers": found,
            "networks": networks(found),
            "bars": bars(found),
            "following": following if following >= LEAST_FOLLOWING else 0,
        }
    )


def networks(found: Numbers) -> list[tuple[str, int]]:
    """Return how many posts came by which network, in words; the smallest ones are put together."""
    named = [(NETWORKS.get(kind, kind.capitalize()), number) for kind, number in found.networks]
    if len(named) <= MOST_NETWORKS:
        return named
    shown, others = named[: MOST_NETWORKS - 1], named[MOST_NETWORKS - 1 :]
    return [*shown, (_("Others"), sum(number for _, number in others))]


def bars(found: Numbers) -> list[dict[str, Any]]:
    """Return the hours of the day as bars of a drawing that is one wide for each, and 100 high."""
    most = max((hour.posts for hour in found.hours), default=0)
    every = -(-len(found.hours) // 8)  # an hour is named where there is room for it
    return [
        {
            "x": f"{place + GAP / 2:.2f}",
            "width": f"{1 - GAP:.2f}",
            "height": f"{HEIGHT * hour.posts / most if most else 0:.1f}",
            "y": f"{HEIGHT - (HEIGHT * hour.posts / most if most else 0):.1f}",
            "clock": hour.clock if (len(found.hours) - 1 - place) % every == 0 else "",
            "runs": place == len(found.hours) - 1,
        }
        for place, hour in enumerate(found.hours)
    ]


KIND = Kind(
    title=_("Numbers"),
    help=_(
        "How many posts and people there are on the wall, and how the day goes. Only what moderators approved counts."
    ),
    view=view,
    seconds=15,
)
