"""Posts as the statuses of Mastodon's API, with every field that its clients stumble without."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from wall.core.curtain import Curtain
from wall.core.event import Event
from wall.core.moderation import Standing, answered_id
from wall.core.participant import AUTHOR
from wall.core.post import Media, Post
from wall.core.render import to_html
from wall.core.timeline import BOOST, Listed, status_id
from wall.web.mastodon.account import WALL, author_account, decimal, own_account, web_address
from wall.web.mastodon.door import Door
from wall.web.views import reposts, timestamp

ATTACHED = "image"
"""Of a recording we have a still at most; of a sound, nothing that could be drawn."""


def timeline(door: Door, event: Event, standings: Iterable[Standing], curtain: Curtain) -> list[Listed]:
    """Return the statuses of what stands on the wall now, the newest first: those approved last."""
    shown = [one for one in standings if one.visible and passes(one, curtain, event, door)]
    ids = {one.post.id: id_of(door.slug, one) for one in shown}
    listed = [
        Listed(
            id=ids[one.post.id],
            status=status(door, event, one, ids),
            local=one.post.author.uid.startswith(AUTHOR) or one.post.place == "room",
        )
        for one in shown
    ]
    return sorted(listed, key=lambda one: one.id, reverse=True)


def passes(standing: Standing, curtain: Curtain, event: Event, door: Door) -> bool:
    """Tell whether a post is shown: behind a curtain less is, and below /e/ nothing that is sensitive."""
    if door.plain and is_sensitive(standing.post):
        return False
    if curtain.kind == "blank" or (curtain.kind == "pinned" and not standing.pinned):
        return False
    return not curtain.holds_back(standing.approved_at)


def passed_on(
    door: Door, event: Event, pinned: Sequence[Listed], timeline: Iterable[Listed], now: datetime
) -> list[Listed]:
    """Return the pinned statuses of a timeline as the wall passes them on, at the top for those who sort by time.

    Their time is the minute it is, or just after the newest status, so that an answer stays the same for a minute.
    """
    latest = max([now.replace(second=0, microsecond=0), *map(posted_at, timeline)])
    return [
        Listed(
            id=one.id | BOOST, status=boost(door, event, one, latest + timedelta(seconds=place)), local=one.local
        )
        for place, one in zip(range(len(pinned), 0, -1), pinned, strict=True)
    ]


def posted_at(listed: Listed) -> datetime:
    return datetime.fromisoformat(listed.status["created_at"])


def boost(door: Door, event: Event, listed: Listed, at: datetime) -> dict[str, Any]:
    """Return the status by which the wall passes another one on."""
    return {
        **listed.status,
        "id": str(listed.id | BOOST),
        "uri": f"{listed.status['uri']}#pinned",
        "created_at": timestamp(at),
        "account": own_account(door, WALL, event.title),
        "reblog": listed.status,
    }


def status(door: Door, event: Event, standing: Standing, ids: Mapping[str, int]) -> dict[str, Any]:
    post = standing.post
    answered = answered_id(post)
    return bare_status(
        id=id_of(door.slug, standing),
        uri=uri(door, post),
        url=web_address(post.url) or door.post(post.id),
        created_at=timestamp(post.created_at),
        content=to_html(post.text, post.spans, {}),
        account=author_account(door, post),
        in_reply_to_id=str(ids.get(answered) or decimal("post", answered)) if answered else None,
        sensitive=is_sensitive(post),
        spoiler_text=post.content_warning or "",
        language=post.language,
        replies_count=standing.replies - (standing.answer is not None),
        reblogs_count=reposts(standing),
        favourites_count=sum(standing.reactions.values()),
        media_attachments=[
            attached
            for media in post.media
            if (attached := attachment(door, post, media, codes=event.show_codes)) is not None
        ],
        tags=[{"name": tag, "url": door.page()} for tag in dict.fromkeys(tag.key for tag in post.tags)],
        emojis=emojis(door, post),
    )


def bare_status(**fields: Any) -> dict[str, Any]:
    """Return a status with these fields, and all others as they are where there is nothing to tell."""
    return {
        "in_reply_to_id": None,
        "in_reply_to_account_id": None,
        "sensitive": False,
        "spoiler_text": "",
        "visibility": "public",
        "language": None,
        "replies_count": 0,
        "reblogs_count": 0,
        "favourites_count": 0,
        "edited_at": None,
        "reblog": None,
        "application": None,
        "media_attachments": [],
        "mentions": [],
        "tags": [],
        "emojis": [],
        "card": None,
        "poll": None,
        **fields,
        "id": str(fields["id"]),
    }


def id_of(slug: str, standing: Standing) -> int:
    return status_id(slug, standing.approved_at or standing.post.created_at, standing.arrived)


def uri(door: Door, post: Post) -> str:
    """Return what a post is everywhere, so that one that comes from two servers has one card."""
    return web_address(post.uid.removeprefix("ap:")) or door.post(post.id)


def is_sensitive(post: Post) -> bool:
    return post.sensitive or bool(post.content_warning)


def attachment(door: Door, post: Post, media: Media, *, codes: bool) -> dict[str, Any] | None:
    """Return our own copy of what is attached, as large as walls show it; None where nothing of it can be drawn."""
    picture = media.picture
    if picture is None or media.kind == "audio" or (picture.codes and not codes):
        return None
    width, height = picture.width, picture.height
    size = {"width": width, "height": height, "size": f"{width}x{height}", "aspect": width / max(height, 1)}
    return {
        "id": decimal("picture", picture.id),
        "type": ATTACHED,
        "url": door.picture(post, picture, "screen"),
        "preview_url": door.picture(post, picture, "thumb"),
        "remote_url": None,
        "preview_remote_url": None,
        "text_url": None,
        "meta": {"original": size, "small": size},
        "description": media.heard,
        "blurhash": None,
    }


def emojis(door: Door, post: Post) -> list[dict[str, Any]]:
    """Return the pictures of the shortcodes that stand in the text."""
    pictures = {code: media.picture for code, media in post.emojis.items()}
    return [
        {
            "shortcode": code,
            "url": (url := door.picture(post, picture, "thumb")),
            "static_url": url,
            "visible_in_picker": False,
        }
        for code, picture in pictures.items()
        if picture and not picture.codes
    ]
