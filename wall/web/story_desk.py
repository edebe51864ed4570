"""Where the team makes stories: posts put in from the desk, words between them, an order, and the day of publishing."""

import secrets
from collections.abc import Callable, Mapping
from http import HTTPStatus
from typing import Any

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from wall.core.answering import ANSWERABLE, is_answer
from wall.core.audit import EntryKind
from wall.core.event import Event
from wall.core.moderation import Standing, Status
from wall.core.people import Person
from wall.core.story import Part, Story, checked_title, checked_words
from wall.core.words import _
from wall.errors import ChangedMeanwhile, InvalidInput
from wall.web import access
from wall.web.acts import entry
from wall.web.form import fields
from wall.web.state import State, state
from wall.web.when import ago

NONCE_LENGTH = 32
GAPS = {
    Status.WAITING: _("It waits, and is not shown yet."),
    Status.STASHED: _("It is stashed, and is not shown."),
    Status.WITHDRAWN: _("Its author deleted it; it is shown no more."),
}
GAP = _("It left the wall, and is not shown.")
Change = Callable[[Story], Story | None]


async def show_all(request: Request) -> HTMLResponse:
    """Show the stories there are, and where one is begun; `post` names a post to put into one."""
    event, who = await access.staff(request, "moderator")
    return await list_page(request, event, who, post=request.query_params.get("post", ""))


async def create(request: Request) -> Response:
    """Begin a story, or put a post into one that is there; one form is one story, however often it is sent."""
    event, who = await access.staff(request, "moderator")
    services, store = state(request), state(request)["store"]
    values = await fields(request)
    post, story_id = values.get("post", ""), values.get("story", "")
    now = services["now"]()
    try:
        parts = (await post_part(services, event, post),) if post else ()
        if story_id:
            told = entry(request, who, "story", post=post)
            await store.stories.change(
                event.slug, story_id, lambda story: with_parts(story, parts), now=now, entry=told
            )
        else:
            story_id = nonce_of(values)
            made = Story(id=story_id, title=checked_title(values.get("title", "")), parts=parts, by_name=who.name)
            told = entry(request, who, "story", about=made.title, post=post or None)
            await store.stories.create(event.slug, made, now=now, entry=told)
    except InvalidInput as error:
        return await list_page(request, event, who, post=post, title=values.get("title", ""), error=error)
    return to_story(event, story_id)


async def show(request: Request) -> HTMLResponse:
    """Show a story as it is made."""
    event, who = await access.staff(request, "moderator")
    return await story_page(request, event, who)


async def change(request: Request) -> Response:
    """Change a story, publish it, take it down, or delete it."""
    event, who = await access.staff(request, "moderator")
    services, store = state(request), state(request)["store"]
    values = await fields(request)
    now = services["now"]()
    story = await store.stories.get(event.slug, request.path_params["story"])
    try:
        kind, changed = await act(services, event, values)
        told = entry(request, who, kind, about=story.title)
        await store.stories.change(event.slug, story.id, changed, now=now, entry=told)
    except (InvalidInput, ChangedMeanwhile) as error:
        return await story_page(request, event, who, values=values, error=error)
    if values.get("do") == "delete":
        return RedirectResponse(f"/{event.slug}/moderate/stories", HTTPStatus.SEE_OTHER)
    return to_story(event, story.id, values.get("part", ""))


async def act(services: State, event: Event, values: Mapping[str, str]) -> tuple[EntryKind, Change]:
    """Return what a form asks for, as an entry of the log and a change; raises InvalidInput."""
    part, words = values.get("part", ""), values.get("words", "")
    match values.get("do", ""):
        case "title":
            return "story", lambda story: story.titled(values.get("title", ""))
        case "words":
            added = Part(id=nonce_of(values), words=checked_words(words))
            return "story", lambda story: story.added(added)
        case "reword":
            return "story", lambda story: story.reworded(
                part, words, seen=values.get("seen", "").replace("\r\n", "\n")
            )
        case "up" | "down" as way:
            return "story", lambda story: story.moved(part, way)
        case "drop":
            return "story", lambda story: story.without(part)
        case "publish":
            taken = [one.name for one in await services["store"].stories.all(event.slug)]
            now = services["now"]()
            return "story published", lambda story: story.opened(taken, now)
        case "withdraw":
            return "story withdrawn", lambda story: story.closed()
        case "delete":
            return "story withdrawn", lambda story: None
    raise InvalidInput(_("There is no such act."))


def with_parts(story: Story, parts: tuple[Part, ...]) -> Story:
    for part in parts:
        story = story.added(part)
    return story


