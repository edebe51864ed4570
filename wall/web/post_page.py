"""The page of one post with its thread, and the reactions that it can be given there without a script."""

from starlette.requests import Request
from starlette.responses import HTMLResponse
from starlette.routing import Route

from wall.core.answering import is_answer
from wall.core.event import Event
from wall.core.moderation import Standing
from wall.core.reactions import offered
from wall.core.words import _
from wall.errors import NotFound
from wall.sources.form import Form
from wall.web import access, sharing
from wall.web.live import fragment, join_view, page_of
from wall.web.nav import nav
from wall.web.participation import own_id
from wall.web.state import State, state


async def show_post(request: Request) -> HTMLResponse:
    """Show one approved post with its thread, as far as that is on the wall; raises NotFound for any other."""
    event = await access.event(request, "viewer")
    services = state(request)
    threads = services["store"].threads
    standing = await services["store"].posts.get(event.slug, request.path_params["post_id"])
    if not standing.visible:
        raise NotFound(_("This post is not on the wall."))
    (standing,) = await threads.tied(event.slug, [standing])
    answered = await answered_by(services, event, standing)
    replies = [
        one
        for one in await threads.replies(event.slug, standing.post.id)
        if one.visible and not is_answer(one.post)
    ]
    return page_of(
        services,
        "live/post.html",
        event=event,
        shared=sharing.of_post(request, event, standing),
        post=fragment(services, event, standing),
        answered=fragment(services, event, answered) if answered else None,
        replies=[fragment(services, event, one) for one in await threads.tied(event.slug, replies)],
        author={"name": standing.post.author.name, "handle": standing.post.author.handle},
        by_phone=standing.post.source.kind == Form.kind,
        reactions=offered(event.reactions),
        own=await own_reactions(request, event, standing),
        nav=await nav(request, event),
        join=await join_view(request, event),
    )


async def answered_by(services: State, event: Event, standing: Standing) -> Standing | None:
    """Return the post that one answers, if it is on the wall."""
    if standing.answers is None or not standing.answers.visible:
        return None
    (answered,) = await services["store"].posts.get_all(event.slug, [standing.answers.id])
    if answered is None or not answered.visible:
        return None
    return (await services["store"].threads.tied(event.slug, [answered]))[0]


async def own_reactions(request: Request, event: Event, standing: Standing) -> tuple[str, ...]:
    """Return what whoever asks has given a post."""
    who = await own_id(request, event)
    return await state(request)["store"].reactions.own(event.slug, standing.post.id, who) if who else ()


routes = [Route("/{slug}/post/{post_id}", show_post)]
