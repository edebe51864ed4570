import zlib
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.web.wire import sent
from wall.core.websocket import (
    FLUSHED,
    Opcode,
    Reader,
    Violation,
    close,
    frame,
    opening,
    takes_packed,
    text,
)

LONGEST = 1000


def heard(*pieces, packed=False):
    reader = Reader(longest=LONGEST, packed=packed)
    return [event for piece in pieces for event in reader.feed(piece)]


def test_the_answer_to_the_example_of_the_rfc():
    assert b"Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n" in opening("dGhlIHNhbXBsZSBub25jZQ==")


@pytest.mark.parametrize(
    ("offer", "taken"),
    [
        ("", False),
        ("permessage-deflate", True),
        ("permessage-deflate; client_max_window_bits", True),
        ("x-other, permessage-deflate; server_no_context_takeover", True),
        ("permessage-deflate; server_max_window_bits=15", True),
        ("permessage-deflate; server_max_window_bits=10", False),
        ("permessage-deflate; server_max_window_bits=10, permessage-deflate", True),
        ("permessage-deflate; client_max_window_bits=9", True),
        ("permessage-deflate; client_max_window_bits=16", False),
        ("permessage-deflate; client_no_context_takeover=1", False),
        ("permessage-deflate; client_no_context_takeover; client_no_context_takeover", False),
        ("permessage-deflate; unheard_of", False),
        ("permessage-deflated", False),
    ],
)
def test_which_compression_is_agreed_to(offer, taken):
    assert takes_packed(offer) is taken


@pytest.mark.parametrize(
    ("length", "head"),
    [(0, "8100"), (125, "817d"), (126, "817e007e"), (65535, "817effff"), (65536, "817f0000000000010000")],
)
def test_a_frame_has_the_shortest_length_that_fits(length, head):
    assert frame(Opcode.TEXT, b"x" * length) == bytes.fromhex(head) + b"x" * length


def test_a_long_frame_is_compressed_and_a_short_one_is_not():
    long = text("hello " * 100, packed=True)

    assert long[0] == 0xC1
    assert zlib.decompressobj(wbits=-15).decompress(long[2:] + FLUSHED) == b"hello " * 100
    assert text("hello", packed=True) == text("hello")


def test_a_close_says_its_code():
    assert close(4001) == b"\x88\x02\x0f\xa1"


def test_fragments_are_one_message_with_pings_in_between():
    pieces = (
        sent(Opcode.TEXT, b"gr", final=False),
        sent(Opcode.PING, b"?"),
        sent(Opcode.CONTINUATION, "üß".encode()[:1], final=False),
        sent(Opcode.CONTINUATION, "üß".encode()[1:]),
    )

    assert heard(b"".join(pieces)) == [(Opcode.PING, b"?"), (Opcode.TEXT, "grüß".encode())]


def test_nothing_is_heard_after_a_close():
    assert heard(sent(Opcode.CLOSE, b"\x03\xe8bye") + sent(Opcode.PING)) == [(Opcode.CLOSE, b"\x03\xe8")]


def test_a_close_without_code_is_answered_without():
    assert heard(sent(Opcode.CLOSE)) == [(Opcode.CLOSE, b"")]


def test_a_compressed_message_is_unpacked():
    packed = frame(Opcode.TEXT, b"x" * 500, packed=True)[2:]

    assert heard(sent(Opcode.TEXT, packed, reserved=0x40), packed=True) == [(Opcode.TEXT, b"x" * 500)]


