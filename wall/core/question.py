"""A question: a post that the room asks, and what becomes of it. Its words, author and standing are the post's."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal, get_args
from urllib.parse import urlsplit

from wall.core.participant import Place
from wall.core.text import clean
from wall.core.words import _
from wall.errors import InvalidInput, NotFound

Asking = Literal["off", "moderated", "open"]
ASKINGS: tuple[Asking, ...] = get_args(Asking)
QuestionState = Literal["open", "answering", "answered"]

KIND = "question"
"""The kind of source of what was asked as a question here."""
LONGEST_NOTE = 400  # graphemes
LONGEST_LINK = 500
NO_QUESTION = _("There is no such question any more.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What makes a post a question. `session` is of the programme's, empty for the whole event; `at` is since when.

    `place` is where its author said they were, `promoted_by` the moderator who made a question of a post. `by_name`
    and `changed_at` are of its state; `note` and `link` come with an answer. One that is `merged` into another counts
    there.
    """

    post_id: str
    at: datetime
    session: str = ""
    place: Place = ""
    promoted_by: str = ""
    state: QuestionState = "open"
    note: str = ""
    link: str = ""
    by_name: str = ""
    changed_at: datetime | None = None
    merged: str = ""


Questions = Mapping[str, Question]
"""All questions of an event, by the id of their post."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hand:
    """Which moderator does something to a question, and when."""

    by_name: str
    at: datetime

    def put(self, question: Question, state: QuestionState, *, note: str = "", link: str = "") -> Question:
        return replace(
            question, state=state, note=note, link=link, by_name=self.by_name, changed_at=self.at, merged=""
        )


# What moderators do: each returns the questions that are other ones then, and raises NotFound


def take_up(questions: Questions, id: str, hand: Hand) -> list[Question]:
    """Have a question be the one that is being answered; what was being answered in its session is answered by that."""
    question = one_of(questions, id)
    if question.state == "answering":
        return []
    return [*finish(questions, question.session, hand), hand.put(question, "answering")]


def finish(questions: Questions, session: str, hand: Hand) -> list[Question]:
    """Have what is being answered in a session be answered."""
    return [
        hand.put(one, "answered", note=one.note, link=one.link)
        for one in questions.values()
        if one.state == "answering" and one.session == session and not one.merged
    ]


def answer(questions: Questions, id: str, hand: Hand, *, note: str = "", link: str = "") -> list[Question]:
    """Have a question be answered, with a note on the answer or a link to it if there is one."""
    return [hand.put(one_of(questions, id), "answered", note=parse_note(note), link=parse_link(link))]


def reopen(questions: Questions, id: str, hand: Hand) -> list[Question]:
    """Have a question be asked again, whatever became of it."""
    question = one_of(questions, id)
    return [] if question.state == "open" else [hand.put(question, "open")]


def merge(questions: Questions, id: str, into: str, hand: Hand) -> list[Question]:
    """Merge a question, and those that were merged into it, into another one; raises InvalidInput."""
    question, lead = one_of(questions, id), one_of(questions, into)
    lead = questions.get(lead.merged, lead)
    if lead.post_id == question.post_id:
        raise InvalidInput(_("These are one question already."), field="into")
    along = [one for one in questions.values() if one.merged == id]
    return [
        replace(one, merged=lead.post_id, by_name=hand.by_name, changed_at=hand.at, state="open")
        for one in [question, *along]
        if one.merged != lead.post_id
    ]


def part(questions: Questions, id: str, hand: Hand) -> list[Question]:
    """Take a question out of the one that it was merged into; it has the votes that were given to it alone."""
    question = one_of(questions, id)
    return [hand.put(question, "open")] if question.merged else []


def move(questions: Questions, id: str, session: str) -> list[Question]:
    """Have a question be one of another session."""
    question = one_of(questions, id)
    return [] if question.session == session else [replace(question, session=session)]


def one_of(questions: Questions, id: str) -> Question:
    if id not in questions:
        raise NotFound(NO_QUESTION)
    return questions[id]


# What counts together


def lead_of(questions: Questions, id: str, visible: Iterable[str]) -> str:
    """Return the question that a vote for one counts for: what it was merged into, while that is on the wall."""
    lead = one_of(questions, id).merged
    return lead if lead and lead in questions and lead in visible else id


def groups(questions: Questions, visible: Iterable[str]) -> dict[str, list[str]]:
    """Return the questions on the wall that stand for themselves, each with those that were merged into it."""
    shown = set(visible)
    found: dict[str, list[str]] = {}
    for id in questions:
        if id in shown:
            lead = lead_of(questions, id, shown)
            found.setdefault(lead, [])
            if lead != id:
                found[lead].append(id)
    return found


# What moderators write


def parse_note(text: str) -> str:
    return clean(text[: 20 * LONGEST_NOTE], limit=LONGEST_NOTE)


def parse_link(text: str) -> str:
    """Return the address of an answer; raises InvalidInput."""
    link = text.strip()
    if not link:
        return ""
    try:
        parts = urlsplit(link)
        whole = parts.scheme in ("http", "https") and bool(parts.hostname)
    except ValueError:
        whole = False
    if not whole or len(link) > LONGEST_LINK or not link.isprintable() or " " in link:
        raise InvalidInput(_("A link begins with https:// and leads to one page."), field="link")
    return link
