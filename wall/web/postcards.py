"""Pictures of posts for where a link is shown: drawn in the look of the event, and gone with their posts."""

import asyncio
import json
from collections.abc import Mapping
from functools import cache
from http import HTTPStatus
from typing import Any

from starlette.requests import Request
from starlette.responses import FileResponse, PlainTextResponse, Response
from starlette.routing import Route

from wall.assets import folder
from wall.core.brand import Brand
from wall.core.event import Event
from wall.core.hashtag import tagkey
from wall.core.moderation import Standing
from wall.core.palette import first_family, palette
from wall.core.post import Picture, Post
from wall.core.text import GRAPHEME, cut
from wall.core.typeface import Choice, Face, Word, is_rtl, paragraphs, parse_faces
from wall.core.words import _
from wall.errors import NotFound, PictureError
from wall.media import Pictures
from wall.media.machine_faces import more_faces
from wall.media.postcards import key_of
from wall.web import access
from wall.web.doors import whence
from wall.web.entries import author_name, warning_of
from wall.web.feed import has
from wall.web.language import say, speaking
from wall.web.networks import NETWORKS
from wall.web.pages import edition
from wall.web.state import State, state
from wall.web.syndication import OPEN

LONGEST, MOST_LINES = 600, 14  # graphemes, lines
LONGEST_LINK = 32
USUAL_FAMILY = "Source Sans 3"
ALL_SCRIPTS = (
    USUAL_FAMILY, "Noto Sans Arabic", "Noto Sans Hebrew", "Noto Sans Devanagari", "Noto Sans Thai", "Twemoji",
)  # fmt: skip
MOST_DRAWN, MOST_DRAWN_AT_ALL = 60, 300
MINUTE = 60.0

Said = dict[str, Any]


async def show(request: Request) -> Response:
    """Return the picture of a post that is on the wall at this moment; raises NotFound for any other."""
    event = await access.event(request, "viewer")
    services = state(request)
    standing = await on_the_wall(request, event)
    brand = await services["store"].brands.get(event.slug)
    language = standing.post.language or event.language
    more = await asyncio.to_thread(more_faces, language)
    with speaking(event.language):
        said = of_post(event, standing.post, services["pictures"]) | of_look(event, brand)
    picture = await answer(request, event, set_in_type(said, brand, more))
    await on_the_wall(request, event)  # it may have left while it was drawn
    return picture


async def on_the_wall(request: Request, event: Event) -> Standing:
    standing = await state(request)["store"].posts.get(event.slug, request.path_params["post_id"])
    if not standing.visible:
        raise NotFound(_("This post is not on the wall."))
    return standing


async def show_event(request: Request) -> Response:
    """Return the picture of an event: its name and hashtags."""
    event = await access.event(request, "viewer")
    brand = await state(request)["store"].brands.get(event.slug)
    more = await asyncio.to_thread(more_faces, event.language)
    said = of_event(event) | of_look(event, brand)
    return await answer(request, event, set_in_type(said, brand, more))


# What is said


def of_post(event: Event, post: Post, pictures: Pictures) -> Said:
    warning = warning_of(post)
    words = warning or without_own_tags(event, shown_words(post))
    return {
        "event": event.title,
        "words": cut(words, limit=LONGEST, lines=MOST_LINES),
        "label": label_of(post, warning),
        "name": author_name(post),
        "handle": post.author.handle if post.author.handle != author_name(post) else "",
        "network": say(NETWORKS.get(post.source.kind, "")) if post.source.kind != "back-channel" else "",
        "rtl": is_rtl(words),
        "face": file_of(pictures, uncoded(post.author.avatar), "thumb"),
        "picture": None if warning else file_of(pictures, shown_picture(event, post), "screen"),
    }


def of_event(event: Event) -> Said:
    plain = {"event": "", "label": "", "name": "", "handle": "", "network": "", "face": None, "picture": None}
    return {**plain, "words": event.title, "rtl": is_rtl(event.title)}


def of_look(event: Event, brand: Brand) -> Said:
    css = theme_css(brand.theme)
    return {
        "hashtag": f"#{event.hashtags[0]}",
        "colours": palette(css, brand.colours, event.accent, dark=event.theme == "dark"),
        "edition": edition(),
    }


def label_of(post: Post, warning: str) -> str:
    """Return what stands above the words, where they are more than words."""
    if warning:
        return say(_("Content warning")) if post.content_warning else ""
    return say(_("Question")) if post.source.kind == "question" else ""


