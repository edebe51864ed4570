"""What another site shows in place of a link to this wall: oEmbed 1.0, as markup that runs nothing.

Where the organiser lists sites that may frame the wall, a post comes as a frame, which shows it as it stands whenever
somebody looks; elsewhere as a quotation, which stays with whoever took it.
"""

import json
import re
from dataclasses import dataclass
from html import escape
from typing import Any
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element, SubElement, tostring

from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.routing import Route

from wall.core.event import Event
from wall.core.link import safe_href
from wall.core.moderation import Standing
from wall.core.palette import CARD_HEIGHT, CARD_WIDTH
from wall.core.people import Screen
from wall.core.syndication.atom import clean
from wall.core.words import _
from wall.errors import ByInvitation, InvalidInput, NotFound
from wall.web import access
from wall.web.addresses import address
from wall.web.entries import author_name, warned_html, warning_of
from wall.web.language import say
from wall.web.live import fragment
from wall.web.security import framed_by, hostname
from wall.web.sharing import words_of
from wall.web.state import State, state
from wall.web.stories import description
from wall.web.syndication import OPEN
from wall.web.views import html

FORMATS = ("json", "xml")
CACHE_SECONDS = 300
WIDTH, AROUND, LINE_HEIGHT, LINE_LETTERS = 550, 200, 28, 48
HEIGHTS = (200, 700)
HIGHEST_PICTURE = 420
# No scripts; the rest is for the page's own style and for its links.
SANDBOX = "allow-same-origin allow-popups allow-popups-to-escape-sandbox"
LONGEST_URL = 2_048
LONGEST_SIDE = 5  # digits
PATH = re.compile(r"/(?P<slug>[a-z0-9-]+)(?:/(?P<kind>post|stories)/(?P<name>[a-z0-9-]+))?/?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Embedded:
    """What stands in for a link: its markup and size in pixels, and what it is called."""

    html: str
    width: int
    height: int
    title: str
    picture: str
    author: str = ""
    author_url: str | None = None


async def show(request: Request) -> Response:
    """Answer what stands in for a link to a post, a story or the wall; raises NotFound for what is not on it."""
    wanted = request.query_params.get("format", "json")
    if wanted not in FORMATS:
        return PlainTextResponse(f"{say(_('There is only format=json and format=xml.'))}\n", 501, OPEN)
    width, height = side(request, "maxwidth"), side(request, "maxheight")
    found = parts(request)
    request.scope["path_params"] = {"slug": found["slug"]}
    event = await access.event(request, "viewer")
    if event.circle is not None:
        raise ByInvitation(access.OUTSIDE)  # whoever reads the page of another site would see it
    embedded = await embed(request, event, found["kind"], found["name"], width=width)
    told = answer(request, event, embedded, width=width, height=height)
    headers = {"cache-control": f"public, max-age={CACHE_SECONDS}"} | OPEN
    if wanted == "xml":
        return Response(xml(told), headers=headers, media_type="text/xml")
    return Response(json.dumps(told), headers=headers, media_type="application/json")


def parts(request: Request) -> dict[str, str]:
    """Return the slug, and the kind and name of what else an address of ours names; raises NotFound for any other."""
    url = request.query_params.get("url", "")
    if not url:
        raise InvalidInput(_("Say which address is meant: ?url=…"), field="url")
    ours = {hostname(request.headers.get("host", "")), urlsplit(state(request)["config"].public_url).hostname}
    try:
        asked = urlsplit(url[:LONGEST_URL])
        found = PATH.fullmatch(asked.path) if asked.scheme in ("http", "https") else None
        host = asked.hostname
    except ValueError:
        found, host = None, None
    if found is None or host is None or host not in ours:
        raise NotFound(_("This is no address of a post, a story or a wall here."))
    return {name: value or "" for name, value in found.groupdict().items()}


def side(request: Request, name: str) -> int | None:
    text = request.query_params.get(name)
    if text is None:
        return None
    if not (text.isascii() and text.isdigit() and len(text) <= LONGEST_SIDE and int(text) > 0):
        raise InvalidInput(_("A size is a whole number of pixels."), field=name)
    return int(text)


async def embed(request: Request, event: Event, kind: str, name: str, *, width: int | None) -> Embedded:
    services = state(request)
    if kind == "post":
        standing = await on_the_wall(services, event, name)
        return post_embedded(request, event, standing, await framers(services, event), width=width)
    if kind == "stories":
        stories = await services["store"].stories.published(event.slug)
        story = next((one for one in stories if one.name == name), None)
        if story is None:
            raise NotFound(_("There is no such story here, or it was taken down."))
        path = f"/{event.slug}/stories/{story.name}"
        return quotation(request, event, path, story.title, description(story), width=width)
    tags = " ".join(f"#{hashtag}" for hashtag in event.hashtags)
    return quotation(request, event, f"/{event.slug}", event.title, tags, width=width)


async def on_the_wall(services: State, event: Event, post_id: str) -> Standing:
    standing = await services["store"].posts.get(event.slug, post_id)
    if not standing.visible:
        raise NotFound(_("This post is not on the wall."))
    return (await services["store"].threads.tied(event.slug, [standing]))[0]


async def framers(services: State, event: Event) -> tuple[str, ...]:
    """Return the sites that the organiser lets frame the wall."""
    screens: list[Screen] = await services["store"].screens.all(event.slug)
    return tuple(dict.fromkeys(site for one in screens if one.kind == "embed" for site in one.origins))


def post_embedded(
    request: Request, event: Event, standing: Standing, sites: tuple[str, ...], *, width: int | None
) -> Embedded:
    post = standing.post
    wide, high = min(width or WIDTH, WIDTH), height_of(standing)
    url = address(request, f"/{event.slug}/post/{post.id}")
    name = author_name(post)
    if sites:
        markup = (
            f'<iframe src="{escape(url)}/frame" width="{wide}" height="{high}" title="{escape(name)}" '
            f'loading="lazy" sandbox="{SANDBOX}" referrerpolicy="no-referrer"></iframe>'
        )
    else:
        base, warning = address(request, ""), warning_of(post)
        said = warned_html(event, post, base, warning) if warning else html(event.slug, post, base=base)
        markup = (
            f'<blockquote cite="{escape(url)}" dir="auto">{said}'
            f'<p><a href="{escape(url)}">{escape(name)}</a>, {escape(event.title)}</p></blockquote>'
        )
    return Embedded(
        html=markup,
        width=wide,
        height=high,
        title=f"{name}: {words_of(post)}",
        picture=f"{url}/card.png?v={post.content_hash[:8]}",
        author=name,
        author_url=safe_href(post.author.url or ""),
    )


def height_of(standing: Standing) -> int:
    """Return about how high a post is; what is more can be scrolled to."""
    post = standing.post
    lines = sum(1 + len(line) // LINE_LETTERS for line in post.text.split("\n"))
    shown = () if warning_of(post) else post.shown[:1]
    pictured = sum(min(HIGHEST_PICTURE, WIDTH * one.height // one.width) for one in shown)
    return max(HEIGHTS[0], min(HEIGHTS[1], AROUND + lines * LINE_HEIGHT + pictured))


def quotation(request: Request, event: Event, path: str, title: str, words: str, *, width: int | None) -> Embedded:
    url = escape(address(request, path))
    said = f"<p>{escape(words)}</p>" if words else ""
    return Embedded(
        html=f'<blockquote cite="{url}" dir="auto"><p><a href="{url}">{escape(title)}</a></p>{said}</blockquote>',
        width=min(width or WIDTH, WIDTH),
        height=HEIGHTS[0],
        title=title,
        picture=address(request, f"/{event.slug}/card.png"),
    )


def answer(
    request: Request, event: Event, embedded: Embedded, *, width: int | None, height: int | None
) -> dict[str, Any]:
    told: dict[str, Any] = {
        "version": "1.0",
        "type": "rich",
        "title": embedded.title,
        "provider_name": event.title,
        "provider_url": address(request, f"/{event.slug}"),
        "cache_age": CACHE_SECONDS,
        "html": embedded.html,
        "width": embedded.width,
        "height": min(embedded.height, height or embedded.height),
    }
    if embedded.author:
        told["author_name"] = embedded.author
    if embedded.author_url:
        told["author_url"] = embedded.author_url
    if (width or CARD_WIDTH) >= CARD_WIDTH and (height or CARD_HEIGHT) >= CARD_HEIGHT:
        size = {"thumbnail_width": CARD_WIDTH, "thumbnail_height": CARD_HEIGHT}
        told |= {"thumbnail_url": embedded.picture, **size}
    return told


def xml(told: dict[str, Any]) -> bytes:
    root = Element("oembed")
    for name, value in told.items():
        SubElement(root, name).text = clean(str(value))
    body: bytes = tostring(root, encoding="utf-8", xml_declaration=True)
    return body


async def frame(request: Request) -> HTMLResponse:
    """Show one post in a frame of a site that the organiser lets frame the wall; raises NotFound once it is gone."""
    event = await access.event(request, "viewer")
    services = state(request)
    standing = await on_the_wall(services, event, request.path_params["post_id"])
    page = services["pages"].page("embed/post.html", event=event, post=fragment(services, event, standing))
    sites = await framers(services, event) if event.circle is None else ()
    page.headers["content-security-policy"] = framed_by(sites)
    if sites:
        page.headers["cross-origin-resource-policy"] = "cross-origin"
    return page


routes = [
    Route("/oembed", show),
    Route("/{slug}/post/{post_id}/frame", frame),
]
