from datetime import timedelta

import pytest

from tests.cast import NOW
from tests.ledgers import BEGAN, HOUR, Said, a_ledger
from wall.core.ledger import EVERYTHING, Scope
from wall.core.programme import Session
from wall.core.scope_talk import scope_talk
from wall.core.trends import Uttered

KEYNOTE = Session(id="keynote", title="Keynote", starts=NOW)


@pytest.fixture
def said():
    """Forty people an hour each ten; those of the first hour, in the keynote, speak of tensors."""
    return [
        Said(
            by=f"p{number}",
            id=f"id{number}",
            at=number // 10 * HOUR + number,
            session="keynote" if number < 10 else "",
            ties=(("during", "keynote"),) if number < 10 else (),
        )
        for number in range(40)
    ]


@pytest.fixture
def uttered(said):
    return {
        one.id: Uttered(
            NOW + timedelta(seconds=one.at + 60),
            one.by,
            f"text {one.id}",
            {"tensor": "Tensor"} if one.at < HOUR else {},
        )
        for one in said
    }


def found(said, uttered, scope, **options):
    return scope_talk(a_ledger(*said), scope, uttered, [KEYNOTE], **{"allows": lambda _phrase: True, **options})


def test_of_a_whole_event_each_session_says_what_it_talked_about(said, uttered):
    talk = found(said, uttered, EVERYTHING)

    ((session, (trend,)),) = talk.sessions
    assert (session, trend.written, trend.people, talk.heard) == ("keynote", "Tensor", 10, 40)
    assert talk.phrases == ()


def test_a_scope_says_what_is_said_in_it_and_not_elsewhere(said, uttered):
    (trend,) = found(said, uttered, Scope(ends=BEGAN + HOUR)).phrases

    assert (trend.people, trend.before) == (10, 0)
    assert list(found(said, uttered, Scope(begins=BEGAN + HOUR)).phrases) == []


def test_of_what_was_shown_later_nothing_was_said_yet(said, uttered):
    assert found(said, uttered, Scope(ends=BEGAN + HOUR), moment=BEGAN).heard == 0


def test_what_may_not_be_said_is_not(said, uttered):
    assert list(found(said, uttered, Scope(ends=BEGAN + HOUR), allows=lambda _phrase: False).phrases) == []


def test_where_nobody_was_heard_nothing_stands_out(said):
    assert list(found(said, {}, Scope(ends=BEGAN + HOUR)).phrases) == []
