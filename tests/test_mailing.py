"""Letters, sent to a real mail server."""

import asyncio
import email

import pytest
from aiosmtpd.controller import UnthreadedController
from aiosmtpd.smtp import AuthResult

from wall.errors import MailError
from wall.mailing import Mailing


class Mailbox:
    """Keeps what a mail server is given; it refuses letters to nobody@."""

    def __init__(self):
        self.letters = []

    async def handle_RCPT(self, server, session, envelope, address, options):
        if address.startswith("nobody@"):
            return "550 no such mailbox"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        self.letters.append(email.message_from_bytes(envelope.content))
        return "250 OK"


@pytest.fixture
async def mailbox():
    mailbox = Mailbox()
    options = {"authenticator": lambda *_: AuthResult(success=True), "auth_require_tls": False}
    server = UnthreadedController(
        mailbox, hostname="127.0.0.1", port=0, loop=asyncio.get_running_loop(), **options
    )
    await asyncio.get_running_loop().create_task(started(server))
    mailbox.port = server.server.sockets[0].getsockname()[1]
    yield mailbox
    server.server.close()
    await server.server.wait_closed()


async def started(controller):
    controller.server = await controller._create_server()


async def test_a_letter_arrives_with_its_words(mailbox):
    mailing = Mailing(f"smtp://127.0.0.1:{mailbox.port}", "wall@example.org")

    await mailing.send(
        "ana@example.org", "Take part in Café\nBcc: x@example.org", "Here: https://wall.example/ü\n"
    )

    (letter,) = mailbox.letters
    subject = email.header.make_header(email.header.decode_header(letter["Subject"]))
    assert (letter["To"], letter["From"]) == ("ana@example.org", "wall@example.org")
    assert str(subject) == "Take part in Café Bcc: x@example.org"
    assert letter["Bcc"] is None
    assert "https://wall.example/ü" in letter.get_payload(decode=True).decode()


@pytest.mark.parametrize("to", ["nobody@example.org", "x\nBcc: y@example.org"])
async def test_a_letter_that_is_refused_says_so_in_words(mailbox, to):
    with pytest.raises(MailError):
        await Mailing(f"smtp://127.0.0.1:{mailbox.port}", "wall@example.org").send(to, "x", "y")

    assert mailbox.letters == []


async def test_no_password_is_told_without_tls(mailbox):
    with pytest.raises(MailError):
        await Mailing(f"smtp://me:secret@127.0.0.1:{mailbox.port}", "wall@example.org").send(
            "a@b.example", "x", "y"
        )

    assert mailbox.letters == []


async def test_a_server_that_is_not_there_is_told_in_words():
    with pytest.raises(MailError, match="could not be sent just now"):
        await Mailing("smtp://127.0.0.1:1", "wall@example.org").send("ana@example.org", "x", "y")
