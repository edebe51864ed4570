"""Knocks at the port, and at the public address."""

import asyncio
import errno
import socket
import ssl
import time
from urllib.parse import urlsplit

import httpx2

from wall import USER_AGENT
from wall.doctor.clock import Skew
from wall.doctor.door import Answer, Port, Reached, Upload
from wall.doctor.probing.clocks import by_header

ALIVE = "alive\n"
CLAIMED = "203.0.113.99"
"""An address that nobody has (RFC 5737)."""
LARGEST_PICTURE = 8_000_000
SECONDS = 5.0
UPLOAD_SECONDS = 30.0
OURS = "content-security-policy"
"""Whatever the wall answers has this header; what a proxy answers by itself has none."""


def client(context: ssl.SSLContext | None = None) -> httpx2.AsyncClient:
    """Return what the public address is asked with: nothing of the environment, no cookies, no redirects."""
    return httpx2.AsyncClient(
        headers={"user-agent": USER_AGENT},
        timeout=SECONDS,
        trust_env=False,
        follow_redirects=False,
        verify=context or True,
    )


async def port(host: str, number: int) -> Port:
    """Return who has a port of this machine."""
    here = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104 - compared, not bound
    try:
        with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as sock:
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            sock.bind((host, number))
        return "free"
    except OSError as error:
        if error.errno != errno.EADDRINUSE:
            return "not ours"
    async with client() as asking:
        answer = await knock(asking, f"http://{f'[{here}]' if ':' in here else here}:{number}")
    return "a wall" if answer.alive else "somebody else"


async def knock(asking: httpx2.AsyncClient, base: str) -> Answer:
    """Ask whether the wall is alive."""
    try:
        answer = await asking.get(f"{base}/healthz")
    except httpx2.HTTPError as error:
        return Answer(base, None, why=str(error) or type(error).__name__)
    led_to = answer.headers.get("location", "")
    elsewhere = led_to if urlsplit(led_to).hostname not in (None, urlsplit(base).hostname) else ""
    return Answer(base, answer.status_code, alive=answer.text == ALIVE, led_to=elsewhere)


async def skew(asking: httpx2.AsyncClient, base: str) -> Skew:
    """Return how far the clock of the public address is from ours."""
    before = time.time()
    try:
        answer = await asking.get(f"{base}/healthz")
    except httpx2.HTTPError:
        return Skew("the public address", None)
    return by_header(answer.headers.get("date"), before, time.time())


async def reached(asking: httpx2.AsyncClient, base: str, *, claimed: str = "") -> Reached | None:
    """Return how the wall says that it was reached; None where it does not say."""
    try:
        answer = await asking.get(
            f"{base}/healthz/reached", headers={"x-forwarded-for": claimed} if claimed else {}
        )
        told = answer.json() if answer.status_code == 200 else None
    except (httpx2.HTTPError, ValueError):
        return None
    if not isinstance(told, dict):
        return None
    return Reached(
        secure=base.startswith("https://"),
        address=str(told.get("address", "")),
        forwarded_for=tuple(map(str, told.get("forwarded_for", ()))),
        claimed=claimed,
        scheme=str(told.get("scheme", "")),
    )


async def upload(asking: httpx2.AsyncClient, base: str, slug: str, *, size: int = LARGEST_PICTURE) -> Upload:
    """Send as much as a picture may weigh. The wall refuses it, since it says nothing and comes from no page."""
    megabytes = size / 1e6
    try:
        async with asyncio.timeout(UPLOAD_SECONDS):
            answer = await asking.post(
                f"{base}/{slug}/join",
                content=bytes(size),
                headers={"content-type": "multipart/form-data; boundary=doctor"},
                timeout=UPLOAD_SECONDS,
            )
    except (httpx2.HTTPError, TimeoutError) as error:
        return Upload(megabytes, refused=True, why=str(error) or "the line was cut")
    refused = answer.status_code >= 400 and OURS not in answer.headers
    return Upload(megabytes, refused=refused, why=f"status {answer.status_code}")
