"""Leaving a wall: the words with which an author, from the very account, has posts removed and is left out."""

import hmac
import re
from base64 import b32encode
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal

from wall.core.post import Post

Wish = Literal["leave", "return", "remove"]

CODE_LENGTH = 8
MOST_REQUESTS = 5
# A phone may write the first letter large and the hyphen long.
REQUEST = re.compile(r"(?<![\w-])(leave|return|remove)[-‐‑–]([a-z2-7]{8,20})(?![\w-])", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Request:
    """What a post asks for: to be left out, to be let in again, or that the post whose id is `code` be removed."""

    wish: Wish
    code: str


def requests(post: Post) -> list[Request]:
    """Return what the words of a post might ask for; whether they do, `leave_code` and the posts themselves tell."""
    text = f"{post.content_warning or ''}\n{post.text}"
    return [Request(wish.lower(), code.lower()) for wish, code in REQUEST.findall(text)[:MOST_REQUESTS]]


def leave_code(secret: bytes) -> str:
    """Return the code of an event's own, so that nobody leaves by chance, nor several walls at once.

    It is no secret: it counts only as said by the account that wants to leave.
    """
    return b32encode(hmac.digest(secret, b"leave", "sha256")).decode()[:CODE_LENGTH].lower()


def said_at(post: Post) -> datetime:
    """Return when an author asked: when the post was written, or edited to what it says now."""
    edited = min(max(post.revision, 0) / 1000, post.received_at.timestamp())
    return max(post.created_at, datetime.fromtimestamp(edited, UTC))
