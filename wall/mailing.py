"""Mail out: short plain letters, through the one server that the operator names."""

import asyncio
import smtplib
import ssl
from email.message import EmailMessage
from email.utils import formatdate, make_msgid
from urllib.parse import unquote, urlsplit

from wall.core.words import _
from wall.errors import MailError

SECONDS = 15.0
AT_ONCE = 4
PORTS = {"smtp": 587, "smtps": 465}


class Mailing:
    """Sends letters by SMTP. Over plain smtp:// it asks for TLS, and tells no password without."""

    def __init__(self, url: str, sender: str) -> None:
        self.url = urlsplit(url)
        self.sender = sender
        self.turns = asyncio.Semaphore(AT_ONCE)

    async def send(self, to: str, subject: str, text: str, *, id: str = "") -> None:
        """Send one letter; raises MailError in words. By its `id`, mail programs know a letter that comes again."""
        letter = EmailMessage()
        try:
            letter["From"], letter["To"], letter["Subject"] = self.sender, to, " ".join(subject.split())
        except ValueError as error:
            raise MailError(_("That is no e-mail address that we can write to.")) from error
        domain = self.sender.rpartition("@")[2].rstrip(">")
        letter["Date"] = formatdate()
        letter["Message-ID"] = f"<{id}@{domain}>" if id else make_msgid(domain=domain)
        letter["Auto-Submitted"] = "auto-generated"
        letter.set_content(text)
        async with self.turns:
            try:
                await asyncio.to_thread(self.deliver, letter)
            except (OSError, smtplib.SMTPException) as error:
                raise MailError(_("The mail could not be sent just now. Try again in a few minutes.")) from error

    def deliver(self, letter: EmailMessage) -> None:
        host, port = self.url.hostname or "", self.url.port or PORTS[self.url.scheme]
        trusted = ssl.create_default_context()
        if self.url.scheme == "smtps":
            server: smtplib.SMTP = smtplib.SMTP_SSL(host, port, timeout=SECONDS, context=trusted)
        else:
            server = smtplib.SMTP(host, port, timeout=SECONDS)
        with server:
            server.ehlo()
            if self.url.scheme == "smtp" and server.has_extn("starttls"):
                server.starttls(context=trusted)
            if self.url.username:
                if not isinstance(server.sock, ssl.SSLSocket):
                    raise smtplib.SMTPNotSupportedError(
                        "The mail server offers no TLS, so it is told no password."
                    )
                server.login(unquote(self.url.username), unquote(self.url.password or ""))
            server.send_message(letter)
