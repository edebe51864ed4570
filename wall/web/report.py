"""Reports: made by an organiser out of figures, read by everybody who has the link, and taken back."""

import secrets
from http import HTTPStatus
from typing import TypeVar

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from wall.core.event_report import EventReport, parse_parts, parse_title, parse_words
from wall.core.words import Words, _
from wall.errors import InvalidInput
from wall.web import access
from wall.web.acts import entry
from wall.web.figure_parts import Section, Shown, sections
from wall.web.figure_words import day_and_time, scope_words
from wall.web.figures import around_of, counted_of, figures_page, table
from wall.web.figures_form import Around, asked
from wall.web.form import MOST_FIELDS, Trouble
from wall.web.language import number
from wall.web.resolving import resolved
from wall.web.state import State, state
from wall.web.stories import words_html

Answer = TypeVar("Answer", bound=Response)
FORM = "report"
NOT_READ_YET = _("The posts of this event are being counted just now. Try again in a moment.")


async def create(request: Request) -> Response:
    """Make a report of a scope, as it is at this moment."""
    event, who = await access.staff(request, "organiser")
    services = state(request)
    async with request.form(max_files=0, max_fields=MOST_FIELDS) as filled:
        values = {name: value for name, value in filled.multi_items() if isinstance(value, str)}
        ticked = parts_of(filled)
    try:
        chosen = asked(values, await around_of(services, event))
        title, words = parse_title(values.get("title", "")), parse_words(values.get("words", ""))
        parts = parse_parts(ticked)
        now = services["now"]()
        counted = await counted_of(services, event, chosen.scope, moment=int(now.timestamp()))
        if counted is None:
            raise InvalidInput(NOT_READ_YET, field="title")
        report = EventReport(
            token=secrets.token_urlsafe(24),
            title=title,
            words=words,
            parts=parts,
            scope=chosen.scope,
            edition=int(chosen.values.get("edition") or 0),
            made_at=now,
            made_by=who.name,
            posts=counted.figures.posts,
        )
        await services["store"].event_reports.keep(
            event.slug, report, entry=entry(request, who, "settings", about=f"made the report “{title}”")
        )
    except InvalidInput as error:
        return await figures_page(request, event, who, Trouble(FORM, error, values))
    return RedirectResponse(f"/organise/{event.slug}/figures#reports", HTTPStatus.SEE_OTHER)


def parts_of(filled: FormData) -> set[str]:
    return {value for value in filled.getlist("parts") if isinstance(value, str)}


async def revoke(request: Request) -> Response:
    """Take a report back: its link leads nowhere from then on."""
    event, who = await access.staff(request, "organiser")
    told = entry(request, who, "settings", about="took a report back")
    await state(request)["store"].event_reports.revoke(event.slug, request.path_params["report_token"], entry=told)
    return RedirectResponse(f"/organise/{event.slug}/figures#reports", HTTPStatus.SEE_OTHER)


async def show(request: Request) -> HTMLResponse:
    """Show a report to whoever has its link; of a circle, to its members who have it."""
    event = await access.event(request, "viewer")
    services = state(request)
    report = await services["store"].event_reports.get(event.slug, request.path_params["report_token"])
    around = await around_of(services, event)
    found = await sections_of(services, around, report)
    page = services["pages"].page(
        "report/report.html",
        event=event,
        report=report,
        words=words_html(report.words) if report.words else None,
        scope=scope_words(report.scope, event, around.programme),
        made=day_and_time(int(report.made_at.timestamp()), event.timezone),
        made_at=report.made_at.isoformat(),
        sections=found[0] if found else None,
        gone=found[1] if found else None,
        tables=f"/{event.slug}/report/{report.token}/",
        address="",
    )
    return unlisted(page)


async def export(request: Request) -> Response:
    """Return the numbers of one chart of a report."""
    event = await access.event(request, "viewer")
    services = state(request)
    report = await services["store"].event_reports.get(event.slug, request.path_params["report_token"])
    found = await sections_of(services, await around_of(services, event), report)
    return unlisted(table(event, found[0] if found else [], request.path_params["table"]))


async def sections_of(
    services: State, around: Around, report: EventReport
) -> tuple[list[Section], Words | None] | None:
    """Return the parts of a report, and in words what is gone since; None where nothing is counted yet."""
    event = around.event
    moment = int(report.made_at.timestamp())
    counted = await counted_of(services, event, report.scope, moment=moment)
    if counted is None:
        return None
    names = await resolved(services, around, counted, report.scope, edition=report.edition, moment=moment)
    shown = Shown(counted=counted, resolved=names, scope=report.scope, timezone=event.timezone)
    return sections(shown, report.parts), gone(report, counted.figures.posts)


def gone(report: EventReport, posts: int) -> Words | None:
    """Return, in a sentence, how many posts fewer a report counts than when it was made."""
    missing = report.posts - posts
    if missing <= 0:
        return None
    return _(
        "When this was made it counted %(posts)s posts, %(missing)s more than now.",
        missing=number(missing),
        posts=number(report.posts),
    )


def unlisted(answer: Answer) -> Answer:
    """Ask those who index pages to leave an answer out."""
    answer.headers["x-robots-tag"] = "noindex, nofollow, noarchive"
    return answer


BASE = "/organise/{slug}/figures/reports"
making = [
    Route(BASE, create, methods=["POST"]),
    Route(f"{BASE}/{{report_token}}/revocation", revoke, methods=["POST"]),
]
routes = [
    Route("/{slug}/report/{report_token}", show),
    Route("/{slug}/report/{report_token}/{table}.csv", export),
]
