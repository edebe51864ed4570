"""The conversation of an event as a picture that its team explores, with the same in a table."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import HTMLResponse
from starlette.routing import Route

from wall.core.charts import About, Size
from wall.core.charts.network import GROUPS, Dot, Tie, legend, network
from wall.core.conversation import Conversation, Speaker, conversation, partners, ties
from wall.core.ledger import EVERYTHING, Ledger, Scope
from wall.core.watch import affiliation
from wall.core.words import Words, _, ngettext
from wall.errors import InvalidInput
from wall.web import access
from wall.web.figure_words import scope_words
from wall.web.figures import around_of
from wall.web.figures_form import Around, Asked, asked, form_view
from wall.web.form import Trouble
from wall.web.language import number, say
from wall.web.people_of import Known, people_of, posts_url
from wall.web.state import state

WIDE, NARROW = Size(1000, 680), Size(360, 420)
MOST_PARTNERS = 3
LOOKED_AT = 2


@dataclass(frozen=True, slots=True)
class Drawn:
    """The network, with what is counted once for each change of the ledger: who talks with whom."""

    shown: Conversation
    partners: Sequence[Sequence[int]]
    ties: Sequence[Tie]


async def show(request: Request) -> HTMLResponse:
    """Show who talked with whom, in what somebody asks for."""
    event, who = await access.staff(request, "moderator")
    services = state(request)
    around = await around_of(services, event)
    trouble: Trouble | None = None
    try:
        chosen = asked(request.query_params, around)
    except InvalidInput as error:
        chosen, trouble = Asked(EVERYTHING, {}), Trouble("scope", error, request.query_params)
    scope = chosen.scope
    found = await services["ledgers"].answer(event.slug, (drawn, scope), lambda ledger: drawn(ledger, scope))
    speakers = found.shown.speakers if found else ()
    names = await people_of(services, event, [one.author for one in speakers], looked_at=LOOKED_AT)
    return services["pages"].page(
        "moderate/conversation.html",
        status=422 if trouble else 200,
        page="conversation",
        event=event,
        person={"name": who.name},
        base=f"/{event.slug}/moderate/conversation",
        scope=scope_words(scope, event, around.programme),
        form=form_view(chosen, around, await services["ledgers"].get(event.slug)),
        chosen=chosen.values,
        trouble=trouble,
        counting=found is None,
        **(picture(found, around, names) if found and speakers else {"wide": None}),
    )


def drawn(ledger: Ledger, scope: Scope) -> Drawn:
    shown = conversation(ledger, scope)
    found = [Tie(one.actor, one.author, one.weight) for one in ties(shown)]
    return Drawn(shown, partners(shown, most=MOST_PARTNERS), found)


def picture(found: Drawn, around: Around, names: Mapping[str, Known]) -> dict[str, Any]:
    """Return both drawings of the network, what their signs mean, and the table."""
    speakers = found.shown.speakers
    known = [names.get(one.author) for one in speakers]
    dots = [
        Dot(each.name if each else "", one.x, one.y, one.people, one.group, say(told(one, each)))
        for one, each in zip(speakers, known, strict=True)
    ]
    about = About(
        title=say(_("Who talked with whom")),
        description=say(_("The same is in the table that follows.")),
        number=number,
    )
    wide, narrow = (Markup(network(about, dots, found.ties, size=size)) for size in (WIDE, NARROW))  # noqa: S704 - Drawing escapes all words
    order = sorted(
        range(len(speakers)), key=lambda place: (-speakers[place].people, -speakers[place].posts, place)
    )
    return {
        "wide": wide,
        "narrow": narrow,
        "left_out": found.shown.left_out,
        "summary": summary(found),
        "groups": groups_view(speakers),
        "rows": [row_view(place, found, around, known) for place in order],
    }


def summary(found: Drawn) -> Words:
    people, pairs = len(found.shown.speakers), len(found.ties)
    return _(
        "%(people)s, and %(pairs)s who took something up of each other.",
        people=ngettext("%(num)s person", "%(num)s people", people, num=number(people)),
        pairs=ngettext("%(num)s pair", "%(num)s pairs", pairs, num=number(pairs)),
    )


def told(one: Speaker, known: Known | None) -> Words:
    return _(
        "%(name)s: %(posts)s, taken up by %(people)s",
        name=known.name if known else unnamed(),
        posts=ngettext("%(num)s post", "%(num)s posts", one.posts, num=number(one.posts)),
        people=ngettext("%(num)s person", "%(num)s people", one.people, num=number(one.people)),
    )


def unnamed() -> Words:
    return _("Somebody who passed posts on and wrote none")


def groups_view(speakers: Sequence[Speaker]) -> list[dict[str, Any]]:
    """Return the signs of the picture with how many people have each; the last is for all smaller groups."""
    sizes = Counter(min(one.group, GROUPS) for one in speakers)
    return [
        {
            "sign": Markup(legend(group)),  # noqa: S704 - ours, of numbers alone
            "name": group_name(group),
            "people": size,
        }
        for group, size in sorted(sizes.items())
    ]


def group_name(group: int) -> Words:
    return _("Group %(number)s", number=number(group + 1)) if group < GROUPS else _("Smaller groups")


def row_view(place: int, found: Drawn, around: Around, known: Sequence[Known | None]) -> dict[str, Any]:
    one, each, event = found.shown.speakers[place], known[place], around.event
    return {
        "place": place,
        "name": each.name if each else unnamed(),
        "handle": each.author.handle if each else "",
        "affiliation": affiliation(event.watch, each.author.handle) if each else "",
        "posts": one.posts,
        "people": one.people,
        "group": group_name(one.group),
        "partners": [
            {"place": other, "name": other_known.name if (other_known := known[other]) else unnamed()}
            for other in found.partners[place]
        ],
        "url": posts_url(event, one.author) if each else "",
    }


routes = [Route("/{slug}/moderate/conversation", show)]
