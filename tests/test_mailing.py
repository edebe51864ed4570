"""Letters, sent to a real mail server."""

from email.header import decode_header, make_header

import pytest

from tests.mail_server import receiving
from wall.errors import MailError
from wall.mailing import Mailing


@pytest.fixture
async def mailbox():
    async with receiving() as mailbox:
        yield mailbox


async def test_a_letter_arrives_with_its_words(mailbox):
    mailing = Mailing(mailbox.url, "wall@example.org")

    await mailing.send(
        "ana@example.org", "Take part in Café\nBcc: x@example.org", "Here: https://wall.example/ü\n"
    )

    (letter,) = mailbox.letters
    subject = make_header(decode_header(letter["Subject"]))
    assert (letter["To"], letter["From"]) == ("ana@example.org", "wall@example.org")
    assert str(subject) == "Take part in Café Bcc: x@example.org"
    assert letter["Bcc"] is None
    assert "https://wall.example/ü" in letter.get_payload(decode=True).decode()


@pytest.mark.parametrize("to", ["nobody@example.org", "x\nBcc: y@example.org"])
async def test_a_letter_that_is_refused_says_so_in_words(mailbox, to):
    with pytest.raises(MailError):
        await Mailing(mailbox.url, "wall@example.org").send(to, "x", "y")

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
