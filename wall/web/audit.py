"""The audit log's page: who did what, when and why, to read, to narrow down and to take away. Nothing changes here."""

import csv
import io
import json
from collections.abc import AsyncIterator, Callable, Iterable, Sequence
from datetime import date
from typing import Any
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response, StreamingResponse
from starlette.routing import Route

from wall.core.audit import GROUP_NAMES, GROUPS, WORDS, Entry, EntryKind, Filter
from wall.core.event import Event
from wall.core.formula import unformulated
from wall.core.moderation import Standing
from wall.core.words import _
from wall.errors import InvalidInput
from wall.web import access
from wall.web.addresses import parse_place
from wall.web.state import State, state
from wall.web.views import timestamp
from wall.web.when import clock

PAGE_ENTRIES = 100
EXCERPT = 90  # characters
COLUMNS = ("number", "at", "who", "who_id", "kind", "post", "about", "reason")


async def show(request: Request) -> HTMLResponse:
    """Show the newest entries, or with ?before those before a place."""
    event, who = await access.staff(request, "organiser")
    services = state(request)
    log = services["store"].audit
    wanted, chosen = asked(request, event)
    before = request.query_params.get("before")
    entries, older = await log.page(
        event.slug, wanted, limit=PAGE_ENTRIES, before=parse_place(before) if before else None
    )
    base = f"/organise/{event.slug}/audit"
    return services["pages"].page(
        "organise/audit.html",
        page="organise",
        event=event,
        person={"name": who.name},
        base=base,
        entries=await views(services, event, entries),
        people=sorted((await log.people(event.slug)).items(), key=lambda one: one[1].casefold()),
        group_names=GROUP_NAMES,
        groups=[(group, [(kind, WORDS[kind]) for kind in kinds]) for group, kinds in GROUPS.items()],
        chosen=chosen,
        newest=f"{base}?{urlencode(chosen)}" if before else None,
        older=f"{base}?{urlencode({**chosen, 'before': older})}" if older else None,
        exports=[(name, f"{base}.{ending}?{urlencode(chosen)}") for name, ending in EXPORTS],
    )


async def export_csv(request: Request) -> Response:
    """Return the entries as a table that no spreadsheet takes for formulas."""
    return await export(request, "csv", "text/csv; charset=utf-8", as_csv)


async def export_lines(request: Request) -> Response:
    """Return the entries as JSON, one a line."""
    return await export(request, "jsonl", "application/jsonl", as_lines)


EXPORTS = ((_("CSV, for a spreadsheet"), "csv"), (_("JSON Lines, for a program"), "jsonl"))
Writer = Callable[[Sequence[Entry], bool], str]


async def export(request: Request, ending: str, media_type: str, write: Writer) -> Response:
    event = await access.event(request, "organiser", by_key=True)
    wanted, _ = asked(request, event)
    pages = state(request)["store"].audit.forwards(event.slug, wanted)

    async def parts() -> AsyncIterator[str]:
        first = True
        async for entries in pages:
            if text := write(entries, first):
                yield text
            first = False

    headers = {
        "content-disposition": f'attachment; filename="{event.slug}-audit.{ending}"',
        "cache-control": "no-store",
    }
    return StreamingResponse(parts(), media_type=media_type, headers=headers)


def as_csv(entries: Sequence[Entry], first: bool) -> str:
    out = io.StringIO()
    rows: Iterable[Iterable[str]] = (map(unformulated, row(entry).values()) for entry in entries)
    writer = csv.writer(out, quoting=csv.QUOTE_ALL)
    writer.writerows([COLUMNS, *rows] if first else rows)
    return out.getvalue()


def as_lines(entries: Sequence[Entry], first: bool) -> str:
    return "".join(json.dumps(row(entry), ensure_ascii=False) + "\n" for entry in entries)


def row(entry: Entry) -> dict[str, str]:
    values = (
        str(entry.number),
        timestamp(entry.at),
        entry.by_name,
        entry.by,
        entry.kind,
        entry.post or "",
        entry.about,
        entry.reason or "",
    )
    return dict(zip(COLUMNS, values, strict=True))


def asked(request: Request, event: Event) -> tuple[Filter, dict[str, str]]:
    """Return which entries a request asks for, and that in the words of its address; raises InvalidInput."""
    given = {name: request.query_params.get(name, "").strip()[:80] for name in ("who", "kind", "day")}
    kinds: tuple[EntryKind, ...] = GROUPS.get(given["kind"], ())
    if given["kind"] and not kinds:
        kinds = tuple(kind for kind in WORDS if kind == given["kind"])
        if not kinds:
            raise InvalidInput(_("There is no such kind of entry."), field="kind")
    try:
        day = date.fromisoformat(given["day"]) if given["day"] else None
    except ValueError as error:
        raise InvalidInput(_("A day is written like 2026-06-12."), field="day") from error
    wanted = Filter(by=given["who"], kinds=kinds, day=day, timezone=event.timezone)
    return wanted, {name: value for name, value in given.items() if value}


async def views(services: State, event: Event, entries: Sequence[Entry]) -> list[dict[str, Any]]:
    """Return entries as the page shows them, each post as it stands now."""
    ids = list({entry.post for entry in entries if entry.post})
    standings = dict(zip(ids, await services["store"].posts.get_all(event.slug, ids), strict=True))
    now = services["now"]()
    return [
        {
            "number": entry.number,
            "at": timestamp(entry.at),
            "when": clock(entry.at, now, event.timezone),
            "by": entry.by,
            "name": entry.by_name,
            "kind": entry.kind,
            "words": WORDS[entry.kind],
            "about": entry.about,
            "reason": entry.reason,
            "post": entry.post,
            "shown": excerpt(standings.get(entry.post)) if entry.post else None,
            "url": url_of(event, standings.get(entry.post)) if entry.post else None,
        }
        for entry in entries
    ]


def excerpt(standing: Standing | None) -> str:
    """Return what a post begins with now; the log itself holds no word of it."""
    if standing is None or not standing.post.text:
        return _("A post that is no more")
    line = " ".join(standing.post.text.split())
    cut = line if len(line) <= EXCERPT else line[: EXCERPT - 1].rstrip() + "…"
    return f"{standing.post.author.name}: {cut}"


def url_of(event: Event, standing: Standing | None) -> str | None:
    return f"/{event.slug}/post/{standing.post.id}" if standing and standing.visible else None


routes = [
    Route("/organise/{slug}/audit", show),
    Route("/organise/{slug}/audit.csv", export_csv),
    Route("/organise/{slug}/audit.jsonl", export_lines),
]
