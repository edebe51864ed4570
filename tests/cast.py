"""The cast of the tests: who writes posts, who moderates, and what they say."""

from datetime import UTC, datetime
from itertools import count

from wall.core.decision import Decision
from wall.core.post import Author, Post, SourceRef, Tag

NOW = datetime(2026, 6, 12, 9, 30, tzinfo=UTC)

ALICE = Author(uid="ap:https://social.example/users/alice", handle="@alice@social.example", name="Alice")
BOB = Author(uid="ap:https://other.example/users/bob", handle="@bob@other.example", name="Bob")

MASTODON = SourceRef(id="m1", kind="mastodon")

numbers = count(1)


def a_post(text="Hello #PyConEx", *, author=ALICE, uid=None, source=MASTODON, **fields):
    """Return a post that the tests' event wants."""
    fields.setdefault("tags", (Tag("PyConEx", "pyconex"),))
    return Post(
        uid=uid or f"ap:https://social.example/notes/{next(numbers)}",
        source=source,
        author=author,
        text=text,
        created_at=NOW,
        received_at=NOW,
        **fields,
    )


def a_decision(kind, standing, *, by="mia", id=None):
    """Return a decision about a post as it stands, by Mia unless somebody else is named."""
    return Decision(
        id=id or f"decision-{next(numbers)}",
        post_id=standing.post.id,
        kind=kind,
        by=by,
        by_name=by.capitalize(),
        version=standing.version,
        content_hash=standing.post.content_hash,
    )
