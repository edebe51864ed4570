"""Posting an answer of the wall's as a reply at the network that the answered post is from."""

from urllib.parse import urlsplit

from starlette.requests import Request

from wall.core.answering import LIVE, answer_id
from wall.core.event import Event
from wall.core.moderation import Standing
from wall.core.people import Person
from wall.core.post import Post
from wall.core.words import _
from wall.errors import InvalidInput
from wall.sources.replying import Reply, able, send
from wall.web.acts import entry
from wall.web.state import State, state


async def answer_there(
    request: Request, event: Event, who: Person, answered: Standing, values: dict[str, str]
) -> None:
    """Post the answer as the account of a source, once however often it is pressed; raises SourceError in words."""
    services, store = state(request), state(request)["store"]
    if await store.answering.sent(event.slug, answered.post.id):
        return
    (standing,) = await store.posts.get_all(event.slug, [answer_id(answered.post.id)])
    if standing is None or standing.status not in LIVE:
        raise InvalidInput(_("Answer it here first."))
    if not answered.visible or not standing.visible:
        raise InvalidInput(_("The post is not on the wall yet; answer there once it is."))
    sources = able(answered.post, await store.sources.all(event.slug))
    source = next((one for one in sources if one.id == values.get("source")), None)
    if source is None:
        raise InvalidInput(_("This account may not answer any more; an organiser set it so."))
    reply = Reply(
        to=answered.post,
        words=standing.post.text,
        key=f"{event.slug}-{standing.post.id}-{standing.post.content_hash[:12]}",
        at=standing.post.created_at,
        by_name=who.name,
        fetch=services["fetch"],
    )
    sent = await send(source, reply)
    told = entry(request, who, "answered there", post=answered.post.id, about=urlsplit(sent.url).hostname or "")
    await store.answering.keep_sent(event.slug, answered.post.id, sent, told)
    # A source may have told of it while we were still being told where it is.
    await store.posts.withdraw(event.slug, sent.uid, now=services["now"]())


async def ways(services: State, event: Event, answered: Post) -> list[dict[str, str]]:
    """Return the accounts that may answer a post where it was written."""
    sources = able(answered, await services["store"].sources.all(event.slug))
    return [{"id": one.id, "name": name(one.options)} for one in sources]


def name(options: object) -> str:
    """Return what an account is called: its handle, or its server."""
    told = options if isinstance(options, dict) else {}
    return str(told.get("handle") or urlsplit(str(told.get("token_server", ""))).hostname or "")
