from contextlib import AsyncExitStack

from tests.sources.imapd import PAGE, PASSWORD, USER, letter, running
from wall.sources.mail.source import Mail


class FastMail(Mail):
    secure = False
    idle_seconds = 0.02
    poll_seconds = 0.02


class MailPeer:
    """A mailbox with two mails to show, an answer of a program, and one with nothing in it."""

    only_words = True

    def __init__(self, world, folder):
        self.world = world

    async def __aenter__(self):
        self.stack = AsyncExitStack()
        self.imapd = await self.stack.enter_async_context(running())
        self.imapd.deliver(letter(number=1), minutes_ago=4)
        self.imapd.deliver(letter("I am away", "Auto-Submitted: auto-replied", number=2), minutes_ago=3)
        self.imapd.deliver(letter("", number=3), minutes_ago=2)
        self.imapd.deliver(letter("<b>Hi</b>", "Content-Type: text/html", number=4), minutes_ago=1)
        return self

    async def __aexit__(self, *raised):
        await self.stack.aclose()

    def make(self):
        return FastMail(self.world(server=self.imapd.server, user=USER, password=PASSWORD))

    def asked(self):
        return len(self.imapd.requests)

    def refuse(self):
        self.imapd.answers["AUTHENTICATE"] = "TAG NO [AUTHENTICATIONFAILED] Invalid credentials\r\n"

    def add(self, text):
        self.imapd.deliver(letter(text, number=9))

    def shut(self):
        self.imapd.greeting = PAGE
