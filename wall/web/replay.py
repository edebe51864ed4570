"""An event once more, for its team: the wall as it was at any moment, each with an address of its own."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import HTMLResponse
from starlette.routing import Route

from wall.core.charts import NARROW, WIDE, About, Bar, Mark, Size
from wall.core.charts.strip import strip
from wall.core.event import Event
from wall.core.languages import direction
from wall.core.programme import Programme, Session
from wall.core.replay import Columns, Replay, Then, replay
from wall.core.words import Words, _, ngettext
from wall.errors import InvalidInput
from wall.web import access, language
from wall.web.figure_words import day_and_time
from wall.web.figures_form import moment as parse_moment
from wall.web.form import Trouble
from wall.web.language import number, say
from wall.web.state import State, state
from wall.web.when import day_and_month

AT_ONCE = 30
MOST_SESSIONS = 200
QUARTER = 900
LONGEST = 40


async def show(request: Request) -> HTMLResponse:
    """Show the wall as it was at ?at; with ?part, that alone, for a page that is open."""
    event, who = await access.staff(request, "moderator")
    services = state(request)
    base = f"/organise/{event.slug}/replay"
    context: dict[str, Any] = {"page": "replay", "event": event, "base": base}
    course = await services["ledgers"].answer(event.slug, replay, replay)
    if course is None or not course.first:
        return services["pages"].page(
            "organise/replay.html", **context, person={"name": who.name}, counting=course is None, course=None
        )
    columns = columns_of(course, event)
    at, trouble = asked_moment(request, event, columns)
    programme = await services["store"].programmes.get(event.slug)
    context |= await moment_view(services, event, course.at(at, most=AT_ONCE), at, columns, programme)
    if "part" in request.query_params:
        return services["pages"].page("organise/_replay.html", **context)
    return services["pages"].page(
        "organise/replay.html",
        status=422 if trouble else 200,
        **context,
        person={"name": who.name},
        counting=False,
        trouble=trouble,
        course=course_view(columns, event, programme),
        sessions=sessions_view(columns, event, programme),
    )


def columns_of(course: Replay, event: Event) -> Columns:
    """Return the course in columns that begin on the clocks of the venue."""
    local = datetime.fromtimestamp(course.first, ZoneInfo(event.timezone))
    offset = local.utcoffset()
    return course.columns(offset=int(offset.total_seconds()) if offset else 0)


def asked_moment(request: Request, event: Event, columns: Columns) -> tuple[int, Trouble | None]:
    """Return the moment that an address names, by the clocks of the venue or in seconds; without one, the end."""
    text = request.query_params.get("at", "").strip()[:LONGEST]
    try:
        seconds = text.isascii() and text.isdigit() and len(text) <= len("4294967295")
        at = int(text) if seconds else parse_moment(text, ZoneInfo(event.timezone), "at")
    except InvalidInput as error:
        return columns.ends, Trouble("replay", error, {"at": text})
    return (columns.ends if at is None else max(columns.begins, min(at, columns.ends))), None


async def moment_view(
    services: State, event: Event, then: Then, at: int, columns: Columns, programme: Programme
) -> dict[str, Any]:
    """Return the wall as it was, as far as its posts stand there now."""
    store = services["store"]
    there = await store.posts.get_all(event.slug, then.newest) if then.newest else []
    visible = await store.threads.tied(event.slug, [one for one in there if one and one.visible])
    return {
        "moment": at,
        "at": local_time(at, event),
        "time": day_and_time(at, event.timezone),
        "counts": counts(then),
        "running": [one.title for one in running(programme, at)],
        "earlier": local_time(at - QUARTER, event) if at > columns.begins else None,
        "later": local_time(at + QUARTER, event) if at < columns.ends else None,
        "posts": [{"id": one.post.id, "html": services["pages"].post(event.slug, one)} for one in visible],
        "more": then.posts - len(then.newest),
    }


def counts(then: Then) -> Words:
    if not then.posts:
        return _("Nothing was on the wall yet.")
    return _(
        "%(posts)s by %(people)s, %(lately)s of them in the hour before.",
        posts=ngettext("%(num)s post", "%(num)s posts", then.posts, num=number(then.posts)),
        people=ngettext("%(num)s person", "%(num)s people", then.people, num=number(then.people)),
        lately=number(then.lately),
    )


def running(programme: Programme, at: int) -> list[Session]:
    ends = programme.ends()
    return [one for one in programme.sessions if one.starts.timestamp() <= at < ends[one.id].timestamp()]


def course_view(columns: Columns, event: Event, programme: Programme) -> dict[str, Any]:
    """Return the strip of posts, drawn for a desk and for a phone, and what the slider above it spans."""
    about = About(
        title=say(_("Posts by when they came on the wall")),
        description=say(_("The moments of the sessions are listed below.")),
        right_to_left=direction(language.current()) == "rtl",
        number=number,
    )
    found = [bar(columns, place, event) for place in range(len(columns.posts))]
    marks = marks_of(columns, programme)

    def drawn(size: Size) -> Markup:
        return Markup(strip(about, found, marks=marks, size=size))  # noqa: S704 - Drawing escapes all words

    return {
        "begins": columns.begins,
        "ends": columns.ends,
        "wide": drawn(Size(WIDE.width, 110)),
        "narrow": drawn(Size(NARROW.width, 90)),
        "timezone": event.timezone,
    }


def bar(columns: Columns, place: int, event: Event) -> Bar:
    begins = columns.begins + place * columns.step
    local = datetime.fromtimestamp(begins, ZoneInfo(event.timezone))
    of_days = columns.step >= 86_400
    return Bar(
        name=day_and_time(begins, event.timezone),
        label=str(local.day) if of_days else f"{local:%H:%M}",
        values=(columns.posts[place],),
        turn=place if of_days else half_hours(local),
        group="" if of_days else day_and_month(local),
    )


def half_hours(local: datetime) -> int:
    """Return the number of a half hour in its day, by which labels come at even ones; -1 for any other time."""
    return local.hour * 2 + local.minute // 30 if local.minute % 30 == 0 else -1


def marks_of(columns: Columns, programme: Programme) -> list[Mark]:
    return [
        Mark((one.starts.timestamp() - columns.begins) / columns.step, one.title)
        for one in within(columns, programme)
    ]


def sessions_view(columns: Columns, event: Event, programme: Programme) -> Sequence[dict[str, str]]:
    return [
        {"title": one.title, "at": local_time(begins, event), "time": day_and_time(begins, event.timezone)}
        for one in within(columns, programme)
        for begins in [int(one.starts.timestamp())]
    ]


def within(columns: Columns, programme: Programme) -> list[Session]:
    found = [one for one in programme.sessions if columns.begins <= one.starts.timestamp() < columns.ends]
    return found[:MOST_SESSIONS]


def local_time(moment: int, event: Event) -> str:
    """Return a moment as addresses and fields have it, by the clocks of the venue."""
    return f"{datetime.fromtimestamp(moment, ZoneInfo(event.timezone)):%Y-%m-%dT%H:%M}"


routes = [Route("/organise/{slug}/replay", show)]
