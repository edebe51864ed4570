"""The websocket protocol (RFC 6455) as a server speaks it: the opening answer, frames out, and frames in.

Bytes in, bytes and events out; sockets are elsewhere. Compression is RFC 7692 without context takeover, so that one
compressed frame serves everybody.
"""

import base64
import codecs
import hashlib
import re
import zlib
from collections.abc import Iterator
from enum import IntEnum

GUID = b"258EAFA5-E914-47DA-95CA-C5AB0DC85B11"
KEY = re.compile(r"[A-Za-z0-9+/]{22}==")
PACKED = "permessage-deflate; server_no_context_takeover; client_no_context_takeover"
WINDOW_BITS = {str(bits) for bits in range(8, 16)}
LONGEST_CONTROL = 125
WORTH_PACKING = 256
FLUSHED = b"\x00\x00\xff\xff"
OWN_CODES = range(3000, 5000)
CODES = {1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 1012, 1013, 1014}


class Opcode(IntEnum):
    """What a frame is."""

    CONTINUATION = 0
    TEXT = 1
    BINARY = 2
    CLOSE = 8
    PING = 9
    PONG = 10


OPCODES = frozenset(Opcode)


VIOLATIONS = {1002: "protocol", 1007: "encoding", 1009: "oversize"}


class Violation(Exception):
    """The other side broke the protocol; the connection ends with `code`, and VIOLATIONS has a word for it."""

    def __init__(self, code: int, reason: str) -> None:
        super().__init__(reason)
        self.code = code


# The opening


def opening(key: str, *, packed: bool = False) -> bytes:
    """Return the answer that turns a request with this Sec-WebSocket-Key into a websocket."""
    accept = base64.b64encode(hashlib.sha1(key.encode() + GUID, usedforsecurity=False).digest())
    extension = b"Sec-WebSocket-Extensions: " + PACKED.encode() + b"\r\n" if packed else b""
    return (
        b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        b"Sec-WebSocket-Accept: " + accept + b"\r\n" + extension + b"\r\n"
    )


def takes_packed(extensions: str) -> bool:
    """Tell whether a Sec-WebSocket-Extensions header offers compression that we can use as we do it."""
    for offer in extensions.split(","):
        name, *parameters = (part.strip() for part in offer.split(";"))
        named = {parameter.partition("=")[0] for parameter in parameters}
        if name == "permessage-deflate" and len(named) == len(parameters) and all(map(usable, parameters)):
            return True
    return False


def usable(parameter: str) -> bool:
    name, given, value = parameter.partition("=")
    value = value.strip('"')
    if name == "server_max_window_bits":
        return value == "15"
    if name == "client_max_window_bits":
        return not given or value in WINDOW_BITS
    return not given and name in ("client_no_context_takeover", "server_no_context_takeover")


# Frames out


def frame(opcode: Opcode, payload: bytes, *, packed: bool = False) -> bytes:
    """Return a whole message as one frame, compressed if that is agreed on and worth it."""
    first = 0x80 | opcode
    if packed and len(payload) >= WORTH_PACKING:
        compressor = zlib.compressobj(wbits=-15)
        payload = (compressor.compress(payload) + compressor.flush(zlib.Z_SYNC_FLUSH)).removesuffix(FLUSHED)
        first |= 0x40
    length = len(payload)
    if length < 126:
        return bytes((first, length)) + payload
    if length < 65536:
        return bytes((first, 126)) + length.to_bytes(2) + payload
    return bytes((first, 127)) + length.to_bytes(8) + payload


def text(words: str, *, packed: bool = False) -> bytes:
    return frame(Opcode.TEXT, words.encode(), packed=packed)


def close(code: int) -> bytes:
    return frame(Opcode.CLOSE, code.to_bytes(2))


# Frames in


