"""A real mail server for the tests, which keeps what it is given."""

import asyncio
import email
from contextlib import asynccontextmanager

from aiosmtpd.smtp import SMTP, AuthResult


class Mailbox:
    """What a mail server was given; it refuses letters to nobody@."""

    def __init__(self):
        self.letters = []
        self.port = 0

    @property
    def url(self):
        return f"smtp://127.0.0.1:{self.port}"

    async def handle_RCPT(self, server, session, envelope, address, options):
        if address.startswith("nobody@"):
            return "550 no such mailbox"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        self.letters.append(email.message_from_bytes(envelope.content))
        return "250 OK"


@asynccontextmanager
async def receiving():
    """Have a mail server running within, and give what it keeps."""
    mailbox = Mailbox()
    options = {"authenticator": lambda *_: AuthResult(success=True), "auth_require_tls": False}
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: SMTP(mailbox, loop=loop, **options), "127.0.0.1", 0)
    mailbox.port = server.sockets[0].getsockname()[1]
    try:
        yield mailbox
    finally:
        server.close()
        await server.wait_closed()
