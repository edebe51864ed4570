from datetime import timedelta

from tests.cast import NOW
from wall.core.letter import GIVEN_UP, in_charge, letter
from wall.core.mailbox import Mailbox
from wall.core.people import Person

ANA = Person(id="p1", name="Ana", roles={"pycon": "organiser"}, mailbox=Mailbox(address="ana@example.org"))


def test_the_same_thing_told_is_the_same_letter():
    first = letter(ANA, "retention", now=NOW, slug="pycon", about="2026-06-14")
    again = letter(ANA, "retention", now=NOW + timedelta(days=1), slug="pycon", about="2026-06-14")
    other = letter(ANA, "retention", now=NOW, slug="pycon", about="2026-06-15")

    assert first.id == again.id != other.id
    assert "ana@example.org" not in first.id


def test_who_gave_no_address_is_written_nothing():
    assert letter(Person(id="p2", name="Ben"), "browser", now=NOW) is None


def test_a_letter_is_tried_less_and_less_often_and_given_up_after_a_week():
    waiting, now, pauses = letter(ANA, "browser", now=NOW), NOW, []
    while (later := waiting.later(now)) is not None:
        assert not later.due(now)
        pauses.append(later.next_at - now)
        waiting, now = later, later.next_at

    assert pauses[:3] == [timedelta(minutes=1), timedelta(minutes=2), timedelta(minutes=4)]
    assert max(pauses) == timedelta(hours=1)
    assert GIVEN_UP <= now - NOW < GIVEN_UP + timedelta(hours=2)


def test_those_are_in_charge_who_organise_it_or_own_all():
    owner = Person(id="p3", name="Olga", owner=True, mailbox=Mailbox(address="o@example.org"))
    moderator = Person(id="p4", name="Mia", roles={"pycon": "moderator"}, mailbox=Mailbox(address="m@example.org"))
    silent = Person(id="p5", name="Sil", owner=True)

    assert in_charge([ANA, owner, moderator, silent], "pycon") == [ANA, owner]
