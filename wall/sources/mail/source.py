"""Posts by e-mail, to an address of the event's own: its mailbox is read by IMAP, and nothing in it is changed."""

import asyncio
import re
from collections.abc import AsyncGenerator, Mapping, Sequence
from typing import ClassVar

from wall.core.post import SourceRef
from wall.core.source import Place
from wall.core.words import _
from wall.errors import InvalidInput, InvalidPost, SourceError
from wall.sources.base import Batch, Checkpoint, Context, Health, Option, SetAside, SourceEvent, Upsert
from wall.sources.fetch import MIB
from wall.sources.mail.imap import TLS_PORT, Imap, connected
from wall.sources.mail.imap_response import Fetched, Mailbox, Refused
from wall.sources.mail.message import parse_mail
from wall.sources.yes_no import yes_or_no

SERVER = re.compile(r"([a-z0-9](?:[a-z0-9.-]{0,250}[a-z0-9])?)(?::(\d{1,5}))?", re.ASCII)
POSITION = re.compile(r"(\d{1,10})/(\d{1,10})", re.ASCII)
LONGEST_ANSWER = 300  # characters
BACKFILL = 500  # messages
AT_ONCE = 20  # messages
BEGINNING = MIB // 4  # of a message; its words stand before what is attached
CANNOT_TELL = "of a sender’s address nothing is shown or kept; attached files are left out."


