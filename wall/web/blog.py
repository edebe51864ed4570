"""The live-blog: a moderator writes in the wall's own name, or quotes a post with words of their own."""

import secrets
from functools import partial
from http import HTTPStatus
from typing import Any

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from wall.core.decision import Decision
from wall.core.event import Event
from wall.core.moderation import Standing, Status, Verdict
from wall.core.people import Person
from wall.core.post import Post
from wall.core.quoting import QUOTABLE, Written, rewritten
from wall.core.words import _
from wall.errors import AlreadyDecided, InvalidInput
from wall.sources import blog
from wall.store.submission import Submission
from wall.web import access
from wall.web.acts import entry
from wall.web.form import fields
from wall.web.state import State, state
from wall.web.when import ago

NONCE_LENGTH = 32
SHOWN = 50
WORDS = {
    Status.APPROVED: _("On the wall"),
    Status.WAITING: _("Waits for another moderator"),
    Status.REMOVED: _("Taken down"),
    Status.REJECTED: _("Taken down"),
    Status.STASHED: _("Stashed"),
    Status.WITHDRAWN: _("Gone, for the post it quoted was deleted by its author"),
}


async def show(request: Request) -> HTMLResponse:
    """Show where an entry is written, and those there are; `quote` names a post to quote."""
    event, who = await access.staff(request, "moderator")
    return await page(request, event, who, quote=request.query_params.get("quote", ""))


async def write(request: Request) -> Response:
    """Put an entry on the wall; one form is one entry, however often it is sent."""
    event, who = await access.staff(request, "moderator")
    services = state(request)
    values = await fields(request)
    nonce, text, quote = (values.get(name, "") for name in ("nonce", "text", "quote"))
    try:
        if not nonce.isalnum() or len(nonce) != NONCE_LENGTH:
            raise InvalidInput(_("This form is not whole; load the page again."))
        quoted = await quoted_post(services, event, quote)
        logo = (await services["store"].brands.get(event.slug)).logo
        post = blog.entry(text, event, id=f"{who.id}-{nonce}", quoted=quoted, now=services["now"](), logo=logo)
        await publish(request, event, who, post, text, quoted)
    except (InvalidInput, AlreadyDecided) as error:
        return await page(request, event, who, quote=quote, text=text, error=error.message)
    return back(event)


async def publish(request: Request, event: Event, who: Person, post: Post, text: str, quoted: Post | None) -> None:
    """Take an entry in and approve it as its writer: where two are needed, it waits for another."""
    services, store = state(request), state(request)["store"]
    now = services["now"]()
    if (await store.posts.get_all(event.slug, [post.id]))[0] is None:
        written = Written(
            post_id=post.id, words=blog.own_words(text), quoted=quoted.id if quoted else None, by_name=who.name
        )
        await store.blog.keep(event.slug, written, entry(request, who, "written", post=post.id))
        waits = Verdict(status=Status.WAITING, reason=f"Written in the wall's name by {who.name}.")
        await store.posts.submit(event.slug, [Submission(post, waits, trusted=True)], now=now)
    standing = await store.posts.get(event.slug, post.id)
    if standing.status is Status.WAITING:
        await store.posts.decide(event.slug, decision(standing, who, "approve"), now=now)
    # What was taken back between our look and our writing is not quoted.
    if quoted and (after := await store.posts.get(event.slug, quoted.id)) and not still_says(after, quoted):
        await store.posts.end_quotes(event.slug, after, now=now)


def still_says(standing: Standing, quoted: Post) -> bool:
    return standing.status in QUOTABLE and standing.post.text == quoted.text


