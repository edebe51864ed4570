"""A question as audiences are told it: nothing that only moderators may know, and nobody's vote."""

from typing import Any

from wall.core.event import Event
from wall.core.programme import Session
from wall.core.question import QuestionState
from wall.core.words import _
from wall.web.programme_view import times
from wall.web.question_board import Row
from wall.web.views import post_json, post_view, timestamp

STATES: dict[QuestionState, str] = {"open": "", "answering": _("Now answering"), "answered": _("Answered")}


def row_view(event: Event, row: Row, *, voted: bool) -> dict[str, Any]:
    """Return what templates/live/_question.html wants."""
    question = row.question
    return {
        "id": row.id,
        "post": post_view(event.slug, row.standing),
        "votes": row.tally.votes,
        "voted": voted,
        "state": question.state,
        "state_words": STATES[question.state],
        "session": question.session,
        "remote": question.place == "remote",
        "same": len(row.same),
        "newest": row.newest,
        "votable": question.state != "answered" and not row.closed,
        "note": question.note,
        "link": question.link,
    }


def question_json(event: Event, row: Row) -> dict[str, Any]:
    """Return a question as programs know it: its post, and what makes that a question."""
    question = row.question
    return {
        "id": row.id,
        "votes": row.tally.votes,
        "state": question.state,
        "session": question.session or None,
        "asked_at": timestamp(question.at),
        "remote": question.place == "remote",
        "same": [one.post.id for one in row.same],
        "note": question.note or None,
        "link": question.link or None,
        "answered_at": timestamp(question.changed_at)
        if question.state == "answered" and question.changed_at
        else None,
        "post": post_json(event.slug, row.standing),
    }


def session_words(session: Session, event: Event) -> str:
    """Return a session as people choose it: “Grüne Dächer (14:00–14:45)”."""
    return _("%(session)s (%(times)s)", session=session.title, times=times(session, event.timezone))
