from datetime import date, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from tests.cast import NOW
from wall.core.programme import Programme, Session
from wall.core.transcript.plan import Plan, Row, Section, Timetable, by_question, by_time

BERLIN = ZoneInfo("Europe/Berlin")


def session(id, begins, ends, room=""):
    return Session(id=id, title=id, starts=at(begins), ends=at(ends), room=room)


def at(minute):
    return NOW + timedelta(minutes=minute)


def row(id, minute, answers=None):
    return Row(at(minute), id, answers)


def timetable(*sessions):
    return Timetable(Programme().with_sessions(sessions))


def test_a_section_begins_whenever_something_else_runs():
    found = by_time(
        [row("d", 70), row("a", 0), row("b", 31), row("c", 50)],
        timetable(session("talk", 30, 60, "Hall 1"), session("walk", 45, 60, "Garden")),
        BERLIN,
    )

    assert [[one.id for one in section.sessions] for section in found] == [[], ["talk"], ["talk", "walk"], []]
    assert ["".join(one.id for one in section.rows) for section in found] == list("abcd")


def test_a_day_begins_at_midnight_by_the_clocks_of_the_event():
    found = by_time([row("a", 0), row("b", 12 * 60 + 29), row("c", 12 * 60 + 30)], timetable(), BERLIN)

    assert [(section.day, section.opens_day, len(section.rows)) for section in found] == [
        (date(2026, 6, 12), True, 2),
        (date(2026, 6, 13), True, 1),
    ]


def test_an_answer_stands_below_what_it_answers_where_both_are_in_a_section():
    rows = (row("a", 0), row("b", 1), row("c", 2, "a"), row("d", 3, "c"), row("e", 4, "a"), row("f", 5, "gone"))

    assert "".join(one.id for one in Section(number=1, day=NOW.date(), rows=rows).threads()) == "acdebf"


def test_what_was_written_before_what_it_answers_stands_at_its_own_time():
    rows = (row("a", 0, "b"), row("b", 1, "a"))

    assert "".join(one.id for one in Section(number=1, day=NOW.date(), rows=rows).threads()) == "ab"


def test_a_thread_of_any_length_is_read():
    rows = tuple(row(str(number), number, str(number - 1)) for number in range(5_000))

    assert len(list(Section(number=1, day=NOW.date(), rows=rows).threads())) == 5_000


@given(st.lists(st.integers(-1, 30), max_size=30))
def test_every_post_stands_somewhere_and_once(answers):
    rows = tuple(row(str(number), number, str(answered)) for number, answered in enumerate(answers))

    found = [one.id for one in Section(number=1, day=NOW.date(), rows=rows).threads()]

    assert sorted(found) == sorted(one.id for one in rows)


def test_what_names_a_room_is_of_the_session_there():
    found = timetable(session("talk", 0, 30, "Hall 1"), session("walk", 0, 30, "Garden"))

    assert [one.id for one in found.of(at(10), set())] == ["walk", "talk"]
    assert [one.id for one in found.of(at(10), {"hall1"})] == ["talk"]
    assert [one.id for one in found.of(at(40), {"hall1"})] == ["talk"]
    assert found.of(at(40), set()) == []


def test_questions_that_nobody_answered_have_no_section():
    found = by_question([(1, "Why?", [row("a", 0)]), (2, "How?", []), (0, "", [row("b", 1)])], BERLIN)

    assert [(one.number, one.question, one.text) for one in found] == [(1, 1, "Why?"), (2, 0, "")]


def test_a_plan_knows_its_posts_and_when_they_were_written():
    plan = Plan(sections=by_time([row("b", 5), row("a", 0)], timetable(), BERLIN))

    assert (plan.posts, plan.first, plan.last, plan.numbers()) == (2, at(0), at(5), {"a": 1, "b": 2})
    assert (Plan().posts, Plan().first, Plan().last) == (0, None, None)