class Reader:
    """What a client sends, from bytes as they arrive. `longest` bounds a frame and a message, in bytes."""

    __slots__ = ("_buffer", "_compressed", "_decoder", "_message", "_opcode", "_over", "longest", "packed")

    def __init__(self, *, longest: int, packed: bool = False) -> None:
        self.longest = longest
        self.packed = packed
        self._buffer = bytearray()
        self._over = False
        self._opcode: Opcode | None = None
        self._message = bytearray()
        self._compressed = False
        self._decoder = codecs.getincrementaldecoder("utf-8")()

    @property
    def idle(self) -> bool:
        """Whether nothing is under way, so that another reader would do as well."""
        return not self._buffer and self._opcode is None and not self._over

    def feed(self, data: bytes) -> Iterator[tuple[Opcode, bytes]]:
        """Yield each whole message and control frame; after a CLOSE nothing more. Raises Violation.

        A CLOSE comes with the code to answer it with, or nothing where it had none.
        """
        if self._over:
            return
        self._buffer += data
        try:
            while not self._over and (received := self._next()) is not None:
                final, opcode, compressed, payload = received
                if opcode >= Opcode.CLOSE:
                    yield self._control(opcode, payload)
                elif final_message := self._data(opcode, payload, final=final, compressed=compressed):
                    yield final_message
        except Violation:
            self._over = True
            self._buffer.clear()
            raise

    def _next(self) -> tuple[bool, Opcode, bool, bytes] | None:
        """Take one frame from what has arrived, or None while it is not whole."""
        buffer = self._buffer
        if len(buffer) < 2:
            return None
        final, reserved, number = bool(buffer[0] & 0x80), buffer[0] & 0x70, buffer[0] & 0x0F
        compressed = reserved == 0x40 and self.packed and number in (Opcode.TEXT, Opcode.BINARY)
        if reserved and not compressed:
            raise Violation(1002, "a reserved bit is set")
        if number not in OPCODES:
            raise Violation(1002, "an unknown opcode")
        if not buffer[1] & 0x80:
            raise Violation(1002, "a frame without mask")
        length, start = buffer[1] & 0x7F, 2
        if number >= Opcode.CLOSE and (length > LONGEST_CONTROL or not final):
            raise Violation(1002, "a control frame in parts or too long")
        if length >= 126:
            start = 4 if length == 126 else 10
            if len(buffer) < start:
                return None
            length = int.from_bytes(buffer[2:start])
        if length + len(self._message) > self.longest and number < Opcode.CLOSE:
            raise Violation(1009, "too long a message")
        end = start + 4 + length
        if len(buffer) < end:
            return None
        payload = unmasked(bytes(buffer[start + 4 : end]), bytes(buffer[start : start + 4]))
        del buffer[:end]
        return final, Opcode(number), compressed, payload

    def _control(self, opcode: Opcode, payload: bytes) -> tuple[Opcode, bytes]:
        if opcode is not Opcode.CLOSE:
            return opcode, payload
        self._over = True
        if not payload:
            return opcode, b""
        code = int.from_bytes(payload[:2])
        if len(payload) == 1 or (code not in CODES and code not in OWN_CODES):
            raise Violation(1002, "a close code that may not be sent")
        try:
            payload[2:].decode()
        except UnicodeDecodeError as error:
            raise Violation(1007, "a close reason that is not UTF-8") from error
        return opcode, payload[:2]

    def _data(
        self, opcode: Opcode, payload: bytes, *, final: bool, compressed: bool
    ) -> tuple[Opcode, bytes] | None:
        if (opcode is Opcode.CONTINUATION) != (self._opcode is not None):
            raise Violation(1002, "fragments out of order")
        if self._opcode is None:
            self._opcode, self._compressed = opcode, compressed
        self._message += payload
        if self._opcode is Opcode.TEXT and not self._compressed:
            self._check_text(payload, final=final)
        if not final:
            return None
        whole, kind = bytes(self._message), self._opcode
        if self._compressed:
            whole = self._unpacked(whole)
            if kind is Opcode.TEXT:
                self._check_text(whole, final=True)
        self._message.clear()
        self._opcode = None
        self._decoder.reset()
        return kind, whole

    def _check_text(self, payload: bytes, *, final: bool) -> None:
        try:
            self._decoder.decode(payload, final)
        except UnicodeDecodeError as error:
            raise Violation(1007, "text that is not UTF-8") from error

    def _unpacked(self, payload: bytes) -> bytes:
        try:
            whole = zlib.decompressobj(wbits=-15).decompress(payload + FLUSHED, self.longest + 1)
        except zlib.error as error:
            raise Violation(1007, "a message that cannot be unpacked") from error
        if len(whole) > self.longest:
            raise Violation(1009, "too long a message")
        return whole


def unmasked(payload: bytes, mask: bytes) -> bytes:
    length = len(payload)
    repeated = (mask * (length // 4 + 1))[:length]
    return (int.from_bytes(payload) ^ int.from_bytes(repeated)).to_bytes(length)