class Mail:
    """A mailbox that people write to. New mail is told of at once where the server can, else looked for."""

    kind: ClassVar[str] = "mail"
    title: ClassVar[str] = _("E-mail")
    pushed: ClassVar[bool] = False
    blind_spots: ClassVar[Sequence[str]] = (
        _("Attached pictures and files; edits and deletes, which e-mail has not."),
        _("Whether a sender is who they say: an e-mail always waits for a moderator."),
    )
    options: ClassVar[Sequence[Option]] = (
        Option(
            name="server",
            label=_("IMAP server"),
            help=_("Such as imap.example.org; read over TLS, on port 993."),
            required=True,
        ),
        Option(
            name="user",
            label=_("User name"),
            help=_(
                "Often the address itself. Make a mailbox for the event alone: all that comes in may be shown."
            ),
            required=True,
        ),
        Option(
            name="password",
            label=_("Password"),
            help=_("Of this mailbox. Where you sign in with a second factor, make an app password for the wall."),
            required=True,
            secret=True,
        ),
        Option(
            name="folder",
            label=_("Folder"),
            help=_("Which one to read."),
            directs=False,
            expert=True,
            default="INBOX",
        ),
        Option(
            name="everything",
            label=_("Take all mails"),
            help=_("yes takes every mail; no only those with a hashtag of the event."),
            directs=False,
            default="yes",
        ),
    )
    secure: ClassVar[bool] = True
    idle_seconds: ClassVar[float] = 240.0  # a connection that died unnoticed is found out by then
    poll_seconds: ClassVar[float] = 30.0

    def __init__(self, context: Context) -> None:
        self.context = context
        self.asked = self.check(context.settings.options)
        host, _, port = self.asked["server"].partition(":")
        self.host, self.port = host, int(port or TLS_PORT)
        self.source = SourceRef(id=context.settings.id, kind=self.kind)

    @classmethod
    def describe(cls, position: str) -> Place | None:
        match = POSITION.fullmatch(position)
        return Place(_("message %(number)s of the folder", number=match[2])) if match else None

    @classmethod
    def check(cls, options: Mapping[str, str]) -> Mapping[str, str]:
        server = options.get("server", "").strip().lower().removesuffix(f":{TLS_PORT}")
        match = SERVER.fullmatch(server)
        if match is None or not 1 <= int(match[2] or TLS_PORT) <= 65535:
            raise InvalidInput(_("Write the name of an IMAP server, such as imap.example.org."), field="server")
        answers = {name: options.get(name, "") for name in ("user", "password", "folder")}
        user, folder = answers["user"].strip(), answers["folder"].strip() or "INBOX"
        if not usable(user):
            raise InvalidInput(_("Write the name that you sign in to this mailbox with."), field="user")
        if not usable(answers["password"]):
            raise InvalidInput(_("Write the password of this mailbox, or an app password."), field="password")
        if not usable(folder) or not folder.isascii() or "*" in folder or "%" in folder:
            raise InvalidInput(_("Name one folder in plain letters, such as INBOX."), field="folder")
        everything = yes_or_no(options.get("everything", "yes"), field="everything")
        return {
            "server": server,
            "user": user,
            "password": answers["password"],
            "folder": folder,
            "everything": everything,
        }

    async def posts(self, since: str | None) -> AsyncGenerator[Batch, None]:
        async with connected(self.context.fetch, self.host, self.port, secure=self.secure) as imap:
            try:
                mailbox = await self.open(imap)
                yield [Health("healthy", self.about(imap))]
                last = known(since, mailbox)
                while True:
                    wanted = await (imap.newest(mailbox, BACKFILL) if last is None else imap.after(last))
                    for start in range(0, len(wanted), AT_ONCE):
                        some = wanted[start : start + AT_ONCE]
                        found = await imap.fetch(some, BEGINNING)
                        events: list[SourceEvent] = []
                        for mail in (found[uid] for uid in some if uid in found):
                            # One that was made to be slow must not hold up everybody else.
                            events += await asyncio.to_thread(self.read, mail)
                        yield [*events, Checkpoint(f"{mailbox.validity}/{some[-1]}")]
                    last = wanted[-1] if wanted else last or 0
                    await self.wait(imap)
            except Refused as error:
                raise SourceError(f"{self.host} refuses what we ask: {error.words}") from error

    async def open(self, imap: Imap) -> Mailbox:
        """Sign in and open the folder; raises SourceError in words."""
        try:
            await imap.sign_in(self.asked["user"], self.asked["password"])
        except Refused as error:
            # What the server says is left out, for some repeat what they were told.
            if error.passes:
                raise SourceError(f"{self.host} lets nobody in at the moment.") from error
            raise SourceError(refusal(self.host, error), permanent=True) from error
        try:
            return await imap.open(self.asked["folder"])
        except Refused as error:
            raise SourceError(
                f"The folder “{self.asked['folder']}” cannot be opened: {error.words}", permanent=not error.passes
            ) from error

    def about(self, imap: Imap) -> str:
        when = (
            "New mail is told of at once"
            if b"IDLE" in imap.capabilities
            else f"New mail is looked for every {self.poll_seconds:.0f} seconds, as the server cannot tell of it"
        )
        return f"Reading {self.asked['folder']} at {self.host}. {when}; {CANNOT_TELL}"

    async def wait(self, imap: Imap) -> None:
        """Wait until there may be something new."""
        if b"IDLE" in imap.capabilities:
            await imap.idle(self.idle_seconds)
        else:
            await asyncio.sleep(self.poll_seconds)
            await imap.command(b"NOOP")

    def read(self, mail: Fetched) -> list[SourceEvent]:
        try:
            post = parse_mail(
                mail.body,
                arrived=mail.arrived,
                key=self.asked["password"],
                everything=self.asked["everything"] == "yes",
                event=self.context.event,
                source=self.source,
                now=self.context.now(),
            )
        except InvalidPost as error:
            return [SetAside(error.message)]
        return [Upsert(post)] if post and self.context.event.may_want(post) else []


def usable(answer: str) -> bool:
    return 0 < len(answer) <= LONGEST_ANSWER and answer.isprintable()


def known(since: str | None, mailbox: Mailbox) -> int | None:
    """Return the last message that was read of this mailbox; None when that is not known, or no longer true."""
    match = POSITION.fullmatch(since or "")
    return int(match[2]) if match and int(match[1]) == mailbox.validity else None


def refusal(host: str, error: Refused) -> str:
    if error.code == b"LOGINDISABLED":
        return f"{host} takes no passwords from programs. Make a mailbox at a provider where they can."
    return (
        f"{host} does not accept the user name and password. Where you sign in with a second factor (Gmail, iCloud, "
        "Fastmail and others) the wall needs an app password, made in the account’s security settings; elsewhere "
        "IMAP may have to be switched on first."
    )
