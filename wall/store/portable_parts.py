"""Which keys of an event go into its file, which are made anew from those, and which never leave this Redis."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import msgspec

from wall.core.announcing import Announcement
from wall.core.answering import Sent
from wall.core.audit import Entry
from wall.core.brand import Brand, check_colours
from wall.core.caseload import Held
from wall.core.curtain import Curtain
from wall.core.edition import Edition
from wall.core.gathered import Place
from wall.core.leave_request import LeaveRequest
from wall.core.overlay import Overlay
from wall.core.own_css import own_css
from wall.core.panic import Restriction
from wall.core.poll import Poll
from wall.core.portable import leads_elsewhere
from wall.core.programme import Programme
from wall.core.question import Question
from wall.core.quoting import Written
from wall.core.retention import Figures
from wall.core.rules import Chain
from wall.core.scenes import SceneList
from wall.core.source import SourceSettings
from wall.core.sponsors import Sponsors
from wall.core.stage import Stage
from wall.core.story import Story
from wall.store.codec import decode
from wall.store.keys import EventKeys
from wall.store.servers import Command

Kind = Literal["string", "hash", "zset", "list", "stream"]
Each = Literal["", "polls", "questions", "sources"]
Names = Literal["", "post", "aliased", "refused", "author"]
Row = tuple[str, str, str]
"""Of which poll, question or source, if of any; the field, member or number; and its value or score."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One part of the file, and the key, or one key for `each` poll, question or source, that it is of.

    Where its rows name posts or authors, those go that the file knows nothing of. `value` is what its values are.
    """

    name: str
    kind: Kind
    key: Callable[[EventKeys, str], str]
    each: Each = ""
    names: Names = ""
    value: Any = None

    @property
    def member(self) -> str:
        return f"{self.name}.jsonl"


def one(attribute: str, kind: Kind, *, names: Names = "", value: Any = None) -> Part:
    """Return the part of the one key that EventKeys has under a name."""
    name = attribute.replace("_", "-")
    return Part(
        name=name, kind=kind, key=lambda keys, _id: str(getattr(keys, attribute)), names=names, value=value
    )


PARTS = (
    one("aliases", "hash", names="aliased"),
    one("cards", "hash", names="post"),
    one("unsettled", "hash", names="post"),
    one("arrivals", "string"),
    one("newest", "list", names="post"),
    one("answered", "zset"),
    one("pinned", "zset", names="post"),
    one("trusted", "hash", names="author"),
    one("approvals", "hash", names="author"),
    one("against", "hash", names="author"),
    one("shown", "hash", names="author"),
    one("refused", "zset", names="refused"),
    one("restricted", "hash", names="author", value=Restriction),
    one("strictness", "string"),
    one("firsts", "hash", names="post"),
    one("causes", "hash"),
    one("rules", "hash"),
    one("tallies", "hash"),
    one("programme", "hash"),
    one("scenes", "hash", value=SceneList),
    one("brand", "hash", value=Brand),
    one("sponsors", "hash", value=Sponsors),
    one("outputs", "hash"),
    one("curtain", "hash"),
    one("sources", "hash", value=SourceSettings),
    Part(name="positions", kind="string", each="sources", key=lambda keys, id: keys.source(id, "position")),
    one("audit", "stream", value=Entry),
    one("audited", "hash"),
    one("audience", "hash"),
    one("left_figures", "string", value=Figures),
    one("cases", "hash", names="author", value=Held),
    one("leave_requests", "hash", value=LeaveRequest),
    one("turned_away", "hash"),
    one("blog", "hash", names="post", value=Written),
    one("answers_sent", "hash", names="post", value=Sent),
    one("stories", "hash", value=Story),
    one("announcements", "hash", value=Announcement),
    one("announcing", "zset"),
    one("editions", "hash", value=Edition),
    one("edition_times", "zset"),
    one("placed", "hash", names="post", value=Place),
    one("polls", "hash", value=Poll),
    Part(name="poll-ballots", kind="hash", each="polls", key=lambda keys, id: keys.poll(id)[0]),
    Part(name="poll-tallies", kind="hash", each="polls", key=lambda keys, id: keys.poll(id)[1]),
    Part(name="poll-words", kind="hash", each="polls", key=lambda keys, id: keys.poll(id)[2]),
    one("questions", "hash", names="post", value=Question),
    one("questions_closed", "hash"),
    Part(name="question-votes", kind="hash", each="questions", key=lambda keys, id: keys.question_votes + id),
)
PART = {part.name: part for part in PARTS}
FIELDS = {
    ("rules", "chain"): Chain,
    ("programme", "programme"): Programme,
    ("outputs", "overlay"): Overlay,
    ("outputs", "stage"): Stage,
    ("curtain", "curtain"): Curtain,
}
COUNTED = frozenset((
    "arrivals", "strictness", "unsettled", "approvals", "shown", "causes", "tallies", "turned-away", "poll-tallies",
    "audience",
))  # fmt: skip
"""Parts whose values are whole numbers, which scripts add to."""
MARKS = ("plan", ":version")
"""Fields beside values of some kind, which say how often those were changed."""

# By their names in EventKeys; tests hold that each is somewhere.
CARRIED = frozenset(part.name.replace("-", "_") for part in PARTS if not part.each) | {
    "event", "posts", "post", "poll", "question_votes",
}  # fmt: skip
REBUILT = frozenset((
    "status", "author", "card", "replies", "quotes", "head", "gathered", "gathered_of", "ledger",
    "moods", "unhappy", "unhappiest", "moods_said",
))  # fmt: skip
"""Made anew from what is carried; feeds begin anew, under another epoch."""
NEVER = frozenset((
    # secrets, and what would let somebody in
    "secret", "screens", "codes", "browsers", "own_links", "back_channel_secret", "api_keys", "api_keys_seen",
    "webhooks", "webhook_progress", "webhook_attempts", "event_reports",
    # private threads, and who is of a circle
    "back_channels", "back_channel_reports", "back_channel_asks", "back_channel_barred", "back_channel",
    "back_channels_of", "back_channel_blocks", "pushes", "members", "circles", "passing", "proposals", "looked",
    # who takes part, and what each did
    "participant", "sent", "met", "newcomers", "newcomers_from", "reactions", "reacted", "question_voters",
    # who left, by marks that say nothing without a secret
    "left", "dropped",
    # what is only of the moment
    "feed", "due", "directions", "showings", "desks", "holds", "turns", "team", "revoked", "duplicates", "reading",
    "reader", "preview", "untold", "followers", "followers_until", "decision", "recent", "source", "pace", "clue",
    "delivery", "importing", "imported", "erasure", "retaining",
))  # fmt: skip


def line(part: Part, row: Row) -> bytes:
    """Return a row as the file has it: a list, as short as it can be; a value of our own kinds as itself."""
    id, name, text = row
    shown: list[Any] = [id] if part.each else []
    if part.kind != "string":
        shown.append(name)
    if part.kind != "list":
        shown.append(msgspec.Raw(text.encode()) if typed(part, name) or part.kind == "zset" else text)
    return msgspec.json.encode(shown)


def parsed(part: Part, data: bytes) -> Row:
    """Return the row of a line; raises ValueError for one that the wall could not have written."""
    shown = msgspec.json.decode(data, type=list[msgspec.Raw])
    if len(shown) != (1 if part.kind in ("string", "list") else 2) + (part.each != ""):
        raise ValueError("a row of another length")
    id = msgspec.json.decode(shown.pop(0), type=str) if part.each else ""
    name = msgspec.json.decode(shown.pop(0), type=str) if part.kind != "string" else ""
    if part.kind == "list":
        return id, name, ""
    if kind := kind_of(part, name):
        kept = decode(kind, bytes(shown[0]))
        if isinstance(kept, Brand):
            check_colours(kept.colours)
            own_css(kept.css)
        if isinstance(kept, Question) and leads_elsewhere(kept.link):
            raise ValueError("an address is none that a page may lead to")
        return id, name, bytes(shown[0]).decode()
    if part.kind == "zset":
        return id, name, str(msgspec.json.decode(shown[0], type=int | float))
    text = msgspec.json.decode(shown[0], type=str)
    if part.name in COUNTED:
        int(text)
    return id, name, text


def typed(part: Part, name: str) -> bool:
    return kind_of(part, name) is not None


def kind_of(part: Part, name: str) -> Any:
    """Return what a value is of, None for words and numbers."""
    return FIELDS.get((part.name, name)) or (None if name in MARKS else part.value)


def commands(keys: EventKeys, part: Part, row: Row) -> Sequence[Command]:
    """Return what writes a row."""
    id, name, value = row
    key = part.key(keys, id)
    if part.kind == "string":
        return [("SET", key, value)]
    if part.kind == "zset":
        return [("ZADD", key, value, name)]
    if part.kind == "list":
        return [("RPUSH", key, name)]
    if part.kind == "stream":
        return [("XADD", key, f"{int(name)}-0", "entry", value)]
    if part.name == "blog" and (quoted := decode(Written, value.encode()).quoted):
        return [("HSET", key, name, value), ("SADD", keys.quotes(quoted), name)]
    return [("HSET", key, name, value)]
