"""What the RFC asks of a websocket, said byte by byte to a served wall, on every road: bench/autobahn.py in small."""

import zlib
from collections.abc import Callable
from dataclasses import dataclass

import pytest
import pytest_asyncio
import uvicorn

from tests.web.fan_site import Served, serving
from tests.web.wire import MASK, fragments, sent, wire
from wall.core.event import Event
from wall.core.websocket import FLUSHED, Opcode
from wall.store import open_store
from wall.web.adopted import LONGEST_MESSAGE, ThroughTransport
from wall.web.direct import Direct

pytestmark = pytest.mark.asyncio(loop_scope="module")

TEXT, BINARY, CONTINUATION = Opcode.TEXT, Opcode.BINARY, Opcode.CONTINUATION
CLOSE, PING, PONG = Opcode.CLOSE, Opcode.PING, Opcode.PONG
PACKED = 0x40
WORDS = "Grüße, κόσμε, 𝄞!".encode()
LATE_PING = sent(PING, b"the end")


def octets(*frames):
    return [bytes((octet,)) for octet in b"".join(frames)]


def in_thirteens(payload):
    return [payload[start : start + 13] for start in range(0, len(payload), 13)]


# Each is what is said, and what is answered: a payload for each ping.
HEARD = {
    **{f"1 text of {size}": ([sent(TEXT, b"*" * size)], []) for size in (0, 125, 126, 127, LONGEST_MESSAGE)},
    **{f"1 binary of {size}": ([sent(BINARY, b"\xfe" * size)], []) for size in (0, 125, 126, LONGEST_MESSAGE)},
    "1 text in octets": (octets(sent(TEXT, WORDS)), []),
    "2 an empty ping": ([sent(PING)], [b""]),
    "2 a ping of bytes": ([sent(PING, b"\x00\xff\xfe")], [b"\x00\xff\xfe"]),
    "2 the longest ping": ([sent(PING, b"p" * 125)], [b"p" * 125]),
    "2 the longest ping in octets": (octets(sent(PING, b"p" * 125)), [b"p" * 125]),
    "2 ten pings at once": ([b"".join(sent(PING, b"%d" % n) for n in range(10))], [b"%d" % n for n in range(10)]),
    "2 a pong that nobody asked for": ([sent(PONG, b"here I am")], []),
    "2 such a pong, and a ping": ([sent(PONG, b"a") + sent(PING, b"b")], [b"b"]),
    "5 text in two": (fragments(TEXT, b"frag", b"ment"), []),
    "5 empty fragments": (fragments(TEXT, b"", b"", b""), []),
    "5 fragments in octets": (octets(*fragments(BINARY, b"frag", b"ment", b"s")), []),
    "5 a ping in between": (
        [sent(TEXT, b"a", final=False), sent(PING, b"!"), sent(CONTINUATION, b"b")],
        [b"!"],
    ),
    "5 a ping in between, in octets": (
        octets(sent(TEXT, b"a", final=False), sent(PING, b"!"), sent(CONTINUATION, b"b")),
        [b"!"],
    ),
    "6 a character in two fragments": (fragments(TEXT, b"\xce", b"\xba"), []),
    "6 every octet a fragment": (fragments(TEXT, *octets(WORDS)), []),
    "6 bounds of UTF-8": ([sent(TEXT, "\x00\x7f\u0080\u07ff\u0800\ud7ff\ue000\uffff\U0010ffff".encode())], []),
    "6 bytes that are no text": ([sent(BINARY, b"\xed\xa0\x80\xff")], []),
    "10 many fragments": (fragments(BINARY, *in_thirteens(b"*" * LONGEST_MESSAGE)), []),
}

NO_UTF_8 = {
    "a surrogate": b"\xed\xa0\x80",
    "too long a form": b"\xc0\xaf",
    "above all characters": b"\xf4\x90\x80\x80",
    "cut short": b"\xce",
    "a stray continuation": b"\x80",
    "a byte that never is": b"\xfe",
}

