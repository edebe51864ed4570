"""What members do in a private thread: write, change, report, leave, erase, and ask whether something may be public."""

import secrets
from collections.abc import Callable
from datetime import datetime
from http import HTTPStatus

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from wall.core import back_channel, coming_and_going
from wall.core.back_channel import Change, Message
from wall.core.event import Event
from wall.core.report import Report, Reported
from wall.core.text import clean
from wall.core.words import _, ngettext
from wall.errors import InvalidInput
from wall.store.back_channels import Read
from wall.web.back_channels.answering import note_answer
from wall.web.back_channels.carry import carry_out, publish
from wall.web.back_channels.pages import thread_page
from wall.web.back_channels.views import message_of
from wall.web.back_channels.who import HOUR, MINUTE, check_may, entered, event_of, limit, thread_id
from wall.web.form import fields
from wall.web.state import state

MOST_MESSAGES = 20  # a minute
MOST_REPORTS = 5  # an hour
MOST_PROPOSALS = 10  # an hour
MOST_REPORTED = 30  # messages
LONGEST_REASON = 500  # graphemes


async def write(request: Request) -> Response:
    """Add a message."""
    event = await event_of(request)
    read, me = await entered(request, event, with_messages=False)
    await check_may(state(request), event, me)
    text = (await fields(request)).get("text", "")
    try:
        await limit(state(request), f"writes {event.slug} {me}", most=MOST_MESSAGES, seconds=MINUTE)
        await act(request, event, me, lambda read: back_channel.say(read.thread, me, text, now(request)))
        await note_answer(state(request), event, read.thread, me)
    except InvalidInput as error:
        return await refused(request, event, error, text=text)
    return back(event, read.thread.id, "end")


async def change_message(request: Request) -> Response:
    """Give one's own message other words, or delete it."""
    event = await event_of(request)
    _, me = await entered(request, event, with_messages=False)
    values = await fields(request)
    number = request.path_params["number"]

    def changed(read: Read) -> Change:
        message = message_of(read, me, number)
        if values.get("do") == "delete":
            return back_channel.unsay(read.thread, me, [message])
        return back_channel.rewrite(read.thread, me, message, values.get("text", ""))

    if values.get("do") != "delete":
        await check_may(state(request), event, me)
    try:
        await act(request, event, me, changed)
    except InvalidInput as error:
        return await refused(request, event, error)
    return back(event, thread_id(request), f"message-{number}")


async def choose(request: Request) -> Response:
    """Do something with the messages that were ticked: show them to the team, or propose to make them public."""
    event = await event_of(request)
    read, me = await entered(request, event)
    form = await request.form(max_files=0, max_fields=back_channel.MOST_MESSAGES + 10)
    ticked = {value for name, value in form.multi_items() if name == "message" and isinstance(value, str)}
    words = form.get("words", "")
    reports = form.get("do") == "report"
    try:
        if reports:
            await report(request, event, read, me, ticked, words if isinstance(words, str) else "")
        else:
            await check_may(state(request), event, me)
            await propose(request, event, me, ticked)
    except InvalidInput as error:
        return await refused(request, event, error)
    return back(event, read.thread.id, "reported" if reports else "proposals", query="reported" if reports else "")


async def report(request: Request, event: Event, read: Read, me: str, ticked: set[str], words: str) -> None:
    """Give the team the messages that were ticked, and nothing else of the thread."""
    services = state(request)
    chosen = [one for one in readable(read, me, ticked) if one.kind == "said"]
    if not chosen:
        raise InvalidInput(_("Tick the messages that the team is to read."))
    if len(chosen) > MOST_REPORTED:
        raise InvalidInput(
            ngettext("Tick at most %(num)s message.", "Tick at most %(num)s messages.", MOST_REPORTED)
        )
    await limit(services, f"reports {event.slug} {me}", most=MOST_REPORTS, seconds=HOUR)
    await services["store"].reports.report(
        event.slug,
        Report(
            id=secrets.token_hex(8),
            post_id=read.thread.post_id,
            by=me,
            by_name=back_channel.me(read.thread, me).name,
            words=clean(words, limit=LONGEST_REASON),
            messages=tuple(Reported(by=one.by, name=one.name, text=one.text, at=one.at) for one in chosen),
            at=services["now"](),
        ),
    )


