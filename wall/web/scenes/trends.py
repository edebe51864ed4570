"""Trends: what people talk about just now, by how many people do."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from wall.core.event import Event
from wall.core.hashtag import tagkey
from wall.core.options import asked
from wall.core.rules.words import Words
from wall.core.trends import LEAST_PEOPLE, Trend
from wall.core.words import _
from wall.web.scenes.kind import Kind, Moment, Shown

USUAL = "30"
MINUTES = {"5": _("5 minutes"), "15": _("15 minutes"), USUAL: _("30 minutes"), "60": _("Hour")}
SPANS = {
    "5": _("In the last 5 minutes."),
    "15": _("In the last 15 minutes."),
    USUAL: _("In the last 30 minutes."),
    "60": _("In the last hour."),
}
MOST_POSTS_NAMED = 12
"""With one of so few posts gone, a phrase leaves the screen until it is known who else said it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    minutes: str = asked(
        _("Talked about in the last"),
        _("Set against the day before. A large event can ask about less."),
        default=USUAL,
        choices=MINUTES,
    )
    phrases: int = asked(_("Phrases at most"), default=6, least=1, most=8)
    people: int = asked(
        _("People at least"),
        _("What fewer people talk about is no trend. Somebody who says it often counts once."),
        default=LEAST_PEOPLE,
        least=LEAST_PEOPLE,
        most=1000,
    )


async def view(moment: Moment, options: Options) -> Shown | None:
    event, services = moment.event, moment.services
    kept = await services["rolls"].get(event.slug)
    words = await services["house_words"].get(event.slug)
    if kept is None or words is None:
        return None
    minutes = options.minutes if options.minutes in MINUTES else USUAL
    found = kept.speech.trends(
        timedelta(minutes=int(minutes)),
        moment.now,
        most=max(1, min(options.phrases, 8)),
        allows=lambda phrase: may_be_said(phrase, event, words),
    )
    trends = [trend_view(trend) for trend in found if trend.people >= options.people]
    return Shown(context={"trends": trends, "span": SPANS[minutes]}) if trends else None


def may_be_said(phrase: str, event: Event, words: Words) -> bool:
    """Tell whether a phrase says more than the event's own hashtag, and nothing that its rules look for."""
    return not any(tagkey(part) in event.keys for part in (*phrase.split(), phrase)) and not words.holds(phrase)


def trend_view(trend: Trend) -> dict[str, Any]:
    few = len(trend.posts) <= MOST_POSTS_NAMED
    return {
        "phrase": trend.written,
        "people": trend.people,
        "new": trend.before == 0,
        "posts": " ".join(sorted(trend.posts)) if few else "",
    }


KIND = Kind(
    title=_("Trends"),
    help=_(
        "Words and phrases that more people use now than the day before. Passed over while nothing stands out. "
        "It takes some hours to know what is usual."
    ),
    options=Options,
    view=view,
    seconds=15,
)
