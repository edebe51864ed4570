"""Asks other clocks what time it is."""

import asyncio
import struct
import time
from email.utils import parsedate_to_datetime

from wall.doctor.clock import Skew

NTP_SERVER = ("pool.ntp.org", 123)
NTP_SECONDS = 2.0
SINCE_1900 = 2_208_988_800
QUESTION = b"\x23" + bytes(47)


def by_header(date: str | None, before: float, after: float) -> Skew:
    """Return how far a server is by the Date of its answer, which knows whole seconds only."""
    try:
        told = parsedate_to_datetime(date or "").timestamp()
    except ValueError:
        return Skew("the public address", None)
    return Skew("the public address", told + 0.5 - (before + after) / 2, (after - before) / 2 + 0.5)


async def ntp(server: tuple[str, int] = NTP_SERVER, *, seconds: float = NTP_SECONDS) -> Skew:
    """Return how far NTP is; a venue that is offline or lets no NTP through has none."""
    try:
        async with asyncio.timeout(seconds):
            return await asked(server)
    except (OSError, TimeoutError, struct.error):
        return Skew("NTP", None)


async def asked(server: tuple[str, int]) -> Skew:
    loop = asyncio.get_running_loop()
    answer: asyncio.Future[bytes] = loop.create_future()
    transport, _ = await loop.create_datagram_endpoint(lambda: Hearing(answer), remote_addr=server)
    try:
        before = time.time()
        transport.sendto(QUESTION)
        whole, part = struct.unpack("!II", (await answer)[40:48])
        after = time.time()
    finally:
        transport.close()
    return Skew("NTP", whole - SINCE_1900 + part / 2**32 - (before + after) / 2, (after - before) / 2)


class Hearing(asyncio.DatagramProtocol):
    """Waits for one answer."""

    def __init__(self, answer: asyncio.Future[bytes]) -> None:
        self.answer = answer

    def datagram_received(self, data: bytes, _from: object) -> None:
        if not self.answer.done():
            self.answer.set_result(data)

    def error_received(self, error: Exception) -> None:
        if not self.answer.done():
            self.answer.set_exception(error)
