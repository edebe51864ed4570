"""What an organiser sets about taking part: who may, what holds them back, and the ticket codes."""

from dataclasses import replace
from http import HTTPStatus

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from wall.core.audit import Entry, changes
from wall.core.event import Event
from wall.core.identity import proven_secret
from wall.core.words import _
from wall.errors import InvalidInput
from wall.web import access
from wall.web.acts import entry
from wall.web.event_page import event_page
from wall.web.form import Trouble, fields
from wall.web.participation_form import parse_participation
from wall.web.state import state

MOST_CODES = 10_000
SHORTEST_CODE = 6  # letters and digits
LONGEST_CODE = 40


async def change(request: Request) -> Response:
    """Change who may take part and what holds them back; in force with the next thing somebody does."""
    event, who = await access.staff(request, "organiser")
    values, config = await fields(request), state(request)["config"]
    try:
        parse_participation(values, event.participation, config)
    except InvalidInput as error:
        return await event_page(request, event, Trouble("participation", error, values))
    made = entry(request, who, "participation")

    def told(before: Event, after: Event) -> Entry | None:
        words = "; ".join(changes(before, after))
        return replace(made, about=words) if words else None

    await state(request)["store"].events.change(
        event.slug,
        lambda before: replace(before, participation=parse_participation(values, before.participation, config)),
        entry=told,
    )
    return RedirectResponse(f"/organise/{event.slug}#participation", HTTPStatus.SEE_OTHER)


async def change_codes(request: Request) -> Response:
    """Take in the list of ticket codes in place of the one before. They are kept as keyed hashes."""
    event, who = await access.staff(request, "organiser")
    values = await fields(request)
    try:
        codes = parse_codes(values.get("codes", ""))
    except InvalidInput as error:
        return await event_page(request, event, Trouble("codes", error, values))
    services = state(request)
    key = await services["seal"].load()
    told = entry(request, who, "participation", about=f"ticket codes: {len(codes)} of them")
    hashed = [code_secret(key, event.slug, code) for code in codes]
    await services["store"].ticket_codes.replace(event.slug, hashed, entry=told)
    return RedirectResponse(f"/organise/{event.slug}#participation", HTTPStatus.SEE_OTHER)


def parse_codes(text: str) -> list[str]:
    """Return the codes of a pasted list, one a line, each once; raises InvalidInput."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    codes = list(dict.fromkeys(map(plain_code, lines)))
    for code, line in zip(map(plain_code, lines), lines, strict=True):
        if not SHORTEST_CODE <= len(code) <= LONGEST_CODE:
            raise InvalidInput(
                _(
                    "“%(line)s” is no code that is hard to guess: "
                    "%(shortest_code)s to %(longest_code)s letters and digits, one code a line.",
                    line=line[:LONGEST_CODE],
                    shortest_code=SHORTEST_CODE,
                    longest_code=LONGEST_CODE,
                ),
                field="codes",
            )
    if len(codes) > MOST_CODES:
        raise InvalidInput(_("At most %(most_codes)s codes fit one event.", most_codes=MOST_CODES), field="codes")
    return codes


def plain_code(typed: str) -> str:
    """Return a code without what people leave out or add: case, blanks, hyphens."""
    return "".join(char for char in typed[: 4 * LONGEST_CODE].upper() if char.isalnum())


def code_secret(key: bytes, slug: str, code: str) -> str:
    return proven_secret(key, slug, "code", code)


routes = [
    Route("/organise/{slug}/participation", change, methods=["POST"]),
    Route("/organise/{slug}/participation/codes", change_codes, methods=["POST"]),
]
