"""Who is listened to at an event, for its team: in bands, each with a sentence that can be checked, never a score."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from starlette.requests import Request
from starlette.responses import HTMLResponse
from starlette.routing import Route

from wall.core.event import Event
from wall.core.influence import Band, Influence, influences, listeners
from wall.core.ledger import Ledger
from wall.core.rules.words import Words as HouseWords
from wall.core.talk import talk_of
from wall.core.trends import Trend, Uttered
from wall.core.watch import affiliation
from wall.core.words import Words, _, ngettext
from wall.web import access
from wall.web.language import number
from wall.web.people_of import Known, people_of, posts_url
from wall.web.scenes.trends import may_be_said
from wall.web.state import State, state

MOST_SHOWN = 60
MOST_PHRASES = 3
TITLES: Sequence[tuple[Band, Words]] = (
    ("high", _("Widely listened to")),
    ("some", _("Listened to by some")),
)


@dataclass(frozen=True, slots=True)
class Heard:
    """Whom others listen to, those in the highest band first, and what those who do talk about, by author.

    `more` are in a band that is shown, and beyond so many as are; `low` are those whom nobody, or one, took up.
    """

    shown: Sequence[Influence] = ()
    about: Mapping[str, Sequence[Trend]] = field(default_factory=dict)
    more: int = 0
    low: int = 0


async def show(request: Request) -> HTMLResponse:
    """Show whom others listen to, and who does."""
    event, who = await access.staff(request, "moderator")
    services = state(request)
    found = await heard(services, event)
    names = await people_of(services, event, [one.author for one in found.shown]) if found else {}
    return services["pages"].page(
        "moderate/listened_to.html",
        page="organise",
        event=event,
        person={"name": who.name},
        counting=found is None,
        bands=[band for band in bands_view(event, found, names) if band["people"]] if found else [],
        more=found.more if found else 0,
        low=found.low if found else 0,
    )


async def heard(services: State, event: Event) -> Heard | None:
    """Return who is listened to just now; None while posts are still being read."""
    kept = await services["rolls"].get(event.slug)
    house = await services["house_words"].get(event.slug)
    uttered = dict(kept.speech.uttered) if kept and house else {}

    def count(ledger: Ledger) -> Heard:
        return heard_in(ledger, uttered, event, house)

    return await services["ledgers"].answer(event.slug, (heard_in, event.keys, house, bool(uttered)), count)


def heard_in(ledger: Ledger, uttered: Mapping[str, Uttered], event: Event, house: HouseWords | None) -> Heard:
    everybody = influences(ledger)
    listened = sorted((one for one in everybody if one.band != "low"), key=lambda one: one.band != "high")
    shown = listened[:MOST_SHOWN]
    about = talk_of(
        uttered,
        listeners(ledger, [one.author for one in shown]),
        most=MOST_PHRASES,
        allows=lambda phrase: house is not None and may_be_said(phrase, event, house),
    )
    return Heard(shown, about, more=len(listened) - len(shown), low=len(everybody) - len(listened))


def bands_view(event: Event, found: Heard, names: Mapping[str, Known]) -> list[dict[str, Any]]:
    return [
        {
            "name": band,
            "title": title,
            "people": [
                person_view(event, one, found.about.get(one.author, ()), names[one.author])
                for one in found.shown
                if one.band == band and one.author in names
            ],
        }
        for band, title in TITLES
    ]


def person_view(event: Event, one: Influence, about: Sequence[Trend], known: Known) -> dict[str, Any]:
    author = known.author
    return {
        "name": known.name,
        "handle": author.handle,
        "network": known.network,
        "affiliation": affiliation(event.watch, author.handle),
        "sentence": sentence(one),
        "followers": author.followers,
        "about": [trend.written for trend in about],
        "url": posts_url(event, one.author),
    }


def sentence(one: Influence) -> Words:
    """Return what the event shows of somebody, as whoever doubts it can count it again."""
    people = number(one.people)
    taken = (
        ngettext(
            "%(people)s people took up what they wrote, %(num)s of whom is widely taken up too.",
            "%(people)s people took up what they wrote, %(num)s of whom are widely taken up too.",
            one.connectors,
            people=people,
            num=number(one.connectors),
        )
        if one.connectors
        else ngettext(
            "%(num)s person took up what they wrote.",
            "%(num)s people took up what they wrote.",
            one.people,
            num=people,
        )
    )
    come = ngettext(
        "They come from %(num)s network and language.",
        "They come from %(num)s networks and languages.",
        one.groups,
        num=number(one.groups),
    )
    return _("%(taken)s %(come)s", taken=taken, come=come)


routes = [Route("/{slug}/moderate/listened-to", show)]
