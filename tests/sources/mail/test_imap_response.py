import pytest
from hypothesis import given
from hypothesis import strategies as st

from wall.sources.mail.imap_response import Refused, Response, fetched, quoted, said, uids


def test_what_is_quoted_stays_one_word():
    assert quoted('open "sesame\\"') == b'"open \\"sesame\\\\\\""'


def test_numbers_are_read_of_fetches_only():
    said = [Response(b"2 FETCH (UID 9)"), Response(b"1 FETCH (FLAGS () UID 4)"), Response(b"OK UID 7 ")]

    assert uids(said) == [4, 9]


@pytest.mark.parametrize(
    ("response", "body"),
    [
        (Response(b'1 FETCH (UID 4 INTERNALDATE "22-Nov-2026 09:00:00 +0000" BODY[]<0> )', [b"Hi"]), b"Hi"),
        (Response(b'1 FETCH (BODY[] "a \\"b\\"" INTERNALDATE "22-Nov-2026 09:00:00 +0000" UID 4)'), b'a "b"'),
        (Response(b'1 FETCH (UID 4 INTERNALDATE "22-Nov-2026 09:00:00 +0000" BODY[] NIL)'), b""),
    ],
)
def test_a_message_is_read_however_it_is_sent(response, body):
    message = fetched(response)

    assert (message.uid, message.arrived, message.body) == (4, '"22-Nov-2026 09:00:00 +0000"', body)


@pytest.mark.parametrize("line", [b"1 FETCH (FLAGS ())", b"1 FETCH (UID 4)", b"4 EXISTS", b""])
def test_what_brings_no_message_is_none(line):
    assert fetched(Response(line)) is None


@given(st.binary(max_size=200), st.lists(st.binary(max_size=20), max_size=2))
def test_any_bytes_are_a_message_or_none(line, literals):
    message = fetched(Response(line, literals))

    assert message is None or 0 <= message.uid < 10**10


def test_what_a_server_says_is_shown_on_one_line():
    assert said(b"Come\r\nback \xff later") == "Come back \ufffd later"
    assert said(b"") == "it gives no reason."


@pytest.mark.parametrize(
    ("code", "passes"), [(b"INUSE", True), (b"limit 3", True), (b"AUTHENTICATIONFAILED", False)]
)
def test_some_refusals_pass(code, passes):
    assert Refused(code, "No").passes is passes
