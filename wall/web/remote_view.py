"""What the remote control is told: what every screen shows, what it was told to show, and whether it does."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from wall import __version__
from wall.core.event import Event
from wall.core.feed import Cursor
from wall.core.moderation import Standing
from wall.core.people import Screen
from wall.core.remote import shown
from wall.core.scenes import USUAL, Call, Direction, Scene, SceneList
from wall.core.showing import LATELY, Showing
from wall.core.words import _
from wall.store import Store
from wall.web.language import say
from wall.web.scene_form import summary
from wall.web.scenes import KINDS
from wall.web.state import State
from wall.web.views import timestamp

WORDS_SHOWN = 140
MOST_POSTS = 20  # to choose from; the desk has all of them


@dataclass(frozen=True, slots=True)
class Seen:
    """What was read for one look: the posts that screens show alone, and since when each old cursor is behind."""

    event: Event
    now: datetime
    tip: Cursor
    posts: dict[str, Standing]
    behind: dict[int, datetime]


async def remote_view(services: State, event: Event) -> dict[str, Any]:
    """Return every screen of an event as the remote control shows it, and the newest posts to choose from."""
    store, now = services["store"], services["now"]()
    screens = [one for one in await store.screens.all(event.slug) if one.kind == "screen"]
    lists = {one.id: one for one in await store.scenes.all(event.slug)}
    directions = await store.scenes.directions(event.slug)
    showings = [one for one in await store.showings.all(event.slug) if not one.left and now - one.seen_at < LATELY]
    tip = await store.feeds.tip(event.slug, "public")
    snapshot = await services["hub"].snapshot(event.slug, "public", limit=MOST_POSTS)
    asked = [shown(one, now) for one in directions.values()]
    ids = {one.post for one in showings if one.post} | {show.post for show in asked if show and show.post}
    seen = Seen(
        event, now, tip, await visible(store, event.slug, ids), await lags(store, event.slug, showings, tip)
    )
    return {
        "now": timestamp(now),
        "version": __version__,
        "curtain": {
            "kind": snapshot.curtain.kind,
            "since": timestamp(snapshot.curtain.since) if snapshot.curtain.since else None,
            "by": snapshot.curtain.by_name,
        },
        "posts": [
            {"id": one.post.id, "hash": one.post.content_hash, **post_words(one)}
            for one in snapshot.standings[:MOST_POSTS]
        ],
        "screens": [
            screen_view(
                seen,
                screen,
                lists.get(screen.scenes, USUAL),
                directions.get(screen.id, Direction()),
                [one for one in showings if one.screen == screen.id],
            )
            for screen in screens
        ],
    }


async def visible(store: Store, slug: str, ids: set[str]) -> dict[str, Standing]:
    """Return those of some posts that are on the wall."""
    found = await store.posts.get_all(slug, sorted(ids)) if ids else []
    return {one.post.id: one for one in found if one and one.visible}


async def lags(store: Store, slug: str, showings: Sequence[Showing], tip: Cursor) -> dict[int, datetime]:
    """Return, by the offset that a screen is at, since when there is something that it has not painted."""
    cursors = {Cursor.parse(one.cursor) for one in showings}
    offsets = {one.offset for one in cursors if one and one.epoch == tip.epoch and one.offset < tip.offset}
    found = {offset: await store.feeds.after(slug, "public", offset, limit=1) for offset in offsets}
    return {offset: updates[0].at for offset, updates in found.items() if updates}


def screen_view(
    seen: Seen, screen: Screen, run: SceneList, direction: Direction, showings: Sequence[Showing]
) -> dict[str, Any]:
    scenes = {scene.id: say(scene_words(scene, seen.event)) for scene in run.scenes}
    call = max(direction.calls, key=lambda one: one.at, default=None)
    return {
        "id": screen.id,
        "name": screen.name,
        "room": screen.room,
        "list": run.name,
        "scenes": [{"id": id, "words": words} for id, words in scenes.items()],
        "direction": direction_view(seen, direction, scenes),
        "call": call_view(call) if call else None,
        "last_seen": timestamp(screen.seen_at) if screen.seen_at else None,
        "devices": [device_view(seen, one, direction, call, scenes) for one in showings],
    }


def direction_view(seen: Seen, direction: Direction, scenes: dict[str, str]) -> dict[str, Any]:
    """Return what a screen was told, with who said so; `until` is when what it shows out of its turn is over."""
    show = shown(direction, seen.now)
    words = None
    if show and show.post:
        words = post_words(seen.posts[show.post]) if show.post in seen.posts else {"name": "", "words": ""}
    return {
        "id": direction.id,
        "scene": scenes.get(show.scene, "") if show and show.scene else None,
        "post": words,
        "held": direction.held,
        "frozen": direction.frozen,
        "blank": direction.blank,
        "since": timestamp(direction.since) if direction.since else None,
        "by": direction.by_name,
    }


def call_view(call: Call) -> dict[str, Any]:
    return {
        "id": call.id,
        "kind": call.kind,
        "at": timestamp(call.at),
        "by": call.by_name,
        "within": call.within,
    }


def device_view(
    seen: Seen, one: Showing, direction: Direction, call: Call | None, scenes: dict[str, str]
) -> dict[str, Any]:
    """Return what a device shows. `after` is how long after it was told it did so; times are in seconds."""
    told = one.told == direction.id
    after = (one.told_at - direction.since).total_seconds() if told and one.told_at and direction.since else None
    return {
        "scene": say(_("One post")) if one.scene.startswith("post ") else scenes.get(one.scene, ""),
        "post": post_words(seen.posts[one.post]) if one.post in seen.posts else None,
        "posts": one.posts,
        "curtain": one.curtain,
        "version": one.version,
        "width": one.width,
        "height": one.height,
        "road": one.road,
        "silent": max(0.0, (seen.now - one.seen_at).total_seconds()),
        "behind": behind(seen, one),
        "told": told,
        "after": max(0.0, after) if after is not None else None,
        "did": bool(call and one.did == call.id),
    }


def behind(seen: Seen, showing: Showing) -> float | None:
    """Return for how many seconds a screen has not painted what is on the wall; None for one of another history."""
    cursor = Cursor.parse(showing.cursor)
    if cursor is None or cursor.epoch != seen.tip.epoch:
        return None
    since = seen.behind.get(cursor.offset)
    return max(0.0, (seen.now - since).total_seconds()) if since else 0.0


def scene_words(scene: Scene, event: Event) -> str:
    """Return a scene as people call it: its kind, and the words that tell it from others of that kind."""
    if scene.kind not in KINDS:
        return scene.kind
    typed = summary(scene, event)
    title = KINDS[scene.kind].title
    return _("%(scene)s “%(words)s”", scene=title, words=typed[:60]) if typed else title


def post_words(standing: Standing) -> dict[str, str]:
    author = standing.post.author
    return {
        "name": author.name or author.handle,
        "words": " ".join(standing.post.text[: 2 * WORDS_SHOWN].split())[:WORDS_SHOWN],
    }
