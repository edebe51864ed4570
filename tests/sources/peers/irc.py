from contextlib import AsyncExitStack

from tests.sources.ircd import PAGE, ago, running
from tests.sources.world import NOW
from wall.sources.irc.source import Irc


class FastIrc(Irc):
    patience = (0.0, 0.0)


class IrcPeer:
    """A channel where two people say something of the event, one something else, and one nothing at all."""

    only_words = True

    def __init__(self, world, folder):
        self.world = world

    async def __aenter__(self):
        self.stack = AsyncExitStack()
        self.ircd = await self.stack.enter_async_context(running())
        self.ircd.say("Hello #PyConDE", at=ago(minutes=3), live=False)
        self.ircd.say("Lunch anyone?", "zed", at=ago(minutes=2), live=False)
        self.ircd.say("\x02Hi\x02 #PyConDE", "zed", at=ago(minutes=1), live=False)
        self.ircd.log.append((ago(seconds=30), "broken", ":mia!~user@host.example PRIVMSG #wall", {}))
        return self

    async def __aexit__(self, *raised):
        await self.stack.aclose()

    def make(self):
        return FastIrc(self.world(server=self.ircd.address, channel="#wall"))

    def asked(self):
        return len(self.ircd.requests)

    def refuse(self):
        self.ircd.on_join = [":irc.example 474 {nick} #wall :Cannot join channel (+b)"]

    def add(self, text):
        self.ircd.say(text, at=NOW)

    def delete(self):
        self.ircd.tell(":zed!~user@host.example REDACT #wall m1 :sorry")

    def shut(self):
        self.ircd.greeting = ["HTTP/1.1 200 OK", "content-type: text/html", "", PAGE]
