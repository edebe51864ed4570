"""The organiser's page of an event: everything that can be set, beside what it does to the wall."""

from collections.abc import Iterable, Sequence
from http import HTTPStatus
from typing import Any

from starlette.requests import Request
from starlette.responses import HTMLResponse

from wall.core.colour import READABLE, contrast
from wall.core.event import Event
from wall.core.part import MOST_PARTS
from wall.core.people import Person, Screen
from wall.core.programme import Programme
from wall.core.reactions import REACTIONS
from wall.core.scenes import USUAL
from wall.core.showing import Showing
from wall.core.words import _, any_of, ngettext
from wall.web import access
from wall.web.addresses import address
from wall.web.circles_view import circles_view
from wall.web.coverage import Fares, fares_of
from wall.web.erasure_view import erasure_view
from wall.web.event_form import form_values, zones_by_area
from wall.web.form import Trouble
from wall.web.hashtag_notes import hashtag_notes
from wall.web.looks import in_words
from wall.web.mastodon.setting_up import other_walls
from wall.web.mode_form import modes_section
from wall.web.participation_form import participation_section
from wall.web.programme_view import summary
from wall.web.restored import restored_notes
from wall.web.retention_view import retention_view
from wall.web.source_view import kinds_view, source_view
from wall.web.state import State, state
from wall.web.terms_form import terms_words
from wall.web.when import ago

# The grounds of the two themes, as in tokens.css.
DARK, LIGHT = "#0d0f12", "#f1eee8"
VERDICTS = {
    (True, True): _("It reads on both."),
    (True, False): _("It reads on dark; on the other it is moved until it does."),
    (False, True): _("It reads on light; on the other it is moved until it does."),
    (False, False): _("It reads on neither as it is, and is moved until it does."),
}
"""How an accent colour reads on dark and on light."""
ROLES = {
    "owner": _("Owner"),
    "organiser": _("Organiser"),
    "moderator": _("Moderator"),
    "speaker": _("Speaker"),
}


async def event_page(request: Request, event: Event, trouble: Trouble | None = None) -> HTMLResponse:
    """Return the page of an event; with `trouble`, one of its forms says what could not be used."""
    services = state(request)
    who = await access.person(request)
    sources = await fares_of(services, event)
    opened = await services["store"].screens.all(event.slug)
    programme = await services["store"].programmes.get(event.slug)
    return services["pages"].page(
        "organise/event.html",
        status=HTTPStatus.UNPROCESSABLE_ENTITY if trouble else HTTPStatus.OK,
        page="organise",
        event=event,
        person={"name": who.name},
        base=f"/organise/{event.slug}",
        addresses={
            **{name: address(request, f"/{event.slug}{path}") for name, path in PAGES.items()},
            "pairing": address(request, "/screen").split("://")[-1],
        },
        values=form_values(event),
        private_able=services["store"].back_channels.able,
        modes=modes_section(event, services["now"]()),
        participation=participation_section(
            event.participation,
            services["config"],
            await services["store"].turned_away.all(event.slug),
            services["now"](),
        ),
        codes=await services["store"].ticket_codes.summary(event.slug),
        zones=zones_by_area(),
        all_reactions=REACTIONS,
        accent=accent_words(event.accent),
        notes=[
            *await restored_notes(services, event.timezone),
            *await hashtag_notes(services["store"], event),
        ],
        sought=any_of(f"\u2068#{tag}\u2069" for tag in event.hashtags),
        terms=terms_words(event.terms),
        sources=sources_view(request, event, sources),
        kinds=kinds_view([settings for settings, _ in sources], who),
        staff=await staff_view(services, event, who),
        rules=await rules_words(services, event),
        programme=programme_words(programme, event),
        rooms=programme.rooms,
        screens=await screens_view(services, event, [one for one in opened if one.kind == "screen"]),
        scene_lists=[{"id": "", "name": USUAL.name}, *await scene_lists(services, event)],
        most_parts=MOST_PARTS,
        outputs=[output_view(services, one) for one in opened if one.kind != "screen"],
        other_walls=other_walls(request, event),
        circles=await circles_view(services, event, who),
        retention=await retention_view(services, event),
        erasure=await erasure_view(services, event, who),
        trouble=trouble,
    )


