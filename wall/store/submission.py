"""The step that takes a post in, with all that the script is told of it."""

from dataclasses import dataclass, replace
from datetime import datetime

import msgspec

from wall.core import moderation
from wall.core.moderation import Status, Verdict
from wall.core.post import Post
from wall.store.codec import encode
from wall.store.database import Call, Script
from wall.store.keys import EventKeys
from wall.store.stamp import delay, stamp

SUBMIT = Script("submit", after=("current", "append", "mark", "credit", "put_off", "outdated"))
RESTRICTED_MEANWHILE = "Its author was restricted while it was on its way."


@dataclass(frozen=True, slots=True)
class Submission:
    """A post on its way in, with what the rules concluded about it and whether its author is trusted; `trust` is why.

    What it is compared with later posts by, its `sketch`, is kept if there is one; `paced` says that it counts
    among its author's posts of this minute. With a `strictness`, it is taken in only if nothing got stricter since.
    """

    post: Post
    verdict: Verdict
    trusted: bool = False
    trust: str = ""
    sketch: str = ""
    paced: bool = False
    strictness: int | None = None


def submit_call(keys: EventKeys, submission: Submission, now: datetime) -> Call:
    post, status = submission.post, submission.verdict.status
    standing = moderation.arrive(post, submission.verdict, now, trusted=submission.trusted, trust=submission.trust)
    waits = replace(standing, status=Status.WAITING, reason=RESTRICTED_MEANWHILE, approved_at=None, due=None)
    if_restricted = encode(waits) if standing.visible or standing.due else b""
    change = {
        "id": post.id,
        "author": post.author.uid,
        "version": 1,
        "was": "",
        "status": status,
        "paced": submission.paced,
        "sketch": submission.sketch,
        **delay(None, standing, now),
        **stamp(now),
    }
    if submission.strictness is not None:
        change["strictness"] = submission.strictness
    if standing.counted:
        change["cause"] = standing.counted
    return Call(
        SUBMIT,
        [
            keys.post(post.id),
            keys.aliases,
            keys.arrivals,
            keys.status(status),
            keys.source(post.source.id, "posts"),
            keys.feed("public"),
            keys.head("public"),
            keys.feed("desk"),
            keys.head("desk"),
            keys.pace(post.author.uid),
            keys.duplicates,
            keys.author(post.author.uid),
            keys.restricted,
            keys.status(Status.WAITING),
            keys.left,
            keys.secret,
            keys.dropped("left"),
            keys.causes,
            keys.newest,
            keys.shown,
            keys.due,
            keys.strictness,
        ],
        [msgspec.json.encode(change), encode(standing), post.author.uid, if_restricted, *post.aliases],
    )
