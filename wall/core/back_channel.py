"""A back channel: a private thread that spins off a public post. What is said in it, by whom, and who reads that."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

from wall.core import consent
from wall.core.consent import Excerpt, Quote
from wall.core.member import Member
from wall.core.text import GRAPHEME, clean
from wall.core.words import _
from wall.errors import InvalidInput, NotFound

MOST_MESSAGES = 500
MOST_EXCERPTS = 20
LONGEST = 1000  # graphemes
LONGEST_RAW = 20_000  # characters, before anything is looked at

MessageKind = Literal["said", "deleted", "joined", "left", "proposed"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """One message, or the note that somebody joined, left or proposed to make something public."""

    number: int
    by: str
    name: str
    at: datetime
    kind: MessageKind = "said"
    text: str = ""
    edited: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Invitation:
    """A link that lets one person in, once: `whom` it is for is what the inviter wrote."""

    id: str
    whom: str
    by: str
    by_name: str
    expires_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Thread:
    """A back channel without its messages. `asked` were asked directly and have not answered, `last` is the number of
    the newest message. `team_ask` names the question to the team that brings one of them in.
    """

    id: str
    post_id: str
    starter: str
    members: tuple[Member, ...]
    started_at: datetime
    asked: tuple[Member, ...] = ()
    invitations: tuple[Invitation, ...] = ()
    excerpts: tuple[Excerpt, ...] = ()
    team_ask: str = ""
    last: int = 0

    def member(self, id: str) -> Member | None:
        return next((one for one in self.members if one.id == id), None)

    def is_asked(self, id: str) -> bool:
        return any(one.id == id for one in self.asked)

    def excerpt(self, id: str) -> Excerpt:
        """Return a proposal; raises NotFound."""
        return found(next((one for one in self.excerpts if one.id == id), None))


@dataclass(frozen=True, slots=True)
class Change:
    """What an act makes of a thread, None when nothing is left of it, and the messages that are new or other now."""

    thread: Thread | None
    messages: tuple[Message, ...] = ()


def found(it: Excerpt | None) -> Excerpt:
    if it is None:
        raise NotFound(_("There is nothing at this address."))
    return it


def me(thread: Thread, id: str) -> Member:
    """Return who acts; whoever is no member is told what they are told where there is no thread."""
    member = thread.member(id)
    if member is None:
        raise NotFound(_("There is nothing at this address."))
    return member


def start(
    id: str, post_id: str, starter: Member, now: datetime, *, asked: Member | None = None, words: str = ""
) -> Change:
    """Begin a thread, with the words with which others are asked in, if there are any."""
    thread = Thread(
        id=id,
        post_id=post_id,
        starter=starter.id,
        members=(starter,),
        asked=(asked,) if asked else (),
        started_at=now,
    )
    return added(thread, starter, "said", now, text=own_words(words)) if words.strip() else Change(thread)


# Messages


def say(thread: Thread, by: str, text: str, now: datetime) -> Change:
    """Add a message; raises InvalidInput while nobody else is there, and when it is full."""
    member = me(thread, by)
    if len(thread.members) == 1:
        raise InvalidInput(_("Nobody else is here yet. You can write once somebody is."), field="text")
    if thread.last >= MOST_MESSAGES:
        raise InvalidInput(_("This conversation is full; begin a new one."), field="text")
    return added(thread, member, "said", now, text=own_words(text))


def added(thread: Thread, member: Member, kind: MessageKind, now: datetime, *, text: str = "") -> Change:
    number = thread.last + 1
    message = Message(number=number, by=member.id, name=member.name, at=now, kind=kind, text=text)
    return Change(replace(thread, last=number), (message,))


def rewrite(thread: Thread, by: str, message: Message, text: str) -> Change:
    """Give one's own message other words; what quotes the old ones is stopped."""
    mine(thread, by, message)
    words = own_words(text)
    if words == message.text:
        return Change(thread)
    return Change(unquoted(thread, (message.number,)), (replace(message, text=words, edited=True),))


def unsay(thread: Thread, by: str, messages: Sequence[Message]) -> Change:
    """Erase the words of one's own messages; what quotes them is stopped."""
    for message in messages:
        mine(thread, by, message)
    gone = tuple(replace(one, kind="deleted", text="", edited=False) for one in messages)
    return Change(unquoted(thread, [one.number for one in gone]), gone)


def mine(thread: Thread, by: str, message: Message) -> None:
    if me(thread, by).id != message.by or message.kind != "said":
        raise NotFound(_("There is nothing at this address."))


def unquoted(thread: Thread, numbers: Collection[int]) -> Thread:
    return replace(thread, excerpts=consent.without(thread.excerpts, numbers=numbers))


def readable(thread: Thread, by: str, messages: Sequence[Message]) -> list[Message]:
    """Return the messages that a member may read, oldest first."""
    member = me(thread, by)
    return [one for one in messages if one.number > member.since]


def shown_excerpts(thread: Thread, by: str) -> list[Excerpt]:
    """Return the proposals that a member may read: none of what was said before they came."""
    member = me(thread, by)
    return [one for one in thread.excerpts if all(quote.number > member.since for quote in one.quotes)]


def own_words(text: str) -> str:
    """Return a message as it is kept; raises InvalidInput when there is nothing in it, or too much."""
    words = clean(text[:LONGEST_RAW])
    length = sum(1 for _ in GRAPHEME.finditer(words))
    if not words:
        raise InvalidInput(_("Write something first."), field="text")
    if len(text) > LONGEST_RAW or length > LONGEST:
        raise InvalidInput(
            _("This has %(length)s characters; %(longest)s fit.", length=length, longest=LONGEST), field="text"
        )
    return words


# From private to public


def propose(thread: Thread, by: str, messages: Sequence[Message], id: str, now: datetime) -> Change:
    """Ask everybody who is quoted whether these messages may become a post."""
    member = me(thread, by)
    if len(thread.excerpts) >= MOST_EXCERPTS:
        raise InvalidInput(_("Very much was proposed here already."))
    quotes = [
        Quote(number=one.number, by=one.by, name=one.name, text=one.text)
        for one in readable(thread, by, messages)
        if one.kind == "said"
    ]
    if any(thread.member(quote.by) is None for quote in quotes):
        raise InvalidInput(_("Somebody who said that has left, and cannot be asked any more."))
    excerpt = consent.propose(id, by=by, by_name=member.name, quotes=quotes, now=now)
    return added(replace(thread, excerpts=(*thread.excerpts, excerpt)), member, "proposed", now)


def answer(thread: Thread, by: str, excerpt_id: str, *, agrees: bool) -> Change:
    """Give one's consent to a proposal, or take it back."""
    me(thread, by)
    thread.excerpt(excerpt_id)
    change = consent.agree if agrees else consent.withdraw
    excerpts = tuple(change(one, by) if one.id == excerpt_id else one for one in thread.excerpts)
    return Change(replace(thread, excerpts=excerpts))


def ended(before: Thread, after: Thread | None) -> list[Excerpt]:
    """Return the excerpts to which not everybody agrees any more, and whose posts are to be taken down."""
    still = {one.id for one in after.excerpts if one.stage == "agreed"} if after else set()
    return [one for one in before.excerpts if one.stage == "agreed" and one.id not in still]
