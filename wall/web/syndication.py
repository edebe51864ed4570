"""The wall and its stories for feed readers: Atom and JSON Feed, each post as it stands at that moment."""

import hashlib
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from http import HTTPStatus
from types import ModuleType
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from wall.core.answering import is_answer
from wall.core.event import Event
from wall.core.excerpt import Excerpt
from wall.core.moderation import Standing, Status
from wall.core.syndication import Document, Entry, atom, json_feed
from wall.core.words import _
from wall.errors import NotFound
from wall.web import access
from wall.web.addresses import address, parse_place
from wall.web.entries import post_entry, story_entry
from wall.web.feed import FRESH, has
from wall.web.language import say, speaking
from wall.web.live import LOOKED_AT_MOST
from wall.web.state import State, state
from wall.web.stories import on_the_wall

PAGE_ENTRIES = 50
BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)
WRITERS: dict[str, ModuleType] = {"atom": atom, "json": json_feed}
SETTLED = timedelta(seconds=2)
"""Times in headers are whole seconds: what changed in this one may change again in it."""
OPEN = {"access-control-allow-origin": "*", "cross-origin-resource-policy": "cross-origin"}
"""What anybody's page may read, for nobody's cookies come with it."""


async def posts(request: Request) -> Response:
    """Return the posts of a wall, or of an excerpt of it, newest first; with ?before the older ones page by page."""
    event = await access.event(request, "viewer")
    services, slug = state(request), event.slug
    writer = writer_of(request)
    # First of all, so that what changes meanwhile is newer than what we say.
    changed = await services["store"].feeds.changed(slug, "public")
    excerpt = Excerpt.parse(request.query_params, (await services["outlines"].get(event)).programme)
    before = request.query_params.get("before")
    standings, last = await found(services, event, excerpt, parse_place(before) if before is not None else None)
    base, query = address(request, ""), excerpt.query()
    with speaking(event.language):
        shown = await entries(services, event, standings, base)
        document = Document(
            title=titled(event, excerpt),
            home=whole(f"{base}/{slug}", query),
            first=whole(f"{base}{request.url.path}", query),
            url=whole(f"{base}{request.url.path}", {**query, "before": before} if before is not None else query),
            older=whole(f"{base}{request.url.path}", {**query, "before": str(last)}) if last is not None else None,
            updated=max((one.updated for one in shown), default=BEGINNING),
            language=event.language,
            entries=shown,
        )
        body = writer.written(document)
    return answer(request, event, body, writer.MEDIA_TYPE, changed)


async def stories(request: Request) -> Response:
    """Return the stories of a wall, the newest first."""
    event = await access.event(request, "viewer")
    services, slug = state(request), event.slug
    writer = writer_of(request)
    changed = await services["store"].feeds.changed(slug, "public")
    published = (await services["store"].stories.published(slug))[:PAGE_ENTRIES]
    base = address(request, "")
    url = f"{base}{request.url.path}"
    with speaking(event.language):
        shown = [story_entry(event, one, await on_the_wall(services, event, one), base) for one in published]
        document = Document(
            title=say(_("%(event)s: stories", event=event.title)),
            home=f"{base}/{slug}/stories",
            first=url,
            url=url,
            updated=max((one.updated for one in shown), default=BEGINNING),
            language=event.language,
            entries=tuple(shown),
        )
        body = writer.written(document)
    return answer(request, event, body, writer.MEDIA_TYPE, changed)


async def found(
    services: State, event: Event, excerpt: Excerpt, before: int | None
) -> tuple[Sequence[Standing], int | None]:
    """Return the posts of a page, and the place that older ones come after: None at the end."""

    def wants(standing: Standing) -> bool:
        return not is_answer(standing.post) and excerpt.wants(standing)

    answered = await services["store"].finding.find(
        event.slug, Status.APPROVED, wants, limit=PAGE_ENTRIES, after=before, most=LOOKED_AT_MOST
    )
    return answered.standings, answered.last


async def entries(services: State, event: Event, standings: Sequence[Standing], base: str) -> tuple[Entry, ...]:
    store = services["store"]
    offsets = await store.posts.told(event.slug, [one.post.id for one in standings])
    times = await store.feeds.times(event.slug, "public", offsets)
    return tuple(post_entry(event, one, base, told) for one, told in zip(standings, times, strict=True))


def titled(event: Event, excerpt: Excerpt) -> str:
    return f"{event.title}: {excerpt.span.session.title}" if excerpt.span else event.title


def whole(url: str, query: dict[str, str]) -> str:
    return f"{url}?{urlencode(query)}" if query else url


def writer_of(request: Request) -> ModuleType:
    """Return what writes the format that the path ends with; raises NotFound for any other."""
    writer = WRITERS.get(request.url.path.rpartition(".")[2])
    if writer is None:
        raise NotFound(_("There is nothing at this address."))
    return writer


def answer(
    request: Request, event: Event, body: bytes, media_type: str, changed: datetime | None = None
) -> Response:
    """Answer with what anybody may read and keep for a moment, or say that it is what they have.

    The mark is made of the whole body, so that a removal changes it. `changed` is when the wall last told anything,
    removals too; it is said only once its second is over, so that two states never share it.
    """
    etag = f'W/"{hashlib.blake2b(body, digest_size=12).hexdigest()}"'
    headers = {"cache-control": FRESH, "etag": etag, "vary": "Accept-Encoding"}
    if event.circle is None:
        headers |= OPEN
    if changed is not None and state(request)["now"]() - changed >= SETTLED:
        headers["last-modified"] = format_datetime(changed.replace(microsecond=0), usegmt=True)
    if is_known(request, etag, headers.get("last-modified")):
        return Response(status_code=HTTPStatus.NOT_MODIFIED, headers=headers)
    return Response(body, headers=headers, media_type=media_type)


def is_known(request: Request, etag: str, modified: str | None) -> bool:
    """Tell whether whoever asks has this already; a mark goes before a time (RFC 9110, 13.1.3)."""
    if "if-none-match" in request.headers:
        return has(request.headers["if-none-match"], etag)
    # Exactly what we said, and no later time: a clock of theirs says nothing of what they have.
    return modified is not None and request.headers.get("if-modified-since") == modified


routes = [
    Route("/{slug}/feed.atom", posts),
    Route("/{slug}/feed.json", posts),
    Route("/{slug}/stories.atom", stories),
    Route("/{slug}/stories.json", stories),
]
