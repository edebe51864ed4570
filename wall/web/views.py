"""What an audience is given of a post: for the one template, and as JSON. Nothing that only moderators may know."""

import hashlib
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from markupsafe import Markup

from wall.core.link import safe_href
from wall.core.moderation import Standing, answered_id
from wall.core.post import Author, Media, Picture, Post
from wall.core.reactions import counted
from wall.core.render import to_html
from wall.sources.form import SOMEONE
from wall.web.language import say


def post_view(slug: str, standing: Standing) -> dict[str, Any]:
    """Return what templates/post/_post.html wants."""
    post = standing.post
    return {
        "id": post.id,
        "url": f"/{slug}/post/{post.id}",
        "source": post.source.kind,
        "source_url": post.url,
        "author": {
            "name": post.author.name,
            "handle": post.author.handle,
            "avatar": face_url(slug, post),
            "url": post.author.url,
            "key": author_key(slug, post.author),
        },
        "html": Markup(html(slug, post)),  # noqa: S704 - to_html escapes all but the elements it makes itself
        "text_length": len(post.text),
        "warning": post.content_warning,
        "sensitive": post.sensitive,
        "language": post.language,
        "media": [
            {**media_view(slug, post, media), "play": play_view(media), "place": place}
            for place, media in enumerate(post.media)
        ],
        "posted_at": timestamp(post.created_at),
        "pinned": standing.pinned,
        "reply_to": answered_id(post),
        "answers": answers_view(slug, standing),
        "replies": standing.replies - (standing.answer is not None),
        "answer": answer_view(slug, standing),
        "reactions": reactions(standing),
        "reposts": reposts(standing),
        "also": also(standing),
        "place": post.place,
        "reply_url": f"/{slug}/join?reply={post.id}",
    }


def post_json(slug: str, standing: Standing) -> dict[str, Any]:
    """Return a post as the stream, the feed and their readers know it (view=json)."""
    post = standing.post
    return {
        "id": post.id,
        "url": post.url or f"/{slug}/post/{post.id}",
        "source": post.source.kind,
        "author": {
            "name": post.author.name,
            "handle": post.author.handle,
            "avatar": face_url(slug, post),
            "url": post.author.url,
        },
        "text": post.text,
        "html": html(slug, post),
        "language": post.language,
        "media": [media_view(slug, post, media) for media in post.media],
        "hashtags": [tag.raw for tag in post.tags],
        "posted_at": timestamp(post.created_at),
        "approved_at": timestamp(standing.approved_at) if standing.approved_at else None,
        "pinned": standing.pinned,
        "session": standing.session,
        "reply_to": answered_id(post),
        "replies": standing.replies - (standing.answer is not None),
        "answer": answer_json(slug, standing),
        "reactions": reactions(standing),
        "reposts": reposts(standing),
        "also": also(standing),
        "instead_of": standing.instead_of,
        "place": post.place or None,
        "sensitive": post.sensitive,
        "warning": post.content_warning,
    }


def reactions(standing: Standing) -> list[dict[str, str | int]]:
    """Return how many reactions of each kind a post has, without those that nobody gave."""
    return [
        {"key": one.key, "emoji": one.emoji, "name": say(one.name), "count": count}
        for one, count in counted(standing.reactions)
    ]


def also(standing: Standing) -> list[str]:
    """Return the kinds of sources that brought copies of a post from other networks than its own."""
    kinds = (copy.source for copy in standing.copies)
    return list(dict.fromkeys(kind for kind in kinds if kind != standing.post.source.kind))


def reposts(standing: Standing) -> int:
    """Return how often a post was passed on, on all networks that it is on."""
    return standing.post.reposts + sum(copy.reposts for copy in standing.copies)


def answers_view(slug: str, standing: Standing) -> dict[str, str] | None:
    """Return the post that one answers, as audiences may know it: while it is on the wall, and none of its words."""
    answered = standing.answers
    if answered is None or not answered.visible:
        return None
    return {"name": answered.name, "url": f"/{slug}/post/{answered.id}"}


def answer_json(slug: str, standing: Standing) -> dict[str, Any] | None:
    """Return what the wall answered to a post, while that is shown."""
    answer = standing.answer
    if answer is None or not standing.visible:
        return None
    return {
        "id": answer.id,
        "by": answer.author.name,
        "text": answer.text,
        "html": html(slug, answer),
        "answered_at": timestamp(answer.created_at),
    }


def answer_view(slug: str, standing: Standing) -> dict[str, Any] | None:
    """Return what templates/post/_answer.html wants."""
    told = answer_json(slug, standing)
    return told and {**told, "html": Markup(told["html"])}  # noqa: S704 - to_html escapes all but its own elements


def author_key(slug: str, author: Author) -> str | None:
    """Return what tells the authors of one wall apart and says nothing else of them; None for who gave no name.

    It is of what everybody sees, so that it ties together no posts that one could not tie by reading them: a phone that
    writes under two names has two keys, and one without a name has none.
    """
    if not author.handle and author.name == SOMEONE:
        return None
    return hashlib.sha256(f"{slug}\x1f{author.uid}\x1f{author.handle or author.name}".encode()).hexdigest()[:12]


def media_view(slug: str, post: Post, media: Media) -> dict[str, Any]:
    picture = media.picture
    return {
        "kind": media.kind,
        "src": picture_url(slug, post, picture, "screen"),
        "thumb": picture_url(slug, post, picture, "thumb"),
        "width": picture.width if picture else None,
        "height": picture.height if picture else None,
        "alt": media.heard,
        "alt_by_team": media.description is not None,
        "code": bool(picture and picture.codes),
        "problem": media.problem,
    }


def play_view(media: Media) -> dict[str, str] | None:
    """Return where a video or recording is, and on whose server: none of it is here, and nobody goes there unasked."""
    href = safe_href(media.url) if media.kind != "image" else None
    host = urlsplit(href).hostname if href else None
    return {"url": href, "host": host} if href and host and href.startswith("https://") else None


def html(slug: str, post: Post, *, base: str = "") -> str:
    """Return the text of a post as HTML, made from its text and spans. `base` comes before addresses of ours."""
    emojis = {
        code: base + address
        for code, media in post.emojis.items()
        if not (media.picture and media.picture.codes)
        and (address := picture_url(slug, post, media.picture, "thumb"))
    }
    return to_html(post.text, post.spans, emojis)


def face_url(slug: str, post: Post) -> str | None:
    """Return the address of the author's picture; one with a code in it is shown nowhere."""
    avatar = post.author.avatar
    return None if avatar is None or avatar.codes else picture_url(slug, post, avatar, "thumb")


def picture_url(slug: str, post: Post, picture: Picture | None, size: str) -> str | None:
    """Return the address of our copy of a picture. It names the post, whose status decides who may see it."""
    return f"/{slug}/media/{post.id}/{picture.id}/{size}" if picture else None


def timestamp(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%S.") + f"{moment.microsecond // 1000:03}Z"