async def change(request: Request) -> Response:
    """Write an entry anew, or take it down."""
    event, who = await access.staff(request, "moderator")
    services, store = state(request), state(request)["store"]
    values = await fields(request)
    written = await store.blog.get(event.slug, request.path_params["entry"])
    now = services["now"]()
    try:
        version = int(values.get("version", "")[:9])
    except ValueError as error:
        raise InvalidInput(_("This form is not whole; load the page again.")) from error
    text = values.get("text", "")
    try:
        standing = await store.posts.get(event.slug, written.post_id)
        if values.get("do") == "remove":
            await store.posts.decide(event.slug, decision(standing, who, "remove", version=version), now=now)
            return back(event)
        quoted = await quoted_post(services, event, written.quoted or "")
        id = standing.post.uid.removeprefix(f"{blog.KIND}:")
        post = blog.entry(text, event, id=id, quoted=quoted, now=now, logo=standing.post.author.avatar)
        rewritten(standing, post, version)
        kept = Written(post_id=post.id, words=blog.own_words(text), quoted=written.quoted, by_name=who.name)
        await store.blog.keep(event.slug, kept, entry(request, who, "rewritten", post=post.id))
        await store.posts.change(
            event.slug, post.id, partial(rewritten, post=post, version=version), "edited", now
        )
    except (InvalidInput, AlreadyDecided) as error:
        return await page(request, event, who, about=written.post_id, text=text, error=error.message)
    return back(event)


async def quoted_post(services: State, event: Event, id: str) -> Post | None:
    """Return the post to quote, if one is; raises InvalidInput once it waits no more and is not on the wall."""
    if not id:
        return None
    (standing,) = await services["store"].posts.get_all(event.slug, [id])
    if standing is None or standing.status not in QUOTABLE:
        raise InvalidInput(_("The post to quote is gone, or was taken down."))
    if standing.post.source.kind == blog.KIND:
        raise InvalidInput(_("This is an entry of the wall's own; write a new one, or change it."))
    return standing.post


def decision(standing: Standing, who: Person, kind: Any, *, version: int | None = None) -> Decision:
    """Return a decision of whoever wrote, bound to what is there, or to what they saw."""
    version = standing.version if version is None else version
    return Decision(
        id=f"{who.id}-blog{standing.post.id}v{version}",
        post_id=standing.post.id,
        kind=kind,
        by=who.id,
        by_name=who.name,
        version=version,
        content_hash=standing.post.content_hash,
    )


def back(event: Event) -> Response:
    return RedirectResponse(f"/{event.slug}/moderate/blog", HTTPStatus.SEE_OTHER)


async def page(
    request: Request,
    event: Event,
    who: Person,
    *,
    quote: str = "",
    text: str = "",
    about: str = "",
    error: str | None = None,
) -> HTMLResponse:
    services = state(request)
    quoted = None
    try:
        quoted = await quoted_post(services, event, quote)
    except InvalidInput as gone:
        error, quote = error or gone.message, ""
    return services["pages"].page(
        "moderate/blog.html",
        status=HTTPStatus.UNPROCESSABLE_ENTITY if error else HTTPStatus.OK,
        page="organise",
        event=event,
        person={"name": who.name},
        base=f"/{event.slug}/moderate",
        quote=quote if quoted else "",
        quotation=blog.quotation(quoted) if quoted else "",
        pictures=bool(quoted and quoted.media),
        nonce=secrets.token_hex(NONCE_LENGTH // 2),
        text=text,
        about=about,
        error=error,
        limit=blog.LONGEST,
        entries=await entries(services, event),
    )


async def entries(services: State, event: Event) -> list[dict[str, Any]]:
    """Return the newest entries as the page shows them."""
    written = await services["store"].blog.all(event.slug)
    standings = await services["store"].posts.get_all(event.slug, [one.post_id for one in written])
    pairs = [(one, standing) for one, standing in zip(written, standings, strict=True) if standing]
    pairs.sort(key=lambda pair: pair[1].arrived, reverse=True)
    return [entry_view(services, event, *pair) for pair in pairs[:SHOWN]]


def entry_view(services: State, event: Event, written: Written, standing: Standing) -> dict[str, Any]:
    gone = standing.status is Status.WITHDRAWN
    quote = standing.post.text.removeprefix(written.words).strip() if written.quoted and not gone else ""
    return {
        "id": written.post_id,
        "words": written.words,
        "quote": quote,
        "by": written.by_name,
        "version": standing.version,
        "status": standing.status,
        "stands": WORDS[standing.status],
        "ago": ago(standing.post.created_at, services["now"]()),
        "url": f"/{event.slug}/post/{written.post_id}" if standing.visible else None,
    }


routes = [
    Route("/{slug}/moderate/blog", show),
    Route("/{slug}/moderate/blog", write, methods=["POST"]),
    Route("/{slug}/moderate/blog/{entry}", change, methods=["POST"]),
]