def bomb():
    compressor = zlib.compressobj(wbits=-15)
    return compressor.compress(b"\0" * 10_000_000) + compressor.flush(zlib.Z_SYNC_FLUSH)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (sent(Opcode.TEXT, b"x", reserved=0x40), 1002),
        (sent(Opcode.TEXT, b"x", reserved=0x20), 1002),
        (sent(3, b"x"), 1002),
        (sent(11), 1002),
        (b"\x81\x01x", 1002),
        (sent(Opcode.PING, final=False), 1002),
        (sent(Opcode.PING, b"x" * 126), 1002),
        (sent(Opcode.CONTINUATION, b"x"), 1002),
        (sent(Opcode.TEXT, b"x", final=False) + sent(Opcode.TEXT, b"x"), 1002),
        (sent(Opcode.CLOSE, b"\x03"), 1002),
        (sent(Opcode.CLOSE, b"\x03\xed"), 1002),
        (sent(Opcode.CLOSE, b"\x00\x00"), 1002),
        (sent(Opcode.CLOSE, b"\x13\x88"), 1002),
        (sent(Opcode.CLOSE, b"\x03\xe8\xff"), 1007),
        (sent(Opcode.TEXT, b"\xed\xa0\x80"), 1007),
        (sent(Opcode.TEXT, b"\xc3"), 1007),
        (sent(Opcode.TEXT, b"\xff", final=False), 1007),
        (sent(Opcode.TEXT, b"x" * (LONGEST + 1)), 1009),
        (b"\x81\xff\xff\xff\xff\xff\xff\xff\xff\xff", 1009),
        (sent(Opcode.TEXT, b"x" * 600, final=False) + sent(Opcode.CONTINUATION, b"x" * 600), 1009),
    ],
)
def test_a_breach_of_the_protocol_ends_with_its_code(data, code):
    with pytest.raises(Violation) as caught:
        heard(data)

    assert caught.value.code == code


@pytest.mark.parametrize(("payload", "code"), [(bomb()[:900], 1009), (b"\xff\xff\xff", 1007)])
def test_a_compressed_message_is_bounded_and_checked(payload, code):
    with pytest.raises(Violation) as caught:
        heard(sent(Opcode.BINARY, payload, reserved=0x40), packed=True)

    assert caught.value.code == code


def test_what_came_before_a_breach_is_still_heard():
    reader = Reader(longest=LONGEST)
    events = reader.feed(sent(Opcode.TEXT, b"a") + sent(3))

    assert next(events) == (Opcode.TEXT, b"a")
    with pytest.raises(Violation):
        next(events)
    assert list(reader.feed(sent(Opcode.PING))) == []


messages = st.lists(
    st.one_of(
        st.tuples(st.just(Opcode.TEXT), st.text(max_size=60).map(str.encode)),
        st.tuples(st.just(Opcode.BINARY), st.binary(max_size=300)),
        st.tuples(st.sampled_from([Opcode.PING, Opcode.PONG]), st.binary(max_size=125)),
    ),
    max_size=6,
)


@given(messages=messages, cuts=st.lists(st.integers(0, 2000), max_size=12))
def test_however_reads_cut_the_bytes_the_same_is_heard(messages, cuts):
    data = b"".join(sent(opcode, payload) for opcode, payload in messages)
    edges = sorted({0, len(data), *(cut for cut in cuts if cut < len(data))})

    pieces = [data[start:end] for start, end in pairwise(edges)]

    assert heard(*pieces) == messages


@given(payload=st.text(min_size=1, max_size=80).map(str.encode), cuts=st.lists(st.integers(0, 300), max_size=5))
def test_text_may_be_fragmented_anywhere(payload, cuts):
    edges = sorted({0, len(payload), *(cut for cut in cuts if cut < len(payload))})
    parts = [payload[start:end] for start, end in pairwise(edges)]

    frames = [
        sent(Opcode.CONTINUATION if index else Opcode.TEXT, part, final=index == len(parts) - 1)
        for index, part in enumerate(parts)
    ]

    assert heard(*frames) == [(Opcode.TEXT, payload)]


@given(data=st.binary(max_size=400))
def test_any_bytes_are_read_or_refused(data):
    codes = []
    try:
        codes += [opcode for opcode, _ in Reader(longest=LONGEST, packed=True).feed(data)]
    except Violation as violation:
        codes.append(violation.code)

    assert set(codes) <= {*Opcode, 1002, 1007, 1009}