# Each is what is said, and the code that it is ended with.
BREACHES = {
    **{f"3 bits {bits:#x} on a {op.name}": ([sent(op, b"", reserved=bits)], 1002)
       for bits in (0x10, 0x20, 0x40, 0x70) for op in (TEXT, PING, CLOSE)},
    **{f"4 opcode {number}": ([sent(number)], 1002) for number in (3, 4, 5, 6, 7, 11, 12, 13, 14, 15)},
    "4 an opcode in octets": (octets(sent(5, b"x")), 1002),
    "5 a ping in parts": ([sent(PING, b"a", final=False), sent(CONTINUATION, b"b")], 1002),
    "5 a pong in parts": ([sent(PONG, b"a", final=False), sent(CONTINUATION, b"b")], 1002),
    "5 a close in parts": ([sent(CLOSE, b"\x03\xe8", final=False)], 1002),
    "5 nothing to go on with": ([sent(CONTINUATION, b"a")], 1002),
    "5 nothing to go on with any more": ([*fragments(TEXT, b"a", b"b"), sent(CONTINUATION, b"c", final=False)], 1002),
    "5 a message in a message": ([sent(TEXT, b"a", final=False), sent(TEXT, b"b")], 1002),
    "5 bytes in a text": ([sent(TEXT, b"a", final=False), sent(BINARY, b"b")], 1002),
    "2 too long a ping": ([sent(PING, b"p" * 126)], 1002),
    "7 too long a close": ([sent(CLOSE, b"\x03\xe8" + b"c" * 124)], 1002),
    "5.1 a frame without mask": ([b"\x81\x01a"], 1002),
    "5.1 a ping without mask": ([b"\x89\x00"], 1002),
    **{f"6 {what}": ([sent(TEXT, b"ok " + octets_)], 1007) for what, octets_ in NO_UTF_8.items()},
    **{f"6 {what}, in octets": (octets(sent(TEXT, octets_)), 1007) for what, octets_ in NO_UTF_8.items()},
    **{f"6 {what}, in fragments": (fragments(TEXT, *octets(b"ok " + octets_)), 1007)
       for what, octets_ in NO_UTF_8.items()},
    "7 half a close code": ([sent(CLOSE, b"\x03")], 1002),
    "7 a close reason that is no UTF-8": ([sent(CLOSE, b"\x03\xe8\xce\xff")], 1007),
    **{f"7 code {code}": ([sent(CLOSE, code.to_bytes(2))], 1002)
       for code in (0, 999, 1004, 1005, 1006, 1015, 1016, 1100, 2000, 2999, 5000, 65535)},
    "9 too long a text": ([sent(TEXT, b"*" * (LONGEST_MESSAGE + 1))], 1009),
    "9 the promise of one": ([b"\x82\xff\x00\x00\x00\x01\x00\x00\x00\x00" + MASK], 1009),
    "9 too long a sum": ([*fragments(BINARY, b"*" * LONGEST_MESSAGE, b"*")], 1009),
}  # fmt: skip

GOOD_CODES = (1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 3000, 3999, 4000, 4999)


@dataclass(frozen=True)
class Road:
    """A way to a stream. `cut` is how the pieces of a breach may be said."""

    served: Served
    ticket: str
    cut: Callable[[list[bytes]], list[bytes]] = list

    def dial(self, **options):
        return wire(self.served.port, f"/{self.served.event.slug}/stream{self.ticket}", **options)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def roads(redis_server, tmp_path_factory):
    store = open_store(redis_server.url)
    event = Event(slug="rfc-6455", title="PyCon Example", hashtags=("PyConEx",), keys=("pyconex",))
    await store.events.create(event)
    await store.database.close()
    folder = tmp_path_factory.mktemp("rfc")
    async with (
        serving(redis_server.url, event, folder) as ours,
        serving(redis_server.url, event, folder, listening=uvicorn.Server) as uvicorns,
    ):
        ticket = f"?ticket={await ours.ticket()}"
        yield {
            "direct": Road(ours, ticket),
            "transport": Road(uvicorns, ticket),
            # uvicorn resets a connection over what it has not read yet, so it must come at once.
            "ordinary": Road(ours, "", cut=lambda pieces: [b"".join(pieces)]),
        }


@pytest.fixture(params=["direct", "transport", "ordinary"])
def road(roads, request):
    return roads[request.param]


@pytest.fixture(params=["direct", "transport"])
def fast(roads, request):
    return roads[request.param]


async def test_the_roads_are_what_they_are_called(roads):
    kinds = []
    for name in ("direct", "transport"):
        async with roads[name].dial() as stream:
            await stream.frame()
            (group,) = roads[name].served.fanout.groups.values()
            kinds += [type(viewer) for viewer in group.audience.everyone()]
    async with roads["ordinary"].dial() as stream:
        await stream.frame()
        assert roads["ordinary"].served.adopted == 0

    assert kinds == [Direct, ThroughTransport]


@pytest.mark.parametrize("case", HEARD)
async def test_what_is_well_formed_is_heard_and_pings_are_answered(road, case):
    said, answers = HEARD[case]
    async with road.dial() as stream:
        await stream.frame()
        await stream.say(*said, LATE_PING)

        for payload in (*answers, b"the end"):
            assert await stream.answer() == (PONG, payload)


@pytest.mark.parametrize("case", BREACHES)
async def test_a_breach_is_ended_with_its_code_and_nothing_after_it(road, case):
    said, code = BREACHES[case]
    async with road.dial() as stream:
        await stream.frame()

        await stream.say(*road.cut(said))

        opcode, payload = await stream.answer()
        assert (opcode, int.from_bytes(payload[:2])) == (CLOSE, code)
        assert await stream.rest() == b""


@pytest.mark.parametrize("code", GOOD_CODES)
@pytest.mark.parametrize("reason", [b"", "Tschüß".encode(), b"r" * 123], ids=["bare", "reason", "long reason"])
async def test_a_farewell_is_answered_with_its_code(road, code, reason):
    async with road.dial() as stream:
        await stream.frame()

        await stream.say(sent(CLOSE, code.to_bytes(2) + reason))

        opcode, payload = await stream.answer()
        assert (opcode, int.from_bytes(payload[:2])) == (CLOSE, code)
        assert await stream.rest() == b""