PAGES = {"live": "", "desk": "/moderate", "screen": "/screen", "join": "/join", "about": "/about"}


def sources_view(request: Request, event: Event, fares: Sequence[Fares]) -> list[dict[str, Any]]:
    now = state(request)["now"]()
    views = [source_view(event, *one, now) for one in fares]
    return [{**view, "door": address(request, view["door"]) if view["door"] else None} for view in views]


async def staff_view(services: State, event: Event, viewer: Person) -> list[dict[str, Any]]:
    """Return who works on an event; of those the viewer is in charge of, where they are signed in, too."""
    now = services["now"]()
    people = [one for one in await services["store"].people.all() if one.may(event.slug, "speaker")]
    return [
        {
            "id": one.id,
            "name": one.name,
            "role": ROLES["owner" if one.owner else str(one.role(event.slug))],
            "you": one.id == viewer.id,
            "can_revoke": not one.owner and one.id != viewer.id,
            "in_charge": in_charge(viewer, one, event.slug),
            "sessions": [
                {"key": session.key, "browser": session.browser, "seen": ago(session.seen_at, now)}
                for session in await services["store"].people.sessions(one.id)
            ]
            if in_charge(viewer, one, event.slug)
            else [],
        }
        for one in people
    ]


def in_charge(viewer: Person, other: Person, slug: str) -> bool:
    """Tell whether an organiser may let somebody in anew and sign them out: nobody who works elsewhere as well.

    Otherwise the organiser of one event could make a link and be the organiser of another.
    """
    if other.id == viewer.id:
        return False
    return not other.owner and (viewer.owner or set(other.roles) == {slug})


async def rules_words(services: State, event: Event) -> str:
    """Return how many rules there are, in words."""
    rules = (await services["store"].rules.get(event.slug)).rules
    on = sum(rule.counts(services["now"]()) for rule in rules)
    if not rules:
        return _("No rule yet: the mode below alone says where new posts go.")
    if on == len(rules):
        return ngettext("%(num)s rule, all on.", "%(num)s rules, all on.", len(rules))
    return ngettext("%(num)s rule, %(on)s on.", "%(num)s rules, %(on)s on.", len(rules), on=on)


async def scene_lists(services: State, event: Event) -> list[dict[str, str]]:
    return [{"id": one.id, "name": one.name} for one in await services["store"].scenes.all(event.slug)]


def programme_words(programme: Programme, event: Event) -> str:
    """Return how much of a programme there is, in words."""
    if not programme.sessions:
        return _("No programme yet: take one in from pretalx, frab or a calendar, or make it by hand.")
    return _("%(summary)s.", summary=summary(programme.sessions, event))


async def screens_view(services: State, event: Event, screens: Iterable[Screen]) -> list[dict[str, Any]]:
    showings = await services["store"].showings.all(event.slug)
    return [screen_view(services, one, [show for show in showings if show.screen == one.id]) for one in screens]


def screen_view(services: State, screen: Screen, showings: list[Showing]) -> dict[str, Any]:
    missing = sorted({script for show in showings for script in show.missing})
    return {
        **opened_view(services, screen),
        "room": screen.room,
        "scenes": screen.scenes,
        "part": screen.part,
        "look": in_words(screen.look),
        "missing": missing,
    }


def output_view(services: State, screen: Screen) -> dict[str, Any]:
    return {**opened_view(services, screen), "kind": screen.kind, "room": screen.room, "origins": screen.origins}


def opened_view(services: State, screen: Screen) -> dict[str, Any]:
    seen = _("Seen %(ago)s", ago=ago(screen.seen_at, services["now"]())) if screen.seen_at else _("Not opened yet")
    return {"id": screen.id, "name": screen.name, "seen": seen}


def accent_words(accent: str) -> tuple[str, str]:
    """Return how an accent colour reads on both themes, in two sentences."""
    dark, light = contrast(accent, DARK), contrast(accent, LIGHT)
    contrasts = {"dark": f"{dark:.1f}", "light": f"{light:.1f}", "wanted": f"{READABLE:.0f}"}
    found = _("Contrast %(dark)s on dark, %(light)s on light; %(wanted)s is wanted.", **contrasts)
    return found, VERDICTS[dark >= READABLE, light >= READABLE]
