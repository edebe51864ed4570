"""A server of IMAP, as far as a reader asks one, over a real socket; what it says can be changed."""

from base64 import b64decode
from contextlib import asynccontextmanager
from datetime import timedelta

from tests.raw_server import listening
from tests.sources.world import NOW

USER, PASSWORD = "wall@event.example", 'open "sesame"'
VALIDITY = 77
PAGE = "HTTP/1.1 200 OK\r\ncontent-type: text/html\r\n\r\n<h1>We are back soon</h1>"


def letter(text="Hello #PyConDE", *headers, sender="Mia Muster <mia@home.example>", subject="Re: wall", number=1):
    """Return a mail as it travels; further `headers` are whole lines."""
    lines = (f"From: {sender}", f"Subject: {subject}", f"Message-ID: <{number}@home.example>", *headers, "", text)
    return "\r\n".join(lines).encode()


class Imapd:
    """`mails` are what is in its folder, by UID; `answers` what it says instead, by command."""

    def __init__(self, capabilities):
        self.capabilities = capabilities
        self.mails = {}
        self.arrived = {}
        self.answers = {}
        self.greeting = "* OK ready"
        self.validity = VALIDITY
        self.requests = []
        self.idling = set()
        self.connections = 0

    def deliver(self, raw, *, minutes_ago=0):
        uid = max(self.mails, default=0) + 1
        self.mails[uid] = raw
        self.arrived[uid] = NOW - timedelta(minutes=minutes_ago)
        for writer in self.idling:
            writer.write(b"* %d EXISTS\r\n" % len(self.mails))

    def asked(self, command):
        return [words for words in self.requests if words.upper().startswith(command)]

    def exists(self):
        return f"* {len(self.mails)} EXISTS\r\n".encode()

    def number(self, which):
        return list(self.mails).index(which) + 1

    def found(self, words):
        """Return the UIDs that `FETCH 1:*` or `UID FETCH 3,4` asks for."""
        by_uid = words.upper().startswith("UID")
        asked = words.split()[2 if by_uid else 1]
        if asked.endswith(":*"):
            start = int(asked.removesuffix(":*"))
            wanted = [uid for uid in self.mails if (uid if by_uid else self.number(uid)) >= start]
            return wanted or list(self.mails)[-1:]
        return [int(uid) for uid in asked.split(",") if int(uid) in self.mails]

    def fetched(self, words):
        if "BODY.PEEK" not in words:
            return b"".join(b"* %d FETCH (UID %d)\r\n" % (self.number(uid), uid) for uid in self.found(words))
        size = int(words.rpartition(".")[2].partition(">")[0])
        return b"".join(self.told(uid, self.mails[uid][:size]) for uid in self.found(words))

    def told(self, uid, raw):
        arrived = f"{self.arrived[uid]:%d-%b-%Y %H:%M:%S} +0000".encode()
        head = b'* %d FETCH (UID %d INTERNALDATE "%s" BODY[]<0> {%d}\r\n' % (
            self.number(uid),
            uid,
            arrived,
            len(raw),
        )
        return head + raw + b")\r\n"

    async def serve(self, reader, writer):
        self.connections += 1
        writer.write(f"{self.greeting}\r\n".encode())
        while line := (await reader.readline()).decode().rstrip("\r\n"):
            tag, _, words = line.partition(" ")
            self.requests.append(words)
            await self.answer(tag, words, reader, writer)
            await writer.drain()

    async def answer(self, tag, words, reader, writer):
        command = words.upper()
        scripted = next((said for start, said in self.answers.items() if command.startswith(start)), None)
        if scripted is not None:
            writer.write(scripted.replace("TAG", tag).encode())
            return
        said = "OK done"
        if command == "CAPABILITY":
            writer.write(f"* CAPABILITY {self.capabilities}\r\n".encode())
        elif command == "AUTHENTICATE PLAIN":
            writer.write(b"+ \r\n")
            given = b64decode(await reader.readline()).decode()
            said = said if given == f"\0{USER}\0{PASSWORD}" else "NO [AUTHENTICATIONFAILED] Invalid credentials"
        elif command.startswith("LOGIN"):
            right = words == 'LOGIN "wall@event.example" "open \\"sesame\\""'
            said = said if right else "NO LOGIN failed"
        elif command.startswith("EXAMINE"):
            writer.write(self.exists() + b"* OK [UIDVALIDITY %d] for good\r\n" % self.validity)
        elif "FETCH" in command:
            writer.write(self.fetched(words))
        elif command == "IDLE":
            writer.write(b"+ idling\r\n")
            self.idling.add(writer)
            await reader.readline()
            self.idling.discard(writer)
        writer.write(f"{tag} {said}\r\n".encode())


@asynccontextmanager
async def running(capabilities="IMAP4rev1 AUTH=PLAIN IDLE", tls=None):
    """Run a server that can do this."""
    imapd = Imapd(capabilities)

    async def serve(reader, writer):
        try:
            await imapd.serve(reader, writer)
        finally:
            imapd.idling.discard(writer)

    async with listening(serve, tls) as port:
        imapd.server = f"127.0.0.1:{port}"
        yield imapd
