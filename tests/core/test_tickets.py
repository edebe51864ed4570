from datetime import timedelta

import pytest

from tests.cast import NOW
from wall.core.tickets import check_ticket, make_ticket

SECRET = b"0" * 32


def test_a_ticket_shown_on_a_screen_lets_a_phone_in_for_a_quarter_of_an_hour():
    ticket = make_ticket(SECRET, "pycon", now=NOW)

    assert check_ticket(SECRET, "pycon", ticket, now=NOW)
    assert check_ticket(SECRET, "pycon", ticket, now=NOW + timedelta(minutes=15))
    assert not check_ticket(SECRET, "pycon", ticket, now=NOW + timedelta(minutes=21))


@pytest.mark.parametrize("ticket", ["", "x", "ünicode", "0" * 20])
def test_a_made_up_ticket_lets_nobody_in(ticket):
    assert not check_ticket(SECRET, "pycon", ticket, now=NOW)


def test_a_ticket_of_one_event_is_none_of_another():
    ticket = make_ticket(SECRET, "pycon", now=NOW)

    assert not check_ticket(SECRET, "djangocon", ticket, now=NOW)
