"""IMAP (RFC 9051 and 3501), as little of it as reading a mailbox takes: sign in, open, look, fetch, wait for news."""

import asyncio
import re
from base64 import b64encode
from collections.abc import AsyncIterator, Iterable, Mapping
from contextlib import asynccontextmanager

from wall.errors import SourceError
from wall.sources.fetch import MIB, Fetch
from wall.sources.mail.imap_response import (
    NUMBER,
    STATUS,
    Fetched,
    Mailbox,
    Refused,
    Response,
    fetched,
    quoted,
    said,
    uids,
)
from wall.sources.tcp import Lines, dialled

TLS_PORT = 993
ANSWER_SECONDS = 60.0
LONGEST_LINE = 64 * 1024  # bytes
LARGEST_ANSWER = 8 * MIB
MOST_RESPONSES = 200_000
LITERAL = re.compile(rb"\{(\d{1,10})\+?\}\r\n\Z")
NEWS = re.compile(rb"\* \d{1,10} EXISTS\b", re.IGNORECASE)


class Imap:
    """One conversation with a server. What goes wrong is a SourceError in words, or Refused."""

    def __init__(self, lines: Lines) -> None:
        self.lines = lines
        self.name = lines.name
        self.capabilities: frozenset[bytes] = frozenset()
        self.commands = 0
        self.news = False

    async def greet(self) -> None:
        """Hear the server's greeting and what it can do."""
        async with self.patience():
            greeting = await self.response()
        status = STATUS.match(greeting.line.removeprefix(b"* "))
        if not greeting.line.startswith(b"* ") or not status:
            raise SourceError(f"{self.name} does not speak IMAP as it should.")
        if status[1].upper() == b"BYE":
            raise SourceError(f"{self.name} does not let us in now: {said(status[3])}")
        await self.ask_capabilities()

    async def ask_capabilities(self) -> None:
        for response in await self.command(b"CAPABILITY"):
            word, *found = response.line.upper().split()
            if word == b"CAPABILITY":
                self.capabilities = frozenset(found)

    async def sign_in(self, user: str, password: str) -> None:
        """Sign in; raises Refused when the server does not take the name and password."""
        if b"AUTH=PLAIN" in self.capabilities:
            secret = b64encode(f"\0{user}\0{password}".encode())
            await self.command(b"AUTHENTICATE PLAIN", then=secret)
        elif b"LOGINDISABLED" in self.capabilities:
            raise Refused(b"LOGINDISABLED", "It takes no passwords.")
        else:
            await self.command(b" ".join((b"LOGIN", quoted(user), quoted(password))))
        await self.ask_capabilities()

    async def open(self, folder: str) -> Mailbox:
        """Open a mailbox so that nothing in it is changed, not even what is unread; raises Refused."""
        found = await self.command(b"EXAMINE " + quoted(folder))
        numbers = {}
        for response in found:
            if match := NUMBER.search(response.line):
                numbers["messages" if match[2] else "validity"] = int(match[2] or match[1])
        if "validity" not in numbers:
            raise SourceError(f"{self.name} does not number its messages for good (UIDVALIDITY).", permanent=True)
        return Mailbox(numbers["validity"], numbers.get("messages", 0))

    async def newest(self, mailbox: Mailbox, limit: int) -> list[int]:
        """Return the UIDs of the newest messages of a mailbox, oldest first."""
        if not mailbox.messages:
            return []
        return uids(await self.command(b"FETCH %d:* (UID)" % max(1, mailbox.messages - limit + 1)))

    async def after(self, uid: int) -> list[int]:
        """Return the UIDs of messages that came after one, oldest first."""
        self.news = False
        # Of a range that ends in “*”, the last message is always part.
        return [one for one in uids(await self.command(b"UID FETCH %d:* (UID)" % (uid + 1))) if one > uid]

    async def fetch(self, wanted: Iterable[int], size: int) -> Mapping[int, Fetched]:
        """Return the first `size` bytes of messages, by UID; what is gone by now is missing."""
        which = b",".join(b"%d" % uid for uid in wanted)
        answers = await self.command(b"UID FETCH %s (UID INTERNALDATE BODY.PEEK[]<0.%d>)" % (which, size))
        found = [one for one in map(fetched, answers) if one]
        return {one.uid: one for one in found}

    async def idle(self, seconds: float) -> None:
        """Wait until the server tells of a message since `after` was asked (RFC 2177), at most so long."""
        if self.news:
            return
        tag = await self.send(b"IDLE")
        async with self.patience():
            await self.asked_for_more(tag)
        try:
            async with asyncio.timeout(seconds):
                while not self.news:
                    if self.completed(Response((await self.line()).rstrip(b"\r\n")), tag):
                        return
        except TimeoutError:
            pass
        await self.lines.write(b"DONE\r\n")
        async with self.patience():
            await self.answers(tag)

    async def command(self, words: bytes, *, then: bytes | None = None) -> list[Response]:
        """Say something and return what the server has to say to it; `then` is what it asks for in between."""
        tag = await self.send(words)
        async with self.patience():
            if then is not None:
                await self.asked_for_more(tag)
                await self.lines.write(then + b"\r\n")
            return await self.answers(tag)

    async def send(self, words: bytes) -> bytes:
        self.commands += 1
        tag = b"w%d" % self.commands
        await self.lines.write(b"%s %s\r\n" % (tag, words))
        return tag

    async def asked_for_more(self, tag: bytes) -> None:
        while not (response := await self.response()).line.startswith(b"+"):
            self.completed(response, tag)

    async def answers(self, tag: bytes) -> list[Response]:
        found: list[Response] = []
        size = 0
        while not self.completed(response := await self.response(), tag):
            size += len(response.line) + sum(map(len, response.literals))
            if size > LARGEST_ANSWER or len(found) >= MOST_RESPONSES:
                raise SourceError(f"{self.name} answers with more than we asked for.")
            if response.line.startswith(b"* "):
                found.append(Response(response.line[2:], response.literals))
        return found

    def completed(self, response: Response, tag: bytes) -> bool:
        """Tell whether a response ends a command; raises Refused, or SourceError when the server says goodbye."""
        mark, _, rest = response.line.partition(b" ")
        status = STATUS.match(rest)
        if mark == b"*" and status and status[1].upper() == b"BYE":
            raise SourceError(f"{self.name} ends the conversation: {said(status[3])}")
        if mark != tag:
            return False
        if status is None:
            raise SourceError(f"{self.name} does not speak IMAP as it should.")
        if status[1].upper() != b"OK":
            raise Refused(status[2] or b"", said(status[3]))
        return True

    async def response(self) -> Response:
        """Return the next thing the server says, with the literals in it."""
        line, literals, left = await self.line(), [], LARGEST_ANSWER
        while match := LITERAL.search(line):
            size = int(match[1])
            left -= size
            if left < 0:
                raise SourceError(f"{self.name} sends something larger than we asked for.")
            literals.append(await self.exactly(size))
            line = line[: match.start()] + await self.line()
            if len(line) > LONGEST_LINE:
                raise SourceError(f"{self.name} sends a line longer than {LONGEST_LINE} bytes.")
        return Response(line.rstrip(b"\r\n"), literals)

    async def line(self) -> bytes:
        try:
            line = await self.lines.reader.readuntil(b"\r\n")
        except asyncio.LimitOverrunError as error:
            raise SourceError(f"{self.name} sends a line longer than {LONGEST_LINE} bytes.") from error
        except (asyncio.IncompleteReadError, OSError) as error:
            raise SourceError(f"{self.name} closed the connection.") from error
        self.news = self.news or NEWS.match(line) is not None
        return line

    async def exactly(self, size: int) -> bytes:
        try:
            return await self.lines.reader.readexactly(size)
        except (asyncio.IncompleteReadError, OSError) as error:
            raise SourceError(f"{self.name} closed the connection.") from error

    @asynccontextmanager
    async def patience(self) -> AsyncIterator[None]:
        try:
            async with asyncio.timeout(ANSWER_SECONDS):
                yield
        except TimeoutError as error:
            raise SourceError(f"{self.name} does not answer in time.") from error


@asynccontextmanager
async def connected(fetch: Fetch, host: str, port: int, *, secure: bool = True) -> AsyncIterator[Imap]:
    """Give a conversation with a server that has greeted us. Raises SourceError."""
    async with dialled(fetch, host, port, secure=secure, limit=LONGEST_LINE, low_ports=(TLS_PORT,)) as lines:
        imap = Imap(lines)
        await imap.greet()
        yield imap
