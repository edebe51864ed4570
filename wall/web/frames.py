"""What streams say: every frame, every view of an update, and the codes a stream is closed with."""

from collections.abc import Callable, Sequence
from enum import IntEnum

import msgspec

from wall.channel import Told
from wall.core.feed import Cursor, FeedName
from wall.core.moderation import Standing
from wall.web.pages import Pages
from wall.web.views import post_json, timestamp

PUBLIC_VIEWS = ("json", "html")
DESK_VIEWS = ("html",)


class Close(IntEnum):
    """Why a stream ends. 4000–4499: come back, with jitter; 4500–4999: stay away."""

    RESTARTING = 4001
    STORE_AWAY = 4002
    TOO_SLOW = 4008
    TOO_MANY = 4029
    NOT_ALLOWED = 4503
    EVENT_CLOSED = 4510


def parsed(cursor: str | None) -> Cursor | None:
    """Return the cursor a client sent; nonsense is a cursor of no history, and so ends in a resync."""
    return Cursor.parse(cursor) or (Cursor("", 0) if cursor else None)


def hello(cursor: Cursor, version: str, *, ticket: str | None = None) -> str:
    return dump({"type": "hello", "cursor": str(cursor), "version": version} | carried(ticket))


def beat(cursor: Cursor, *, ticket: str | None = None) -> str:
    return dump({"type": "beat", "cursor": str(cursor)} | carried(ticket))


def carried(ticket: str | None) -> dict[str, str]:
    return {"ticket": ticket} if ticket else {}


def resync() -> str:
    return dump({"type": "resync"})


def close(code: Close) -> str:
    """Return the last frame of a stream that has no close codes of its own."""
    return dump({"type": "close", "code": int(code)})


def updates(cursor: Cursor, encoded: Sequence[str]) -> str:
    """Return the frame that brings a viewer to a cursor."""
    return f'{{"type":"updates","cursor":"{cursor}","updates":[{",".join(encoded)}]}}'


def encoder(pages: Pages, desk_card: Callable[[str, Standing], str]) -> Callable[[str, FeedName, str, Told], str]:
    """Return the function that turns an update into what the viewers of a view are sent."""

    def encode(slug: str, name: FeedName, view: str, told: Told) -> str:
        if name == "desk":
            return desk_update(slug, told, desk_card)
        return public_update(slug, view, told, pages)

    return encode


def public_update(slug: str, view: str, told: Told, pages: Pages) -> str:
    """Encode an update of the public feed. What has left the wall since is told as void, without a word of it."""
    update, standing = told.update, told.standing
    shown = update.kind != "removed" and standing is not None and standing.visible
    fields: dict[str, object] = {
        "offset": update.offset,
        "kind": update.kind if shown or update.kind == "removed" else "void",
        "at": timestamp(update.at),
        "id": update.post_id,
    }
    if shown and standing is not None:
        fields["post"] = post_json(slug, standing) if view == "json" else post_html(slug, standing, pages)
    return dump(fields)


def post_html(slug: str, standing: Standing, pages: Pages) -> dict[str, object]:
    """Return a post as the pages are sent it (view=html)."""
    return {
        "id": standing.post.id,
        "html": pages.post(slug, standing),
        "pinned": standing.pinned,
        "posted_at": timestamp(standing.post.created_at),
    }


def desk_update(slug: str, told: Told, desk_card: Callable[[str, Standing], str]) -> str:
    update, standing = told.update, told.standing
    return dump(
        {
            "offset": update.offset,
            "kind": update.kind,
            "at": timestamp(update.at),
            "id": update.post_id,
            "version": update.version,
            "was": update.was,
            "status": update.status,
            "by": standing.decided_by_name if standing and update.kind == "decided" else None,
            "card": desk_card(slug, standing) if standing else None,
        }
    )


def dump(value: object) -> str:
    """Return a value as JSON; rendered markup is a plain string there."""
    return msgspec.json.encode(value, enc_hook=str).decode()
