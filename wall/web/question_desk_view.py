"""Questions as the desk sees them: what is odd about their votes, and which may ask the same."""

from collections.abc import Sequence
from typing import Any

from wall.core import duplicates
from wall.core.event import Event
from wall.core.moderation import Status
from wall.core.stuffing import suspicions
from wall.web.question_board import Board, Row
from wall.web.question_view import STATES, row_view
from wall.web.state import State

SHOWN = 200
COMPARED = 100
"""Questions that are compared with one another, those of the highest rank."""
ALIKE = 0.4
"""Share of common pieces from which on two questions may ask the same; a person says whether they do."""
WORDS_SHOWN = 90


async def rows_view(services: State, event: Event, board: Board) -> list[dict[str, Any]]:
    """Return the questions as the desk shows them: with what is odd about their votes, and which may ask the same."""
    rows = board.rows[:SHOWN]
    odd = suspicions(await services["store"].questions.votes(event.slug, [one.id for one in rows]))
    kin = alike(rows[:COMPARED])
    return [
        {
            **row_view(event, one, voted=False),
            "exposed": one.tally.exposed,
            "odd": odd.get(one.id, []),
            "alike": [brief(other) for other in kin.get(one.id, [])],
            "others": [brief(other) for other in rows if other.id != one.id and other not in kin.get(one.id, [])],
            "merged": [{"id": same.post.id, "words": words_of(same.post.text)} for same in one.same],
            "promoted_by": one.question.promoted_by,
            "by_name": one.question.by_name,
            "state_words": STATES[one.question.state],
        }
        for one in rows
    ]


def alike(rows: Sequence[Row]) -> dict[str, list[Row]]:
    """Return, for each question, those of a lower rank that nearly say what it says; what is answered is left alone."""
    sketches = [(one, duplicates.sketch(one.standing.post)) for one in rows if one.question.state != "answered"]
    return {
        one.id: [other for other, theirs in sketches[place + 1 :] if duplicates.resemblance(mine, theirs) >= ALIKE]
        for place, (one, mine) in enumerate(sketches)
    }


async def waiting_count(services: State, event: Event) -> int:
    """Return how many questions wait for a moderator."""
    questions = await services["store"].questions.all(event.slug)
    found = await services["store"].posts.get_all(event.slug, list(questions))
    return sum(1 for one in found if one and one.status is Status.WAITING)


def brief(row: Row) -> dict[str, str]:
    return {"id": row.id, "words": words_of(row.standing.post.text)}


def words_of(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= WORDS_SHOWN else words[: WORDS_SHOWN - 1] + "…"
