"""Panic: what moderators do to all screens, or to an author, at once. Every such act passes `carry_out`."""

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Any

import msgspec
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from wall.core.audit import Entry
from wall.core.curtain import CurtainKind
from wall.core.event import Event
from wall.core.feed import Cursor
from wall.core.moderation import Standing
from wall.core.modes import Mode
from wall.core.panic import EVERYONE, PanicKind, Restriction
from wall.core.people import Person
from wall.core.words import _
from wall.errors import NotFound
from wall.store.sweeps import ENDS
from wall.web import access
from wall.web.answers import SNAPSHOT_POSTS
from wall.web.body import read
from wall.web.state import State, state
from wall.web.views import timestamp

NO_STORE = {"cache-control": "no-store"}
CAUTIOUS: Mode = "everything waits"


class PanicForm(msgspec.Struct):
    """What a desk sends. `seen` is the version of the curtain that the moderator saw, for the way back."""

    id: Annotated[str, msgspec.Meta(pattern="^[A-Za-z0-9]{8,64}$")]
    act: PanicKind
    curtain: CurtainKind = "blank"
    author: Annotated[str, msgspec.Meta(max_length=500)] = ""
    seen: int | None = None


async def show(request: Request) -> JSONResponse:
    """Tell what holds now, by whom and since when, and whose posts are on the wall."""
    event = await access.event(request, "moderator")
    services = state(request)
    snapshot = await services["hub"].snapshot(event.slug, "public", limit=SNAPSHOT_POSTS)
    body = await holding(services, event) | {"authors": authors_of(list(snapshot.standings))}
    return JSONResponse(body, headers=NO_STORE)


async def create_act(request: Request) -> JSONResponse:
    """Carry out an act of panic; answers with what holds then, and up to which cursor screens must have painted."""
    event, who = await access.staff(request, "moderator")
    services = state(request)
    form = await read(request, PanicForm)
    done = await carry_out(services, event, who, form)
    event = await services["store"].events.get(event.slug)
    return JSONResponse(await holding(services, event) | done, headers=NO_STORE)


async def carry_out(services: State, event: Event, who: Person, form: PanicForm) -> dict[str, Any]:
    """Do what a moderator wants done to the whole event: the one place where panic passes.

    Each act is noted in the step that does it, and one that changes nothing is not. Returns what was done: `posts` that
    left or were rejected, and the `cursor` that proves it once it is painted.
    """
    posts, cursor = 0, None
    match form.act:
        case "draw":
            cursor = await draw(services, event, who, form)
        case "wait":
            await restrict_everyone(services, event, who)
        case "resume":
            await resume(services, event, who)
        case "restrict":
            posts, cursor = await restrict_author(services, event, who, form)
        case "lift":
            await lift_author(services, event, who, form)
    return {"posts": posts, "cursor": cursor}


async def draw(services: State, event: Event, who: Person, form: PanicForm) -> str:
    """Draw a curtain, or open it."""
    store, now = services["store"], services["now"]()
    told = entry("draw", who, now, about=form.curtain)
    await store.curtains.draw(
        event.slug, form.curtain, by=who.id, by_name=who.name, now=now, seen=form.seen, entry=told
    )
    return await place(services, event.slug, await store.curtains.told(event.slug))


async def restrict_everyone(services: State, event: Event, who: Person) -> None:
    """Let nothing past the queue, not even what was judged a moment ago."""
    store, now = services["store"], services["now"]()
    told = entry("wait", who, now)
    restriction = Restriction(
        author=EVERYONE, name="", by=who.id, by_name=who.name, at=now, mode=event.holding(now).mode
    )
    new = await store.authors.restrict(event.slug, restriction, entry=told, now=now)
    await store.events.change(
        event.slug,
        lambda event: event.with_mode(CAUTIOUS, by=who.name, now=now),
        entry=lambda before, _after: told if not new and before.holding(now).mode != CAUTIOUS else None,
    )


