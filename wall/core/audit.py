"""The audit log of an event: who did what to it, when and why. It names posts and authors never by their words."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date, datetime
from typing import Literal
from zoneinfo import ZoneInfo

from wall.core.annotation import Annotation
from wall.core.decision import Decision
from wall.core.event import Event
from wall.core.matching import Terms
from wall.core.moderation import Standing, Status
from wall.core.participation import Participation
from wall.core.rules import Rule
from wall.core.words import _

EntryKind = Literal[
    "approve", "reject", "remove", "pin", "unpin", "stash", "part", "join", "undo", "noted", "described",
    "brought", "written", "rewritten", "answered", "answered there", "announced", "announcement ended",
    "story", "story published", "story withdrawn",
    "trust", "distrust", "mode", "participation", "settings", "rules", "programme",
    "source added", "source changed", "source deleted",
    "screen opened", "screen arranged", "screen revoked", "scenes", "directed", "overlay", "stage",
    "person invited", "person joined", "role taken", "signed out",
    "poll", "chat", "case",
    "question", "questions opened", "questions closed",
    "circle", "proposed", "circle decided", "member came", "member went", "member link", "passed on",
    "draw", "wait", "resume", "restrict", "lift", "left out", "not left out",
    "report answered", "barred", "let back",
    "webhook", "key", "erasure", "data of somebody",
]  # fmt: skip

GROUPS: dict[str, tuple[EntryKind, ...]] = {
    "Decisions": ("approve", "reject", "remove", "pin", "unpin", "stash", "part", "join", "undo"),
    "Notes and descriptions": ("noted", "described"),
    "Questions": ("question", "questions opened", "questions closed"),
    "Authors": ("trust", "distrust", "restrict", "lift", "left out", "not left out", "report answered", "case",
        "barred", "let back", "data of somebody",
    ),
    "By hand": (
        "brought", "written", "rewritten", "answered", "answered there", "announced", "announcement ended",
        "story", "story published", "story withdrawn",
    ),
    "The wall": ("mode", "participation", "settings", "rules", "programme", "poll", "chat", "draw", "wait", "resume",
        "erasure",
    ),
    "Sources": ("source added", "source changed", "source deleted"),
    "Screens": ("screen opened", "screen arranged", "screen revoked", "scenes", "directed", "overlay", "stage"),
    "The circle": ("circle", "proposed", "circle decided", "member came", "member went", "member link", "passed on"),
    "Programs": ("webhook", "key"),
    "People": ("person invited", "person joined", "role taken", "signed out"),
}  # fmt: skip
GROUP_NAMES = {
    "Decisions": _("Decisions"),
    "Notes and descriptions": _("Notes and descriptions"),
    "Questions": _("Questions"),
    "Authors": _("Authors"),
    "By hand": _("By hand"),
    "The wall": _("The wall"),
    "Sources": _("Sources"),
    "Screens": _("Screens"),
    "The circle": _("The circle"),
    "Programs": _("Programs"),
    "People": _("People"),
}
WORDS: dict[EntryKind, str] = {
    "approve": _("Approved"), "reject": _("Rejected"), "remove": _("Removed"), "pin": _("Pinned"),
    "unpin": _("Unpinned"), "stash": _("Stashed"), "part": _("Took a post out of its card"),
    "join": _("Put a post into a card"), "undo": _("Took a decision back"), "noted": _("Wrote a note"),
    "described": _("Described a picture"), "brought": _("Brought a post in by its address"),
    "written": _("Wrote in the wall's name"), "rewritten": _("Changed an entry of the wall's"),
    "question": _("Changed a question"), "questions opened": _("Opened questions"),
    "questions closed": _("Closed questions"), "answered": _("Answered a post in the wall's name"),
    "answered there": _("Answered at the post's own network"), "announced": _("Announced"),
    "announcement ended": _("Ended an announcement"), "story": _("Changed a story"),
    "story published": _("Published a story"), "story withdrawn": _("Took a story down"),
    "trust": _("Trusted the author"), "distrust": _("Ended the trust"), "restrict": _("Restricted the author"),
    "lift": _("Lifted the restriction"), "mode": _("Changed where posts go"),
    "participation": _("Changed how people take part"), "settings": _("Changed settings"),
    "rules": _("Changed the rules"), "programme": _("Changed the programme"), "poll": _("Polls"),
    "chat": _("Changed the chat"),
    "draw": _("Drew the curtain"), "wait": _("Made everything wait"), "resume": _("Let posts through again"),
    "source added": _("Added a source"), "source changed": _("Changed a source"),
    "source deleted": _("Deleted a source"), "screen opened": _("Opened a screen"),
    "screen arranged": _("Arranged a screen"), "screen revoked": _("Took a screen back"),
    "scenes": _("Changed the scenes"), "directed": _("Told a screen"), "overlay": _("Changed the overlay"),
    "stage": _("Told the stage"), "person invited": _("Invited"), "person joined": _("Joined"),
    "role taken": _("Took a role away"), "circle": _("Changed who may see the event"),
    "proposed": _("Proposed to the circle"), "circle decided": _("The circle decided"),
    "member came": _("Came into the circle"), "member went": _("Went from the circle"),
    "member link": _("Let a member in on another browser"), "signed out": _("Signed out"),
    "left out": _("Left an author out, as asked"), "not left out": _("Declined to leave an author out"),
    "report answered": _("Dealt with a report of a private thread"), "case": _("Dealt with who wants an answer"),
    "passed on": _("Asked whether a post may be passed on"), "barred": _("Barred somebody from private threads"),
    "let back": _("Let somebody back into private threads"), "webhook": _("Changed a webhook"),
    "key": _("Changed a key"), "erasure": _("Erasing the event"),
    "data of somebody": _("Took away what is kept of somebody"),
}  # fmt: skip
UNTOLD = ("version", "keys", "polls", "retention")
NAMED = ("answer",)
"""What is said to have changed, and never what it is."""
CALLED = {
    "aliases": "other spellings",
    "every": "hashtags that posts must also have",
    "none": "hashtags of posts that are left out",
    "since": "posts from",
    "until": "posts until",
    "run_on": "hashtags that run on",
    "who": "who may take part",
    "lock_words": "words while locked",
    "check": "check of newcomers",
    "question": "question for newcomers",
    "answer": "answer to that question",
    "listens": "how posts sound",
    "tongues": "languages of posts",
    "mastodon_api": "walls of others",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One act of the staff. `number` is its place in the log, without gaps, 0 before it is written.

    `post` is the id of a post, and `about` what else was acted on, in words of the staff's own: a screen's name, a
    setting, a person. `reason` is why, where somebody said so.
    """

    kind: EntryKind
    by: str
    by_name: str
    at: datetime
    post: str | None = None
    about: str = ""
    reason: str | None = None
    number: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """Which entries are wanted: of one person, of some kinds, of one day by the clocks of the event."""

    by: str = ""
    kinds: tuple[EntryKind, ...] = ()
    day: date | None = None
    timezone: str = "UTC"

    def admits(self, entry: Entry) -> bool:
        if self.by and entry.by != self.by:
            return False
        if self.kinds and entry.kind not in self.kinds:
            return False
        return self.day is None or entry.at.astimezone(ZoneInfo(self.timezone)).date() == self.day


