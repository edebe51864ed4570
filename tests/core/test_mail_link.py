import pytest

from wall.core.mail_link import LINK_SECONDS, make_link, parse_address, read_link, same_mailbox

KEY, NOW, SECRET = b"k" * 32, 1_780_000_000.0, "a1" * 20


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        (" Ana@Example.ORG ", "Ana@example.org"),
        ("ana+wall@mail.example.org", "ana+wall@mail.example.org"),
        ("anä@exämple.org", "anä@exämple.org"),
        ("ana", None),
        ("ana@localhost", None),
        ("ana@example.org, bob@example.org", None),
        ("ana@example.org\nBcc: bob@example.org", None),
        ("<ana@example.org>", None),
        ("ana@@example.org", None),
        ("a" * 300 + "@example.org", None),
        ("ana@example.org\u202e", None),
        ("\udcff@example.org", None),
    ],
)
def test_an_address_is_one_mailbox_and_nothing_else(typed, address):
    assert parse_address(typed) == address


def test_one_mailbox_is_one_participant_however_it_is_written():
    assert same_mailbox("Ana+wall@example.org") == same_mailbox("ana@EXAMPLE.org")
    assert same_mailbox("+x@example.org") != same_mailbox("+y@example.org")


def test_a_link_says_whom_it_makes_for_half_an_hour():
    link = make_link(KEY, "demo", SECRET, drawn="0a1b2c3d", now=NOW)

    assert read_link(KEY, "demo", link, now=NOW + LINK_SECONDS) == SECRET
    assert read_link(KEY, "demo", link, now=NOW + LINK_SECONDS + 1) is None
    assert read_link(KEY, "other", link, now=NOW) is None
    assert read_link(b"other", "demo", link, now=NOW) is None


@pytest.mark.parametrize("link", ["", "x", "..", f"{SECRET}.9999999999.0a1b2c3d.{'0' * 32}", "ü" * 100])
def test_a_link_that_was_made_up_makes_nobody(link):
    assert read_link(KEY, "demo", link, now=NOW) is None