async def resume(services: State, event: Event, who: Person) -> None:
    """Go back to the mode from before everyone was restricted."""
    store, now = services["store"], services["now"]()
    restricted = await store.authors.restricted(event.slug)
    mode = next((one.mode for one in restricted if one.author == EVERYONE), None)
    if mode:
        back: Mode = mode
        await store.events.change(
            event.slug,
            lambda event: event.with_mode(back, by=who.name, now=now),
            entry=lambda *_events: entry("resume", who, now),
        )
    await store.authors.lift(event.slug, EVERYONE, now=now)


async def restrict_author(services: State, event: Event, who: Person, form: PanicForm) -> tuple[int, str | None]:
    """Let an author's further posts wait, then take away everything there is."""
    store, now = services["store"], services["now"]()
    posts = await store.posts.of_author(event.slug, form.author) if form.author else []
    if not posts:
        raise NotFound(_("There are no posts of this author."))
    restriction = Restriction(author=form.author, name=name_of(posts[-1]), by=who.id, by_name=who.name, at=now)
    told = entry("restrict", who, now, about=to_take_away(posts), post=posts[-1].post.id)
    await store.authors.restrict(event.slug, restriction, entry=told, now=now)
    swept = await store.sweeps.sweep(
        event.slug, form.author, id=f"{who.id}-{form.id}", by=who.id, by_name=who.name, now=now
    )
    offsets = await store.posts.told(event.slug, swept.removed)
    cursor = await place(services, event.slug, max(offsets)) if offsets else None
    return len(swept.removed) + len(swept.rejected), cursor


async def lift_author(services: State, event: Event, who: Person, form: PanicForm) -> None:
    """Let an author's further posts go as the rules say again."""
    store, now = services["store"], services["now"]()
    posts = await store.posts.of_author(event.slug, form.author)
    told = entry("lift", who, now, post=posts[-1].post.id if posts else None)
    await store.authors.lift(event.slug, form.author, entry=told, now=now)


def entry(kind: PanicKind, who: Person, now: datetime, *, about: str = "", post: str | None = None) -> Entry:
    return Entry(kind=kind, by=who.id, by_name=who.name, at=now, about=about, post=post)


def to_take_away(posts: Sequence[Standing]) -> str:
    number = sum(one.status in ENDS for one in posts)
    return f"{number} {'post' if number == 1 else 'posts'} to take away"


async def place(services: State, slug: str, offset: int) -> str:
    """Return a place of the public feed as its history goes now."""
    tip = await services["store"].feeds.tip(slug, "public")
    return str(Cursor(tip.epoch, offset))


# What is told


async def holding(services: State, event: Event) -> dict[str, Any]:
    """Return what holds now: the curtain, and who is restricted."""
    curtain = await services["store"].curtains.get(event.slug)
    restricted = await services["store"].authors.restricted(event.slug)
    return {
        "now": timestamp(services["now"]()),
        "mode": event.holding(services["now"]()).mode,
        "curtain": {
            "kind": curtain.kind,
            "version": curtain.version,
            "since": timestamp(curtain.since) if curtain.since else None,
            "by": curtain.by_name,
        },
        "restricted": [
            {
                "author": one.author,
                "name": one.name,
                "since": timestamp(one.at),
                "by": one.by_name,
                "mode": one.mode,
            }
            for one in restricted
        ],
    }


def authors_of(standings: list[Standing]) -> list[dict[str, Any]]:
    """Return who wrote the posts on the wall, the newest first, with the words that moderators know them by."""
    found: dict[str, dict[str, Any]] = {}
    for standing in standings:
        author = standing.post.author
        one = found.setdefault(
            author.uid,
            {"author": author.uid, "name": name_of(standing), "handle": author.handle, "posts": 0},
        )
        one["posts"] += 1
        one.setdefault("words", standing.post.text[:80])
    return list(found.values())


def name_of(standing: Standing) -> str:
    return standing.post.author.name or standing.post.author.handle


routes = [
    Route("/{slug}/moderate/panic", show),
    Route("/{slug}/moderate/panic", create_act, methods=["POST"]),
]
