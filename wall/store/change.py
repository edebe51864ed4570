"""The step that changes how a post stands, with all that the script is told of it."""

from datetime import datetime

import msgspec

from wall.core import moderation, trust
from wall.core.annotation import Annotation
from wall.core.audit import Entry, annotation_entry, decision_entry
from wall.core.decision import Decision
from wall.core.moderation import Standing
from wall.core.team import Taken
from wall.store.audit import noted
from wall.store.codec import encode
from wall.store.database import Call, Script
from wall.store.keys import EventKeys
from wall.store.refused import MOST, refusal
from wall.store.stamp import delay, stamp

CHANGE = Script("change", after=("current", "append", "note", "credit", "put_off", "ladder", "outdated"))
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
) -> Call:
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
        **stamp(now),
    }
    if strictness is not None:
        change["strictness"] = strictness
    if after.approval and not after.visible:
        change["first"] = after.approval.by
    if before.refused != after.refused:
        change |= {"unrefused": refusal(before), "refused": refusal(after), "most": MOST}
    told = {"public": moderation.public_update(before, after), "cause_was": before.counted, "cause": after.counted}
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
            keys.due,
            keys.approvals,
            keys.against,
            keys.strictness,
        ],
        [
            msgspec.json.encode(change),
            kept,
            kept if decision else "",
            msgspec.json.encode(taken(before, after, decision, now)) if isinstance(decision, Decision) else "",
            *noted(entry_of(before, decision, now)),
        ],
    )


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
