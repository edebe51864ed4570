from datetime import timedelta

import pytest

from tests.cast import NOW
from wall.core.tickets import StreamTicket, check_ticket, make_stream_ticket, make_ticket, read_stream_ticket

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


STREAM = StreamTicket("pycon", "html", "0123456789abcdef0123456789abcdef")


def test_a_stream_ticket_is_good_for_nine_minutes_and_for_no_more_than_ten():
    words = make_stream_ticket(SECRET, STREAM, now=NOW)

    assert read_stream_ticket(SECRET, "pycon", words, now=NOW + timedelta(minutes=9)) == STREAM
    assert read_stream_ticket(SECRET, "pycon", words, now=NOW + timedelta(minutes=10, seconds=1)) is None


def test_what_a_stream_ticket_says_cannot_be_changed():
    ends, view, screen, mac = make_stream_ticket(SECRET, STREAM, now=NOW).split(".")

    assert read_stream_ticket(SECRET, "djangocon", f"{ends}.{view}.{screen}.{mac}", now=NOW) is None
    assert read_stream_ticket(SECRET, "pycon", f"{ends}.json.{screen}.{mac}", now=NOW) is None
    assert read_stream_ticket(SECRET, "pycon", f"{ends}.{view}..{mac}", now=NOW) is None
    assert read_stream_ticket(SECRET, "pycon", f"9{ends}.{view}.{screen}.{mac}", now=NOW) is None
    assert read_stream_ticket(b"1" * 32, "pycon", f"{ends}.{view}.{screen}.{mac}", now=NOW) is None


@pytest.mark.parametrize("words", ["", "x", "....", "1.html..é", "١.html..0", "9" * 5000])
def test_a_made_up_stream_ticket_is_none(words):
    assert read_stream_ticket(SECRET, "pycon", words, now=NOW) is None
