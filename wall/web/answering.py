"""Answering a post in the wall's name: written at the desk, shown under the post wherever that is shown."""

from functools import partial
from http import HTTPStatus
from typing import Any

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from wall.core.answering import ANSWERABLE, LIVE, answer_id, is_answer, spoken
from wall.core.decision import Decision
from wall.core.event import Event
from wall.core.moderation import Standing, Status, Verdict, answered_id
from wall.core.people import Person
from wall.core.post import Post
from wall.core.words import _
from wall.errors import AlreadyDecided, InvalidInput, NotFound, SourceError
from wall.sources.answer import ORGANISER, answer
from wall.sources.blog import LONGEST
from wall.sources.replying import prepared
from wall.store.submission import Submission
from wall.web import access
from wall.web.acts import entry
from wall.web.answering_there import answer_there, ways
from wall.web.example import example
from wall.web.form import fields
from wall.web.state import State, state
from wall.web.when import ago

STANDS = {
    Status.APPROVED: _("Shown under the post"),
    Status.STASHED: _("Shown as soon as the post is"),
    Status.REMOVED: _("Taken down"),
    Status.REJECTED: _("Taken down"),
    Status.WITHDRAWN: _("Gone, for its post was deleted by its author"),
    Status.WAITING: _("Waits"),
}


async def show(request: Request) -> HTMLResponse:
    """Show a post, and where it is answered."""
    event, who = await access.staff(request, "moderator")
    return await page(request, event, who, await answered_post(request, event))


async def change(request: Request) -> Response:
    """Write an answer, write it anew, take it down, or post it at the network of what it answers."""
    event, who = await access.staff(request, "moderator")
    values = await fields(request)
    answered = await answered_post(request, event)
    acts = {"answer": write, "remove": remove, "there": answer_there}
    try:
        await acts.get(values.get("do", "answer"), write)(request, event, who, answered, values)
    except (InvalidInput, AlreadyDecided, SourceError) as error:
        return await page(request, event, who, answered, text=values.get("text"), error=error.message)
    return RedirectResponse(f"/{event.slug}/moderate/answers/{answered.post.id}", HTTPStatus.SEE_OTHER)


async def write(request: Request, event: Event, who: Person, answered: Standing, values: dict[str, str]) -> None:
    """Put an answer under its post, at once where that is on the wall; a form sent twice is one answer."""
    services, store = state(request), state(request)["store"]
    if answered.status not in ANSWERABLE:
        raise InvalidInput(_("This post is gone, or was taken down; nothing is shown under it."))
    now = services["now"]()
    own = values.get("voice") == "own"
    if own and who.name.casefold() == ORGANISER.casefold():
        raise InvalidInput(_("Answer under your own name; change it under your account."))
    voice = who.name if own else ORGANISER
    logo = (await store.brands.get(event.slug)).logo
    post = answer(values.get("text", ""), event, answered.post, voice=voice, now=now, logo=logo)
    before = await existing(services, event, answered.post)
    seen = seen_version(values)
    if before is None:
        await store.answering.begin(
            event.slug, answered.post.id, entry(request, who, "answered", post=answered.post.id)
        )
        held = Verdict(status=Status.STASHED)
        await store.posts.submit(event.slug, [Submission(post, held, trusted=True)], now=now)
        seen = 1
    elif before.status in LIVE and before.decided_by_name == who.name and says(before.post) == says(post):
        return
    else:
        await store.answering.begin(
            event.slug, answered.post.id, entry(request, who, "answered", post=answered.post.id)
        )
        seen = before.version if before.version == 1 else seen  # Somebody was stopped in the midst of it.
    words = partial(spoken, post=post, answered=answered, by=who.id, by_name=who.name, seen=seen, now=now)
    await store.posts.change(event.slug, post.id, words, "edited", now)
    # The post may have come or gone between our look and our writing.
    after = await store.posts.get(event.slug, answered.post.id)
    await store.posts.lead_answer(event.slug, answered, after, now=now)


async def remove(request: Request, event: Event, who: Person, answered: Standing, values: dict[str, str]) -> None:
    """Take an answer down, from wherever it is shown."""
    services = state(request)
    standing = await existing(services, event, answered.post)
    if standing is None or standing.status not in LIVE:
        return
    decision = Decision(
        id=f"{who.id}-answer{standing.post.id}v{standing.version}",
        post_id=standing.post.id,
        kind="remove" if standing.visible else "reject",
        by=who.id,
        by_name=who.name,
        version=seen_version(values),
        content_hash=standing.post.content_hash,
    )
    await services["store"].posts.decide(event.slug, decision, now=services["now"]())


def says(post: Post) -> tuple[str, str]:
    return post.text, post.author.name


def seen_version(values: dict[str, str]) -> int:
    version = values.get("version", "0")[:9]
    if not version.isdecimal():
        raise InvalidInput(_("This form is not whole; load the page again."))
    return int(version)


async def answered_post(request: Request, event: Event) -> Standing:
    """Return the post that the path names, or the one that is answered by an answer named there; raises NotFound."""
    store = state(request)["store"]
    standing = await store.posts.get(event.slug, request.path_params["post"])
    if is_answer(standing.post):
        standing = await store.posts.get(event.slug, str(answered_id(standing.post)))
    if standing.status is Status.WITHDRAWN:
        raise NotFound(_("Its author deleted this post."))
    return standing


async def existing(services: State, event: Event, answered: Post) -> Standing | None:
    return (await services["store"].posts.get_all(event.slug, [answer_id(answered.id)]))[0]


async def page(
    request: Request,
    event: Event,
    who: Person,
    answered: Standing,
    *,
    text: str | None = None,
    error: str | None = None,
) -> HTMLResponse:
    services = state(request)
    (tied,) = await services["store"].threads.tied(event.slug, [answered])
    there = await existing(services, event, answered.post)
    live = there is not None and there.status in LIVE
    words = there.post.text if there and live else ""
    sent = await services["store"].answering.sent(event.slug, answered.post.id)
    return services["pages"].page(
        "moderate/answer.html",
        status=HTTPStatus.UNPROCESSABLE_ENTITY if error else HTTPStatus.OK,
        page="organise",
        event=event,
        person={"name": who.name},
        base=f"/{event.slug}/moderate",
        action=f"/{event.slug}/moderate/answers/{answered.post.id}",
        post=example(request, event, tied),
        shown=answered.visible,
        answerable=answered.status in ANSWERABLE,
        answer=answer_view(services, there) if there else None,
        live=live,
        version=there.version if there else 0,
        own=there is not None and there.post.author.name == who.name,
        text=words if text is None else text,
        error=error,
        limit=LONGEST,
        prepared=prepared(answered.post, words) if live else None,
        sent=sent,
        ways=await ways(services, event, answered.post) if live and not sent else [],
    )


def answer_view(services: State, standing: Standing) -> dict[str, Any]:
    return {
        "words": standing.post.text,
        "voice": standing.post.author.name,
        "by": standing.decided_by_name,
        "stands": STANDS[standing.status],
        "ago": ago(standing.decided_at or standing.post.created_at, services["now"]()),
    }


routes = [
    Route("/{slug}/moderate/answers/{post}", show),
    Route("/{slug}/moderate/answers/{post}", change, methods=["POST"]),
]
