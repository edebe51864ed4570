from datetime import date

import pytest

from wall.rehearsal.programme import ROOM, dates, programme
from wall.rehearsal.script import remarks, scenes

FIRST_DAY = date(2026, 11, 12)


def test_every_session_has_its_scene():
    assert {session.id for session in programme()} == set(scenes())


def test_sessions_come_in_order_and_end_after_they_begin():
    sessions = programme()

    assert [session.start for session in sessions] == sorted(session.start for session in sessions)
    assert all(session.end > session.start for session in sessions)


def test_every_talk_has_a_speaker_and_a_room():
    talks = [session for session in programme() if session.kind == "talk"]

    assert len(talks) >= 20
    assert all(session.speaker and session.room in ROOM["rooms"] for session in talks)


def test_nobody_speaks_in_a_room_that_is_taken():
    talks = [session for session in programme() if session.kind == "talk"]
    clashes = [
        (one.id, other.id)
        for one in talks
        for other in talks
        if one is not other and one.room == other.room and one.start <= other.start < one.end
    ]

    assert clashes == []


def test_times_follow_the_first_day_and_the_zone():
    keynote = next(session for session in programme() if session.id == "water")

    assert keynote.starts_at(FIRST_DAY).isoformat() == "2026-11-13T09:00:00+00:00"
    assert keynote.ends_at(FIRST_DAY).isoformat() == "2026-11-13T09:50:00+00:00"
    assert dates(FIRST_DAY) == (FIRST_DAY, date(2026, 11, 13))


def test_nothing_is_said_after_the_talk_is_over():
    minutes = {session.id: (session.end - session.start) // 60 for session in programme()}
    late = [(id, one.minute) for id, scene in scenes().items() for one in scene.said if one.minute >= minutes[id]]

    assert late == []


def test_answers_stand_inside_what_they_answer():
    found = remarks(
        iter(["3 mira: Where is the {de} tram?", "> Here.", ">> Thank you.", "> There.", "= Over there."])
    )

    assert found[0].author == "mira"
    assert found[0].minute == 3
    assert found[0].language == "de"
    assert [answer.text for answer in found[0].answers] == ["Here.", "There."]
    assert found[0].answers[0].answers[0].text == "Thank you."
    assert found[0].answers[1].edit == "Over there."


def test_a_picture_is_taken_out_of_the_words():
    found = remarks(iter([". {pic:stage|A lit stage} Look {cw:bright lights}", "x"]))

    assert found[0].text == "Look"
    assert found[0].pictures == [("stage", "A lit stage")]
    assert found[0].warning == "bright lights"
    assert found[0].deleted


@pytest.mark.parametrize("line", ["~ without a minute || noted", "~9 without a note"])
def test_a_line_of_the_stage_that_cannot_be_read_is_named(line, monkeypatch):
    monkeypatch.setattr("wall.rehearsal.script.lines", lambda name: iter(["== pipes", line]))

    with pytest.raises(ValueError, match="Not a line of the stage"):
        scenes()
