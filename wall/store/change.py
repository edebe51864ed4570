"""The step that changes how a post stands, with all that the script is told of it."""

from datetime import datetime

import msgspec

from wall.core import moderation, trust
from wall.core.annotation import Annotation
from wall.core.answering import is_answer
from wall.core.audit import Entry, annotation_entry, decision_entry
from wall.core.decision import Decision
from wall.core.moderation import Standing, Status
from wall.core.team import Taken
from wall.store.audit import noted
from wall.store.codec import encode
from wall.store.database import Call, Script
from wall.store.keys import EventKeys
from wall.store.refused import MOST, refusal
from wall.store.stamp import delay, stamp

BEFORE_CHANGE = ("current", "append", "thread", "note", "credit", "put_off", "ladder", "outdated", "card", "stand")
CHANGE = Script("change", after=BEFORE_CHANGE)
OUTDATED = -1
"""What a script answers when judging got stricter than what was judged had met."""


def change_call(
    keys: EventKeys,
    before: Standing,
    after: Standing,
    desk: str,
    now: datetime,
    *,
    decision: Decision | Annotation | None = None,
    strictness: int | None = None,
    leads: bool = False,
    along: tuple[Standing, Standing] | None = None,
) -> Call:
    """Return the call that changes a post, which `leads` its card then. `along` is another post, before and after."""
    change = changed(before, after, desk, now)
    if leads:
        change["leads"] = True
    if along:
        change["along"] = changed(*along, "grouped", now) | {
            "standing": encode(along[1]).decode(),
            "post": keys.post(along[0].post.id),
            "old": keys.status(along[0].status),
            "new": keys.status(along[1].status),
        }
    elif is_grouped(after) and not is_grouped(before):
        change["joins"] = True
    if strictness is not None:
        change["strictness"] = strictness
    if after.approval and not after.visible:
        change["first"] = after.approval.by
    if before.refused != after.refused:
        change |= {"unrefused": refusal(before), "refused": refusal(after), "most": MOST}
    told = {"cause_was": before.counted, "cause": after.counted}
    change |= {name: value for name, value in told.items() if value}
    kept = encode(after)
    return Call(
        CHANGE,
        [
            keys.post(before.post.id),
            keys.status(before.status),
            keys.status(after.status),
            keys.pinned,
            keys.feed("public"),
            keys.head("public"),
            keys.feed("desk"),
            keys.head("desk"),
            keys.decision(decision.id if decision else "none"),
            keys.refused,
            keys.holds,
            keys.recent(decision.by if decision else "none"),
            keys.causes,
            keys.audit,
            keys.audited,
            keys.shown,
            keys.firsts,
            keys.cards,
            keys.unsettled,
            keys.posts,
            keys.due,
            keys.approvals,
            keys.against,
            keys.strictness,
            keys.answered,
        ],
        [
            msgspec.json.encode(change),
            kept,
            kept if decision else "",
            msgspec.json.encode(taken(before, after, decision, now)) if isinstance(decision, Decision) else "",
            *noted(entry_of(before, decision, now)),
        ],
    )


def changed(before: Standing, after: Standing, desk: str, now: datetime) -> dict[str, object]:
    """Return what every change of how a post stands comes to, in the store's own lists and for the feeds."""
    change = {
        "id": before.post.id,
        "author": before.post.author.uid,
        "read": before.version,
        "version": after.version,
        "was": before.status,
        "status": after.status,
        "pinned": after.pinned,
        "desk": desk,
        "credit": trust.credit(before, after),
        "blame": trust.blame(before, after),
        **delay(before, after, now),
        **thread(before, after),
        **stamp(now),
    }
    if card := after.card or before.card:
        change["card"] = card
    if before.card and not after.card:
        change["leaves"] = True
    if retold(before, after):
        change["retold"] = True
    if update := moderation.public_update(before, after):
        change["public"] = update
    return change


def is_grouped(standing: Standing) -> bool:
    return standing.status is Status.GROUPED


def thread(before: Standing | None, after: Standing) -> dict[str, object]:
    """Return what a change does to the thread that a post is in."""
    answered = moderation.answered_id(after.post)
    if answered is None:
        return {}
    untied = before is not None and moderation.answered_id(before.post) is None
    told: dict[str, object] = {"answers": answered}
    if untied:
        told["untied"] = True
    if before is not None and before.visible and after.visible and is_answer(after.post):
        told["reworded"] = True
    return told


def retold(before: Standing, after: Standing) -> bool:
    """Tell whether a change makes another of what answers to a post say of it."""
    names = [(one.visible, one.status, one.post.author.name, one.post.text) for one in (before, after)]
    return names[0] != names[1]


def entry_of(before: Standing, act: Decision | Annotation | None, now: datetime) -> Entry | None:
    if isinstance(act, Decision):
        return decision_entry(before, act, now)
    return annotation_entry(act, now) if act else None


def taken(before: Standing, after: Standing, decision: Decision, now: datetime) -> Taken:
    return Taken(
        id=decision.id,
        post_id=decision.post_id,
        kind=decision.kind,
        was=before.status,
        status=after.status,
        version=after.version,
        at=now,
    )