def shown_words(post: Post) -> str:
    """Return the words of a post without the pictures among them, its links as short as one reads them."""
    parts, at = [], 0
    for span in sorted(post.spans, key=lambda one: one.start):
        if span.kind not in ("link", "emoji") or span.start < at or span.end > len(post.text):
            continue
        parts.append(post.text[at : span.start])
        if span.kind == "link":
            shown = post.text[span.start : span.end].removeprefix("https://").removeprefix("http://")
            parts.append(cut(shown.removesuffix("/"), limit=LONGEST_LINK, lines=1))
        at = span.end
    return "".join([*parts, post.text[at:]]).strip()


def without_own_tags(event: Event, words: str) -> str:
    """Return the words without the event's hashtags at their end, which stand above them already."""
    left = words
    while (last := left.rsplit(maxsplit=1)) and last[-1].startswith("#") and tagkey(last[-1][1:]) in event.keys:
        left = left[: left.rindex(last[-1])].rstrip()
    return left or words


def uncoded(picture: Picture | None) -> Picture | None:
    return None if picture is None or picture.codes else picture


def shown_picture(event: Event, post: Post) -> Picture | None:
    """Return the first picture of a post; one with a code in it only where screens show those, too."""
    shown = (media.picture for media in post.media if media.picture)
    return next((one for one in shown if event.show_codes or not one.codes), None)


def file_of(pictures: Pictures, picture: Picture | None, size: Any) -> str | None:
    path = pictures.open(picture.id, size) if picture else None
    return str(path) if path else None


# How it is set


def set_in_type(said: Said, brand: Brand, more: Mapping[str, tuple[str, int]]) -> bytes:
    """Return what is said as the process wants it that draws: each letter with its face."""
    choice = Choice(faces_of(first_family(theme_css(brand.theme), brand.font)), frozenset(more))
    letters = GRAPHEME.match(said["name"].lstrip("@#") or "?")
    texts = {**{name: said[name] for name in ("event", "hashtag", "words", "label", "name", "handle", "network")}}
    texts["initial"] = letters[0].upper() if letters else "?"
    set_ = {name: paragraphs(text, choice) for name, text in texts.items()}
    static = folder("static")
    files = {face.name: (str(static / face.file), 0) for face in choice.faces} | dict(more)
    used = used_faces(set_)
    # The first one is of Latin letters: of it are blanks and ellipses.
    first = next(iter(files))
    faces = {name: file for name, file in files.items() if name == first or name in used}
    return json.dumps({**said, **set_, "faces": faces}, ensure_ascii=True).encode()


def used_faces(texts: Mapping[str, list[list[Word]]]) -> set[str]:
    return {face for text in texts.values() for line in text for word in line for _letter, face, _rtl in word}


@cache
def faces_of(family: str) -> tuple[Face, ...]:
    """Return the shipped faces in the order in which letters look for theirs, a Latin one of `family` first."""
    there = parse_faces((folder("static") / "css" / "fonts.css").read_text(encoding="utf-8"))
    families = dict.fromkeys((family, *ALL_SCRIPTS))
    found = [face for name in families for face in there if face.family == name]
    return tuple(sorted(found, key=lambda face: not (face.family == family and face.name.endswith("/latin"))))


@cache
def theme_css(theme: str) -> str:
    return (folder("static") / "css" / "themes" / f"{theme}.css").read_text(encoding="utf-8")


# The answer


async def answer(request: Request, event: Event, said: bytes) -> Response:
    """Return the picture, drawn if it never was; caches ask each time whether it is still to be had."""
    services, key = state(request), key_of(said)
    etag = f'"{key}"'
    headers = {"cache-control": "no-cache", "etag": etag} | (OPEN if event.circle is None else {})
    if has(request.headers.get("if-none-match", ""), etag):
        return Response(status_code=HTTPStatus.NOT_MODIFIED, headers=headers)
    path = services["postcards"].find(key)
    if path is None and not await may_draw(request, services, event):
        return PlainTextResponse(
            f"{say(_('Too many pictures at once. Try again in a minute.'))}\n",
            HTTPStatus.TOO_MANY_REQUESTS,
            {"retry-after": str(int(MINUTE))},
        )
    try:
        path = path or await services["postcards"].draw(said)
    except PictureError as error:
        raise NotFound(error.message) from error
    return FileResponse(path, media_type="image/png", headers=headers)


async def may_draw(request: Request, services: State, event: Event) -> bool:
    limits = services["store"].limits
    near = await limits.allow(f"{event.slug} cards from {whence(request)}", most=MOST_DRAWN, seconds=MINUTE)
    return near and await limits.allow(f"{event.slug} cards", most=MOST_DRAWN_AT_ALL, seconds=MINUTE)


routes = [
    Route("/{slug}/post/{post_id}/card.png", show),
    Route("/{slug}/card.png", show_event),
]
