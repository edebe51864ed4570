"""A scripted server of IRC on a real socket, as modern or as plain as a test wants it."""

from base64 import b64decode
from contextlib import asynccontextmanager
from datetime import timedelta

from tests.raw_server import listening
from tests.sources.world import NOW

CAPS = "message-tags server-time batch echo-message account-tag draft/chathistory draft/message-redaction"
FEATURES = "CASEMAPPING=rfc1459 CHATHISTORY=50 MSGREFTYPES=msgid,timestamp NETWORK=Test BOT=B"
PAGE = "<!doctype html><h1>We are back soon</h1>"


class Ircd:
    """`log` is what was said, oldest first; `requests` what clients sent; the rest is how it behaves."""

    def __init__(self, caps):
        self.caps = caps
        self.log = []
        self.requests = []
        self.greeting = []  # lines in place of a welcome
        self.on_join = []  # lines in place of an entry
        self.taken = set()
        self.password = None
        self.clients = set()

    @property
    def modern(self):
        return "server-time" in self.caps

    def has_sent(self, words):
        return any(request.startswith(words) for request in self.requests)

    def say(self, text, nick="mia", *, at=NOW, msgid=None, live=True, **tags):
        """Have somebody say something in #wall; without `live`, nobody hears it before they ask for history."""
        msgid = msgid or f"m{len(self.log) + 1}"
        said = at, msgid, f":{nick}!~user@host.example PRIVMSG #wall :{text}", tags
        self.log.append(said)
        if live:
            self.tell(self.tagged(said))

    def tell(self, line):
        for client in set(self.clients):
            client.send(line)

    def tagged(self, said, **more):
        at, msgid, line, tags = said
        if not self.modern:
            return line
        time = f"{at:%Y-%m-%dT%H:%M:%S}.{at.microsecond // 1000:03}Z"
        tags = ";".join(
            f"{name}={value}" for name, value in {"time": time, "msgid": msgid, **tags, **more}.items()
        )
        return f"@{tags} {line}"

    def history(self, verb, where, limit):
        """Return what CHATHISTORY answers."""
        kind, _, value = where.partition("=")
        found = list(self.log)
        if kind == "msgid":
            found = found[1 + [said[1] for said in found].index(value) :]
        elif kind == "timestamp":
            found = [said for said in found if f"{said[0]:%Y-%m-%dT%H:%M:%S.%f}"[:23] > value[:23]]
        found = found[-limit:] if verb == "LATEST" else found[:limit]
        return ["BATCH +h chathistory #wall", *(self.tagged(said, batch="h") for said in found), "BATCH -h"]


class Client:
    """One connection to it."""

    def __init__(self, ircd, writer):
        self.ircd = ircd
        self.writer = writer
        self.nick = "*"
        self.waits = False
        self.named = False
        self.welcomed = False

    def send(self, *lines):
        for line in lines:
            self.writer.write(line if isinstance(line, bytes) else f"{line}\r\n".encode())

    def number(self, number, *words):
        self.send(" ".join([":irc.example", number, self.nick, *words]))

    def receive(self, line):
        command, *params = line.partition(" :")[0].split()
        if " :" in line:
            params.append(line.partition(" :")[2])
        handle = getattr(self, f"on_{command.lower()}", None)
        if handle:
            handle(*params)
        if self.named and self.nick != "*" and not self.waits and not self.welcomed:
            self.welcome()

    def on_cap(self, verb, *words):
        if not self.ircd.caps and self.ircd.caps is not None:
            return self.number("421", "CAP :Unknown command")
        if verb == "LS":
            self.waits = True
            self.send(f":irc.example CAP * LS * :{self.ircd.caps}", ":irc.example CAP * LS :multi-prefix")
        elif verb == "REQ":
            self.send(f":irc.example CAP * ACK :{words[-1]}")
        elif verb == "END":
            self.waits = False
        return None

    def on_authenticate(self, word):
        if word == "PLAIN":
            return self.send("AUTHENTICATE +")
        right = b64decode(word) == b"\0wall\0secret"
        return self.number("903", ":Welcome") if right else self.number("904", ":SASL authentication failed")

    def on_nick(self, nick):
        if nick in self.ircd.taken:
            return self.number("433", nick, ":Nickname is already in use")
        self.nick = nick
        return None

    def on_user(self, *_):
        self.named = True

    def welcome(self):
        self.welcomed = True
        if self.ircd.greeting:
            return self.send(*self.ircd.greeting)
        self.number("001", ":Welcome")
        self.number("005", FEATURES, ":are supported by this server")
        return self.number("376", ":End of greeting")

    def on_join(self, channel, key=""):
        if self.ircd.on_join:
            return self.send(*(line.format(nick=self.nick) for line in self.ircd.on_join))
        self.ircd.clients.add(self)
        self.send(f":{self.nick}!~wall@host.example JOIN {channel}")
        return self.number("366", channel, ":End of names")

    def on_chathistory(self, verb, channel, where, limit):
        self.send(*self.ircd.history(verb, where, int(limit)))


@asynccontextmanager
async def running(caps=CAPS, tls=None):
    """Run a server; `caps` is what it offers, nothing is a server that knows of no capabilities."""
    ircd = Ircd(caps)

    async def serve(reader, writer):
        client = Client(ircd, writer)
        try:
            while line := await reader.readline():
                ircd.requests.append(line.decode().rstrip("\r\n"))
                client.receive(ircd.requests[-1])
                await writer.drain()
        finally:
            ircd.clients.discard(client)

    async with listening(serve, tls) as ircd.port:
        ircd.address = f"irc://127.0.0.1:{ircd.port}"
        yield ircd


def ago(**time):
    return NOW - timedelta(**time)