async def propose(request: Request, event: Event, me: str, ticked: set[str]) -> None:
    await limit(state(request), f"proposes {event.slug} {me}", most=MOST_PROPOSALS, seconds=HOUR)
    id = secrets.token_hex(12)
    await act(
        request,
        event,
        me,
        lambda read: back_channel.propose(read.thread, me, readable(read, me, ticked), id, now(request)),
    )


def readable(read: Read, me: str, ticked: set[str]) -> list[Message]:
    messages = back_channel.readable(read.thread, me, read.messages)
    return [one for one in messages if str(one.number) in ticked]


async def consent(request: Request) -> Response:
    """Agree that an excerpt be made public, or say no to it, before it is and afterwards."""
    event = await event_of(request)
    read, me = await entered(request, event, with_messages=False)
    agrees = (await fields(request)).get("do") == "agree"
    id = request.path_params["excerpt"]
    if agrees:
        await check_may(state(request), event, me)
    before = read.thread.excerpt(id)
    try:
        await act(request, event, me, lambda read: back_channel.answer(read.thread, me, id, agrees=agrees))
    except InvalidInput as error:
        return await refused(request, event, error)
    if agrees and before.stage == "agreed":  # It was, and did not reach the moderators: it is handed over again.
        await publish(state(request), event, read.thread.id, before)
    return back(event, read.thread.id, "proposals")


async def leave(request: Request) -> Response:
    """Leave, with one's own words or without them."""
    event = await event_of(request)
    _, me = await entered(request, event, with_messages=False)
    take = "take" in await fields(request)

    def left(read: Read) -> Change:
        mine = [one for one in read.messages if one.by == me and one.kind == "said"] if take else []
        return coming_and_going.leave(read.thread, me, now(request), with_words=mine)

    await act(request, event, me, left)
    return RedirectResponse(f"/{event.slug}/back-channels?left", HTTPStatus.SEE_OTHER)


async def erase(request: Request) -> Response:
    """Agree that all of it be erased, or no longer."""
    event = await event_of(request)
    read, me = await entered(request, event, with_messages=False)
    agrees = (await fields(request)).get("do") == "agree"
    done = await act(request, event, me, lambda read: coming_and_going.erase(read.thread, me, agrees=agrees))
    if done.thread is None:
        return RedirectResponse(f"/{event.slug}/back-channels?erased", HTTPStatus.SEE_OTHER)
    return back(event, read.thread.id, "members")


async def act(request: Request, event: Event, me: str, change: Callable[[Read], Change]) -> Change:
    return await carry_out(state(request), event, thread_id(request), change, by=me)


async def refused(request: Request, event: Event, error: InvalidInput, *, text: str = "") -> Response:
    read, me = await entered(request, event)
    return await thread_page(request, event, read, me, error=error, text=text)


def back(event: Event, id: str, part: str, *, query: str = "") -> Response:
    query = f"?{query}" if query else ""
    return RedirectResponse(f"/{event.slug}/back-channels/{id}{query}#{part}", HTTPStatus.SEE_OTHER)


def now(request: Request) -> datetime:
    return state(request)["now"]()


routes = [
    Route("/{slug}/back-channels/{thread}/messages", write, methods=["POST"]),
    Route("/{slug}/back-channels/{thread}/messages/{number}", change_message, methods=["POST"]),
    Route("/{slug}/back-channels/{thread}/chosen", choose, methods=["POST"]),
    Route("/{slug}/back-channels/{thread}/excerpts/{excerpt}", consent, methods=["POST"]),
    Route("/{slug}/back-channels/{thread}/leaving", leave, methods=["POST"]),
    Route("/{slug}/back-channels/{thread}/erasure", erase, methods=["POST"]),
]