async def post_part(services: State, event: Event, post: str) -> Part:
    """Return a post as a part of a story; raises InvalidInput for one that is gone or was taken down."""
    (standing,) = await services["store"].posts.get_all(event.slug, [post])
    if standing is None or standing.status not in ANSWERABLE or is_answer(standing.post):
        raise InvalidInput(_("This post is gone, or was taken down; it cannot be put into a story."))
    return Part(id=post, post=post)


def nonce_of(values: Mapping[str, str]) -> str:
    nonce = values.get("nonce", "")
    if not nonce.isalnum() or not nonce.isascii() or len(nonce) != NONCE_LENGTH:
        raise InvalidInput(_("This form is not whole; load the page again."))
    return nonce


def to_story(event: Event, story_id: str, part: str = "") -> Response:
    place = f"#part-{part}" if part.isalnum() else ""
    return RedirectResponse(f"/{event.slug}/moderate/stories/{story_id}{place}", HTTPStatus.SEE_OTHER)


async def list_page(
    request: Request,
    event: Event,
    who: Person,
    *,
    post: str = "",
    title: str = "",
    error: InvalidInput | None = None,
) -> HTMLResponse:
    services = state(request)
    stories = await services["store"].stories.all(event.slug)
    all_posts = [id for one in stories for id in one.posts]
    standings = await services["store"].posts.get_all(event.slug, [*all_posts, post]) if all_posts or post else []
    there = {one.post.id: one for one in standings if one}
    chosen = there.get(post)
    return services["pages"].page(
        "moderate/stories.html",
        status=HTTPStatus.UNPROCESSABLE_ENTITY if error else HTTPStatus.OK,
        page="organise",
        event=event,
        person={"name": who.name},
        base=f"/{event.slug}/moderate",
        nonce=secrets.token_hex(NONCE_LENGTH // 2),
        post=post if chosen else "",
        words=beginning(chosen) if chosen else "",
        title=title,
        error=error,
        stories=[summary(services, event, one, there) for one in stories],
    )


async def story_page(
    request: Request,
    event: Event,
    who: Person,
    *,
    values: Mapping[str, str] | None = None,
    error: InvalidInput | ChangedMeanwhile | None = None,
) -> HTMLResponse:
    services = state(request)
    story = await services["store"].stories.get(event.slug, request.path_params["story"])
    standings = await services["store"].posts.get_all(event.slug, story.posts) if story.posts else []
    there = {one.post.id: one for one in standings if one}
    return services["pages"].page(
        "moderate/story.html",
        status=HTTPStatus.UNPROCESSABLE_ENTITY if error else HTTPStatus.OK,
        page="organise",
        event=event,
        person={"name": who.name},
        base=f"/{event.slug}/moderate",
        nonce=secrets.token_hex(NONCE_LENGTH // 2),
        story=summary(services, event, story, there),
        parts=[part_view(part, there.get(part.post)) for part in story.parts],
        typed=values or {},
        error=error.message if error else None,
    )


def summary(services: State, event: Event, story: Story, there: Mapping[str, Standing]) -> dict[str, Any]:
    gaps = [id for id in story.posts if id not in there or not there[id].visible]
    return {
        "id": story.id,
        "title": story.title,
        "published": story.published,
        "url": f"/{event.slug}/stories/{story.name}" if story.name else "",
        "parts": len(story.parts),
        "gaps": len(gaps),
        "by": story.by_name,
        "ago": ago(story.changed_at, services["now"]()) if story.changed_at else "",
    }


def part_view(part: Part, standing: Standing | None) -> dict[str, Any]:
    """Return a part as its editor sees it: nothing of a post that its author took back."""
    if part.words:
        return {"id": part.id, "words": part.words, "post": "", "author": "", "gap": ""}
    gone = standing is None or standing.status is Status.WITHDRAWN
    return {
        "id": part.id,
        "words": "",
        "post": "" if gone or standing is None else beginning(standing),
        "author": "" if gone or standing is None else standing.post.author.name,
        "gap": "" if standing and standing.visible else GAPS.get(standing.status, GAP) if standing else GAP,
    }


def beginning(standing: Standing) -> str:
    words = " ".join(standing.post.text.split())
    return words if len(words) <= 200 else f"{words[:200].rstrip()}…"


routes = [
    Route("/{slug}/moderate/stories", show_all),
    Route("/{slug}/moderate/stories", create, methods=["POST"]),
    Route("/{slug}/moderate/stories/{story}", show),
    Route("/{slug}/moderate/stories/{story}", change, methods=["POST"]),
]
