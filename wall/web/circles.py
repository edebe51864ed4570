"""The circles that an organiser gives a public event: each an event of its own, of which nobody else learns."""

import re
import unicodedata
from contextlib import suppress
from dataclasses import replace
from http import HTTPStatus

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from wall.core.circle import CircleRule
from wall.core.event import Event
from wall.core.hashtag import parse_hashtags, tagkey
from wall.core.participation import NEW
from wall.core.people import Person
from wall.core.source import SourceSettings
from wall.core.text import clean_name
from wall.core.words import _
from wall.errors import InvalidInput
from wall.sources.form import Form
from wall.web import access
from wall.web.circles_view import team
from wall.web.event_form import BLANK
from wall.web.event_page import event_page
from wall.web.form import Trouble
from wall.web.state import State, state

NONCE = re.compile(r"[0-9a-f]{12}")
LONGEST_WORD = 24  # letters of an address, before what makes it one of its own
LONGEST_TITLE = 60


async def create(request: Request) -> Response:
    """Give an event a circle: its title, and who of the team is in it from its beginning."""
    event, who = await access.staff(request, "organiser")
    services = state(request)
    form = await request.form(max_files=0, max_fields=200)
    chosen = {value for name, value in form.multi_items() if name == "member" and isinstance(value, str)}
    values = {name: value for name, value in form.multi_items() if isinstance(value, str)}
    try:
        circle = new_circle(event, values)
        if circle.slug not in [one.slug for one in await services["store"].circles.of(event.slug)]:
            await services["store"].circles.create(circle)
    except InvalidInput as error:
        return await event_page(request, event, Trouble("circles", error, values))
    await begin(services, circle, who, [one for one in await team(services, event) if one.id in chosen])
    return RedirectResponse(f"/organise/{circle.slug}", HTTPStatus.SEE_OTHER)


async def begin(services: State, circle: Event, who: Person, members: list[Person]) -> None:
    """Let those in who are in a new circle from its beginning, with a form of its own for what they write."""
    store, now = services["store"], services["now"]()
    await store.sources.save(circle.slug, SourceSettings(id=Form.kind, kind=Form.kind))
    if not who.owner:
        await store.people.grant(who.id, circle.slug, "organiser")
    await store.members.seat(circle.slug, who.id, who.name, now=now)
    for one in members:
        await store.members.begin_with(circle.slug, one.id, one.name, now=now)


def new_circle(event: Event, values: dict[str, str]) -> Event:
    """Return a circle of an event as filled in, with a hashtag of its own; raises InvalidInput."""
    if event.circle is not None or event.part_of is not None:
        raise InvalidInput(_("Only an event that is open to everybody has circles."), field="title")
    title = clean_name(values.get("title", ""))[:LONGEST_TITLE].strip()
    nonce = values.get("nonce", "")
    if not title:
        raise InvalidInput(_("Give the circle a title; its members see it."), field="title")
    if not NONCE.fullmatch(nonce):
        raise InvalidInput(_("This form is not whole; load the page again."), field="title")
    hashtag = hashtag_of(title)
    return replace(
        BLANK,
        slug=f"{plain(title)[:LONGEST_WORD].strip('-') or 'circle'}-{nonce}",
        title=title,
        hashtags=(hashtag,),
        keys=(tagkey(hashtag),),
        timezone=event.timezone,
        language=event.language,
        starts=event.starts,
        ends=event.ends,
        accent=event.accent,
        theme=event.theme,
        house_rules=event.house_rules,
        host=event.host,
        participation=NEW,
        circle=CircleRule(),
        part_of=event.slug,
    )


def hashtag_of(title: str) -> str:
    """Return the hashtag of a circle, which the posts of its form are given; nothing outside is asked for it."""
    with suppress(InvalidInput):
        return next(iter(parse_hashtags("".join(filter(str.isalnum, title)))), "circle")
    return "circle"


def plain(title: str) -> str:
    """Return the letters a to z and digits of a title, its words joined by hyphens."""
    letters = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower().replace("'", "")
    return re.sub(r"[^a-z0-9]+", "-", letters).strip("-")


routes = [Route("/organise/{slug}/circles", create, methods=["POST"])]
