"""What streams say: every frame, every view of an update, and the codes a stream is closed with."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from typing import Any, Generic, TypeVar

import msgspec

from wall.channel import Told
from wall.core.answering import is_answer
from wall.core.curtain import Curtain
from wall.core.feed import Cursor, FeedName, Update
from wall.core.moderation import Standing
from wall.web import language
from wall.web.pages import Pages
from wall.web.views import post_json, timestamp

Body = TypeVar("Body", str, bytes)

LARGEST_KEPT = 64 * 1024
MOST_KEPT = 64
PUBLIC_VIEWS = ("json", *language.VIEWS)
DESK_VIEWS = language.VIEWS


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
    if ticket is None:
        return f'{{"type":"beat","cursor":"{cursor}"}}'
    return dump({"type": "beat", "cursor": str(cursor)} | carried(ticket))


def carried(ticket: str | None) -> dict[str, str]:
    return {"ticket": ticket} if ticket else {}


def resync() -> str:
    return dump({"type": "resync"})


def close(code: Close) -> str:
    """Return the last frame of a stream that has no close codes of its own."""
    return dump({"type": "close", "code": int(code)})


def curtain(drawn: Curtain) -> dict[str, str | None]:
    """Return the curtain as everybody may know it: what it shows and since when, not who drew it."""
    return {"kind": drawn.kind, "since": timestamp(drawn.since) if drawn.since else None}


def updates(cursor: Cursor, encoded: Sequence[str]) -> str:
    """Return the frame that brings a viewer to a cursor."""
    return f'{{"type":"updates","cursor":"{cursor}","updates":[{",".join(encoded)}]}}'


@dataclass(frozen=True, slots=True)
class Road(Generic[Body]):
    """A way to viewers: its name in the numbers, and how a frame is written there.

    `written` is given the frame, and the place that it leads up to, if it leads to one.
    """

    name: str
    written: Callable[[str, Cursor | None], Body]


@dataclass(slots=True)
class Built:
    """Frames of updates as they are sent, each built once for all who are told the same on the same road."""

    kept: dict[tuple[str, str, Cursor, Cursor], tuple[list[str], Any]] = field(default_factory=dict)

    def updates(self, road: Road[Body], view: str, start: Cursor, end: Cursor, encoded: list[str]) -> Body:
        """Return the frame of the updates between two cursors."""
        key = (road.name, view, start, end)
        kept = self.kept.get(key)
        # A post that was taken off the wall meanwhile makes other updates of the same stretch.
        if kept and kept[0] == encoded:
            body: Body = kept[1]
            return body
        body = road.written(updates(end, encoded), end)
        if len(body) <= LARGEST_KEPT:
            self.kept.pop(key, None)
            self.kept[key] = encoded, body
            while len(self.kept) > MOST_KEPT:
                del self.kept[next(iter(self.kept))]
        return body


def encoder(pages: Pages, desk_card: Callable[[str, Standing], str]) -> Callable[[str, FeedName, str, Told], str]:
    """Return the function that turns an update into what the viewers of a view are sent."""

    def encode(slug: str, name: FeedName, view: str, told: Told) -> str:
        with language.speaking(language.of_view(view)):
            if name == "desk":
                return desk_update(slug, told, desk_card)
            return public_update(slug, view, told, pages)

    return encode


def public_update(slug: str, view: str, told: Told, pages: Pages) -> str:
    """Encode an update of the public feed. What has left the wall since is told as void, without a word of it.

    So is an answer of the wall's, which is told with the post that it answers.
    """
    update, standing = told.update, told.standing
    if not update.post_id:
        return about_the_event(update)
    shown = update.kind != "removed" and standing is not None and standing.visible and not is_answer(standing.post)
    fields: dict[str, object] = {
        "offset": update.offset,
        "kind": update.kind if shown or update.kind == "removed" else "void",
        "at": timestamp(update.at),
        "id": update.post_id,
    }
    if shown and standing is not None:
        fields["post"] = post_json(slug, standing) if view == "json" else post_html(slug, standing, pages)
    return dump(fields)


def about_the_event(update: Update) -> str:
    """Encode an update that is about no post."""
    at = timestamp(update.at)
    fields: dict[str, object] = {"offset": update.offset, "kind": update.kind, "at": at}
    if update.kind == "arranged":
        fields["what"] = update.status
    if update.kind == "curtained":
        fields["curtain"] = {"kind": update.status, "since": at}
    return dump(fields)


def post_html(slug: str, standing: Standing, pages: Pages) -> dict[str, object]:
    """Return a post as the pages are sent it (view=html)."""
    return {
        "id": standing.post.id,
        "html": pages.post(slug, standing),
        "pinned": standing.pinned,
        "posted_at": timestamp(standing.post.created_at),
        "instead_of": standing.instead_of,
        "approved_at": timestamp(standing.approved_at) if standing.approved_at else None,
    }


def desk_update(slug: str, told: Told, desk_card: Callable[[str, Standing], str]) -> str:
    update, standing = told.update, told.standing
    if not update.post_id:
        return about_the_event(update)
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