def decision_entry(before: Standing, decision: Decision, now: datetime) -> Entry:
    """Return the entry of a decision: which post, and how it stood if it did not just wait."""
    return Entry(
        kind=decision.kind,
        by=decision.by,
        by_name=decision.by_name,
        at=now,
        post=decision.post_id,
        about="" if before.status is Status.WAITING else f"It was {before.status}.",
        reason=decision.reason,
    )


def annotation_entry(act: Annotation, now: datetime) -> Entry:
    """Return the entry of what the team wrote on a post; the words themselves stay with the post."""
    return Entry(
        kind=act.kind,
        by=act.by,
        by_name=act.by_name,
        at=now,
        post=act.post_id,
        about="" if act.text.strip() else "It was taken away.",
    )


def changes(before: Event, after: Event) -> Iterator[str]:
    """Yield, in words, which settings of an event changed; what was long is not repeated."""
    yield from differences(before, after)


def differences(before: Event | Terms | Participation, after: Event | Terms | Participation) -> Iterator[str]:
    for field in fields(before):
        old, new = getattr(before, field.name), getattr(after, field.name)
        if old == new or field.name in UNTOLD:
            continue
        if isinstance(old, (Terms, Participation)):
            yield from differences(old, new)
            continue
        name = CALLED.get(field.name, field.name.replace("_", " "))
        shown = field.name not in NAMED and short(old) and short(new)
        yield f"{name}: {told(old)} → {told(new)}" if shown else name


def rule_changes(before: Sequence[Rule], after: Sequence[Rule]) -> Iterator[str]:
    """Yield, in words, what became of the rules of an event; not what they look for, which may be names."""
    old, new = {rule.id: rule for rule in before}, {rule.id: rule for rule in after}
    yield from (f"added “{called(rule)}”" for id, rule in new.items() if id not in old)
    yield from (f"deleted “{called(rule)}”" for id, rule in old.items() if id not in new)
    for id, rule in new.items():
        was = old.get(id, rule)
        if was.on != rule.on:
            yield f"turned “{called(rule)}” {'on' if rule.on else 'off'}"
        elif (was.effect, was.name) != (rule.effect, rule.name):
            yield f"“{called(was)}”: {was.effect} → “{called(rule)}”: {rule.effect}"
        elif replace(was, changed_at=None, by=None, by_name=None) != replace(
            rule, changed_at=None, by=None, by_name=None
        ):
            yield f"changed “{called(rule)}”"
    if [id for id in old if id in new] != [id for id in new if id in old]:
        yield "changed their order"


def called(rule: Rule) -> str:
    return rule.name or rule.kind


def short(value: object) -> bool:
    return len(told(value)) <= 80


def told(value: object) -> str:
    if isinstance(value, tuple):
        return ", ".join(map(str, value)) or "none"
    return str(value) if value not in (None, "") else "none"
