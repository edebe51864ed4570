"""The step that takes a post in, with all that the script is told of it."""

from dataclasses import dataclass, replace
from datetime import datetime

import msgspec

from wall.core import card, moderation
from wall.core.card import Match
from wall.core.moderation import Standing, Status, Verdict
from wall.core.post import Post
from wall.store.change import thread
from wall.store.clues import NONE_SEEN, Seen, network, written
from wall.store.codec import encode
from wall.store.database import Call, Script
from wall.store.keys import EventKeys
from wall.store.stamp import delay, stamp

SUBMIT = Script(
    "submit", after=("current", "append", "thread", "mark", "credit", "put_off", "outdated", "card", "clue")
)
RESTRICTED_MEANWHILE = "Its author was restricted while it was on its way."


@dataclass(frozen=True, slots=True)
class Submission:
    """A post on its way in, with what the rules concluded about it and whether its author is trusted; `trust` is why.

    What it is compared with later posts by, its `sketch`, is kept if there is one; `paced` says that it counts
    among its author's posts of this minute. With a `strictness`, it is taken in only if nothing got stricter since.
    With a `match`, it belongs to a `card`, or waits by itself where it `stands_apart`. Its `clues` are what later posts
    find it by, and what it was held against when it was judged.
    """

    post: Post
    verdict: Verdict
    trusted: bool = False
    trust: str = ""
    sketch: str = ""
    paced: bool = False
    strictness: int | None = None
    card: str = ""
    match: Match | None = None
    stands_apart: bool = False
    clues: Seen = NONE_SEEN


def submit_call(keys: EventKeys, submission: Submission, now: datetime) -> Call:
    post = submission.post
    alone = standing_of(submission, now)
    waits = replace(alone, status=Status.WAITING, reason=RESTRICTED_MEANWHILE, approved_at=None, due=None)
    standing = arrived(submission, alone)
    status = standing.status
    if_restricted = encode(waits) if alone.visible or standing.due or standing.card else b""
    change = {
        "id": post.id,
        "author": post.author.uid,
        "version": 1,
        "was": "",
        "status": status,
        "paced": submission.paced,
        "sketch": submission.sketch,
        **delay(None, standing, now),
        **thread(None, standing),
        **stamp(now),
    }
    if submission.strictness is not None:
        change["strictness"] = submission.strictness
    if submission.clues.texts:
        change |= written(keys, submission.clues, network(post))
    if status is Status.GROUPED:
        change |= {"card": submission.card, "joins": True}
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
            keys.cards,
            keys.unsettled,
            keys.posts,
            keys.answered,
        ],
        [msgspec.json.encode(change), encode(standing), post.author.uid, if_restricted, *post.aliases],
    )


def standing_of(submission: Submission, now: datetime) -> Standing:
    """Return how a post stands on its arrival, were it in no card."""
    return moderation.arrive(
        submission.post, submission.verdict, now, trusted=submission.trusted, trust=submission.trust
    )


def arrived(submission: Submission, alone: Standing) -> Standing:
    """Return how a post stands on its arrival, in its card if it belongs to one."""
    if submission.match is None:
        return alone
    if submission.stands_apart:
        return replace(alone, card=submission.card, bond=submission.match.bond)
    return card.grouped(alone, submission.card, submission.match)
