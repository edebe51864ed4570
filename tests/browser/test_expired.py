"""The certificate of the wall ends while a screen hangs in the hall."""

import asyncio
import base64
import hashlib
import ssl
from contextlib import asynccontextmanager, suppress
from datetime import UTC, datetime, timedelta

import pytest
import pytest_asyncio
import trustme
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from cryptography.x509 import load_pem_x509_certificate
from playwright.async_api import Error, expect

from tests.browser.chromium import running_chromium
from tests.browser.lasting import kept, mark
from tests.browser.wall import Windows, article

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session"), pytest.mark.thorough]


class SecureLine:
    """TLS in front of a wall, with a certificate that can be replaced by one that has ended."""

    def __init__(self, there):
        self.there = there
        self.authority = trustme.CA()
        self.context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self.context.minimum_version = ssl.TLSVersion.TLSv1_3
        self.context.num_tickets = 0  # each connection looks at the certificate anew
        self.good = self.authority.issue_cert("127.0.0.1")
        self.ended = self.authority.issue_cert("127.0.0.1", not_after=datetime.now(UTC) - timedelta(days=1))
        self.good.configure_cert(self.context)
        self.writers = set()

    @property
    def fingerprint(self):
        """By this Chromium knows the good one, and no other."""
        certificate = load_pem_x509_certificate(self.good.cert_chain_pems[0].bytes())
        key = certificate.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
        return base64.b64encode(hashlib.sha256(key).digest()).decode()

    def expire(self):
        self.ended.configure_cert(self.context)
        self.cut()

    def renew(self):
        self.good.configure_cert(self.context)

    def cut(self):
        for writer in list(self.writers):
            writer.transport.abort()

    async def carry(self, here, back):
        far, there = await asyncio.open_connection("127.0.0.1", self.there)
        self.writers |= {back, there}
        try:
            await asyncio.gather(self.one_way(here, there), self.one_way(far, back))
        finally:
            self.writers -= {back, there}
            for end in (back, there):
                end.transport.abort()

    async def one_way(self, source, sink):
        with suppress(OSError, ssl.SSLError):
            while data := await source.read(65536):
                # As a proxy says how it was asked.
                sink.write(data.replace(b"\r\nHost: ", b"\r\nX-Forwarded-Proto: https\r\nHost: ", 1))
                await sink.drain()
        sink.close()


@asynccontextmanager
async def secure_line(port):
    line = SecureLine(port)
    server = await asyncio.start_server(line.carry, "127.0.0.1", 0, ssl=line.context)
    line.url = f"https://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    try:
        yield line
    finally:
        server.close()
        line.cut()


@pytest_asyncio.fixture(loop_scope="session")
async def secure(wall):
    """A secure line, and the windows of a browser that trusts its good certificate alone."""
    async with secure_line(wall.program.port) as line:
        trusting = f"--ignore-certificate-errors-spki-list={line.fingerprint}"
        async with running_chromium(more=(trusting,)) as chromium:
            windows = Windows(chromium)
            yield line, windows
            await windows.close()


async def test_a_screen_keeps_its_wall_and_is_loaded_anew_while_the_certificate_has_ended(wall, event, secure):
    line, windows = secure
    (post,) = await wall.show(event, "The last good wall #PyConEx")
    screen = await windows.page(await wall.screen_link(event, url=line.url))
    await expect(article(screen, post)).to_be_visible()
    await kept(screen, event, "The last good wall")

    line.expire()
    await expect(mark(screen)).to_contain_text("cannot be reached")
    await expect(article(screen, post)).to_be_visible()
    await screen.reload()
    await expect(article(screen, post)).to_be_visible()
    # The control: who has kept nothing sees the browser's own error.
    stranger = await (await windows.open()).new_page()
    with pytest.raises(Error, match="ERR_CERT"):
        await stranger.goto(f"{line.url}/{event.slug}/screen")
    line.renew()

    (later,) = await wall.show(event, "Later #PyConEx")
    await expect(article(screen, later)).to_be_visible(timeout=60_000)
    await expect(mark(screen)).to_be_hidden()
