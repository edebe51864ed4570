"""Stories as everybody reads them: at an address that stays, each post in them as it stands now, or not at all."""

import hashlib
from collections.abc import Sequence
from typing import Any

from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from wall.core import markup
from wall.core.event import Event
from wall.core.moderation import Standing
from wall.core.render import to_html
from wall.core.story import Story
from wall.core.words import _
from wall.errors import NotFound
from wall.web import access, sharing
from wall.web.feed import has
from wall.web.live import fragment, page_of
from wall.web.nav import nav
from wall.web.state import State, state
from wall.web.views import timestamp

LONGEST_DESCRIPTION = 200  # characters


async def show_all(request: Request) -> Response:
    """Show the titles of the stories there are."""
    event = await access.event(request, "viewer")
    services = state(request)
    stories = await services["store"].stories.published(event.slug)
    page = page_of(
        services,
        "live/stories.html",
        event=event,
        here="stories",
        shared=sharing.of_stories(request, event),
        nav=await nav(request, event),
        stories=[title_view(event, one) for one in stories],
    )
    return looked_at_again(request, page)


async def show(request: Request) -> Response:
    """Show a story; a post that is not on the wall now is not in it. Raises NotFound for a draft."""
    event = await access.event(request, "viewer")
    services = state(request)
    stories = await services["store"].stories.published(event.slug)
    story = next((one for one in stories if one.name == request.path_params["name"]), None)
    if story is None:
        raise NotFound(_("There is no such story here, or it was taken down."))
    page = page_of(
        services,
        "live/story.html",
        event=event,
        here="stories",
        nav=await nav(request, event),
        story=title_view(event, story),
        shared=sharing.of_story(
            request,
            event,
            title=story.title,
            path=f"/{event.slug}/stories/{story.name}",
            description=description(story),
        ),
        parts=await parts(services, event, story),
    )
    return looked_at_again(request, page)


async def parts(services: State, event: Event, story: Story) -> list[Markup]:
    """Return the parts of a story as they are shown, without those of posts that left the wall."""
    there = await on_the_wall(services, event, story)
    shown = []
    for part in story.parts:
        if part.words:
            shown.append(words_html(part.words))
        elif part.post in there:
            shown.append(fragment(services, event, there[part.post])["html"])
    return shown


async def on_the_wall(services: State, event: Event, story: Story) -> dict[str, Standing]:
    """Return those posts of a story that everybody may see now, by their ids."""
    store = services["store"]
    standings: Sequence[Standing | None] = (
        await store.posts.get_all(event.slug, story.posts) if story.posts else []
    )
    visible = [one for one in standings if one and one.visible]
    return {one.post.id: one for one in await store.threads.tied(event.slug, visible)}


def words_html(words: str) -> Markup:
    marked = markup.from_text(words)
    html = to_html(marked.text, marked.spans, {})
    return Markup(f'<div class="story__words" dir="auto">{html}</div>')  # noqa: S704 - to_html escapes all but its own


def title_view(event: Event, story: Story) -> dict[str, Any]:
    return {
        "title": story.title,
        "url": f"/{event.slug}/stories/{story.name}",
        "published_at": timestamp(story.published_at) if story.published_at else None,
        "changed_at": timestamp(story.changed_at) if story.changed_at else None,
    }


def description(story: Story) -> str:
    """Return how a story begins, in the team's own words alone: what others wrote may be gone tomorrow."""
    words = " ".join(next((part.words for part in story.parts if part.words), "").split())
    return words if len(words) <= LONGEST_DESCRIPTION else f"{words[:LONGEST_DESCRIPTION].rstrip()}…"


def looked_at_again(request: Request, page: HTMLResponse) -> Response:
    """Let caches keep a page, and ask each time whether it is still so: what was removed is gone at the next look."""
    etag = f'W/"{hashlib.blake2b(bytes(page.body), digest_size=12).hexdigest()}"'
    headers = {"cache-control": "no-cache", "etag": etag}
    if has(request.headers.get("if-none-match", ""), etag):
        return Response(status_code=304, headers=headers)
    page.headers.update(headers)
    return page


routes = [
    Route("/{slug}/stories", show_all),
    Route("/{slug}/stories/{name}", show),
]
