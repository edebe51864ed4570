"""What holds back those who may take part from writing: locks, slow mode, and limits for one, an address and all."""

from collections.abc import Callable

from starlette.requests import Request

from wall.core.event import Event
from wall.core.participant import Participant
from wall.core.participation import LOCKED
from wall.core.words import Words, _, ngettext
from wall.web.doors import whence
from wall.web.participation import turned_away
from wall.web.state import state
from wall.web.when import again

MINUTE = 60
MOST_PER_PERSON = 5
MOST_PER_ADDRESS = 120  # a hall may share one
MOST_PER_EVENT = 300


async def may_write(request: Request, event: Event, author: Participant) -> None:
    """Count one thing that somebody writes; raises NotTakingPart, saying when they may, if it is too soon.

    Call it last, once what they wrote can be taken in.
    """
    if event.participation.locked:
        raise await turned_away(request, event, "locked", lock_words(event))
    limits, slug = state(request)["store"].limits, event.slug
    for why, key, most in (
        ("pace event", f"{slug} form", MOST_PER_EVENT),
        ("pace address", f"{slug} form from {whence(request)}", MOST_PER_ADDRESS),
        ("pace", f"{slug} form by {author.id}", MOST_PER_PERSON),
    ):
        wait = await limits.wait(key, most=most, seconds=MINUTE)
        if wait:
            raise await turned_away(request, event, why, PACE[why](again(wait)))
    slow = event.participation.slow_seconds
    wait = await limits.wait(f"{slug} slowly {author.id}", most=1, seconds=slow) if slow else 0.0
    if wait:
        words = ngettext(
            "Slow mode is on: one post in %(num)s second. You may write the next one %(when)s.",
            "Slow mode is on: one post in %(num)s seconds. You may write the next one %(when)s.",
            slow,
            when=again(wait),
        )
        raise await turned_away(request, event, "slow", words)


def lock_words(event: Event) -> str:
    return event.participation.lock_words or LOCKED


PACE: dict[str, Callable[[Words], Words]] = {
    "pace event": lambda when: _("More is written here than can be read. You may send yours %(when)s.", when=when),
    "pace address": lambda when: _(
        "Much is written from your network at this moment. You may send yours %(when)s.", when=when
    ),
    "pace": lambda when: _("That was a lot at once. You may write again %(when)s.", when=when),
}