async def test_a_farewell_without_code_is_answered(road):
    async with road.dial() as stream:
        await stream.frame()

        await stream.say(sent(CLOSE))

        assert (await stream.answer())[0] is CLOSE
        assert await stream.rest() == b""


async def test_a_farewell_in_the_middle_of_a_message_is_answered_with_its_code(fast):
    async with fast.dial() as stream:
        await stream.frame()

        await stream.say(sent(TEXT, b"a", final=False), sent(CLOSE, b"\x03\xe8"), sent(CONTINUATION, b"b"))

        assert await stream.answer() == (CLOSE, b"\x03\xe8")
        assert await stream.rest() == b""


async def test_talking_on_after_a_breach_is_not_answered_and_takes_the_farewell_from_nobody(fast):
    async with fast.dial() as stream:
        await stream.frame()

        await stream.say(sent(3), *[sent(PING, b"p" * 125)] * 100, sent(BINARY, b"*" * 100_000))

        assert await stream.answer() == (CLOSE, b"\x03\xea")
        assert await stream.rest() == b""


# Compression, which is agreed on by the fast road only


OFFERS = {
    "permessage-deflate": True,
    "permessage-deflate; client_max_window_bits": True,
    "permessage-deflate; client_max_window_bits=9; client_no_context_takeover": True,
    "permessage-deflate; server_max_window_bits=9, permessage-deflate": True,
    "permessage-deflate; server_max_window_bits=9": False,
    "permessage-deflate; client_max_window_bits=16": False,
    "permessage-deflate; server_no_context_takeover=1": False,
    "permessage-deflate; server_no_context_takeover; server_no_context_takeover": False,
    "permessage-bzip2": False,
}


def packed(payload, level=zlib.Z_DEFAULT_COMPRESSION):
    compressor = zlib.compressobj(level, wbits=-15)
    return (compressor.compress(payload) + compressor.flush(zlib.Z_SYNC_FLUSH)).removesuffix(FLUSHED)


UNPACKED = {
    "12 a text": [sent(TEXT, packed(WORDS), reserved=PACKED)],
    "12 an empty text": [sent(TEXT, b"\x00", reserved=PACKED)],
    "12 a text not compressed after all": [sent(TEXT, WORDS)],
    "12 stored blocks": [sent(BINARY, packed(b"\xfe" * 5000, level=0), reserved=PACKED)],
    "12 the longest": [sent(TEXT, packed(b"*" * LONGEST_MESSAGE), reserved=PACKED)],
    "12 a last block": [sent(TEXT, b"\xf3\x48\xcd\xc9\xc9\x07\x00\x00", reserved=PACKED)],
    "12 fragments": fragments(TEXT, *octets(packed(WORDS)), reserved=PACKED),
    "12 a ping in between": [
        sent(TEXT, packed(WORDS)[:4], final=False, reserved=PACKED),
        sent(PONG),
        sent(CONTINUATION, packed(WORDS)[4:]),
    ],
}

BADLY_PACKED = {
    "12 no UTF-8": ([sent(TEXT, packed(b"\xed\xa0\x80"), reserved=PACKED)], 1007),
    "12 no deflate": ([sent(TEXT, b"\xff\xff\xff", reserved=PACKED)], 1007),
    "12 a bomb": ([sent(BINARY, packed(b"\0" * 10_000_000), reserved=PACKED)], 1009),
    "12 one byte too long": ([sent(TEXT, packed(b"*" * (LONGEST_MESSAGE + 1)), reserved=PACKED)], 1009),
    "12 a compressed ping": ([sent(PING, b"", reserved=PACKED)], 1002),
    "12 the bit on a later fragment": (
        [sent(TEXT, b"a", final=False), sent(CONTINUATION, b"b", reserved=PACKED)],
        1002,
    ),
    "12 another bit": ([sent(TEXT, packed(WORDS), reserved=0x60)], 1002),
}

DEFLATE = ("sec-websocket-extensions: permessage-deflate",)


@pytest.mark.parametrize(("offer", "agreed"), OFFERS.items())
async def test_only_compression_that_both_can_do_is_agreed_on(fast, offer, agreed):
    async with fast.dial(headers=[f"sec-websocket-extensions: {offer}"]) as stream:
        assert (b"permessage-deflate" in stream.head) is agreed


@pytest.mark.parametrize("case", UNPACKED)
async def test_what_is_compressed_is_heard(fast, case):
    async with fast.dial(headers=DEFLATE) as stream:
        await stream.frame()

        await stream.say(*UNPACKED[case], LATE_PING)

        assert await stream.answer() == (PONG, b"the end")


@pytest.mark.parametrize("case", BADLY_PACKED)
async def test_what_is_badly_compressed_is_ended_with_its_code(fast, case):
    said, code = BADLY_PACKED[case]
    async with fast.dial(headers=DEFLATE) as stream:
        await stream.frame()

        await stream.say(*said)

        opcode, payload = await stream.answer()
        assert (opcode, int.from_bytes(payload)) == (CLOSE, code)
        assert await stream.rest() == b""
