"""Values to bytes and back. Unknown fields are passed over, so that an older program reads a newer one's values."""

from typing import Any, TypeVar

import msgspec

from wall.core.announcing import Announcement
from wall.core.answering import Sent
from wall.core.api_key import ApiKey
from wall.core.audit import Entry
from wall.core.back_channel import Message, Thread
from wall.core.barring import Barred
from wall.core.brand import Brand
from wall.core.caseload import Held
from wall.core.circle import Browser, Member, OwnLink
from wall.core.consent import Excerpt
from wall.core.curtain import Curtain
from wall.core.edition import Edition
from wall.core.erasure import Erased, Wish
from wall.core.event import Event
from wall.core.event_report import EventReport
from wall.core.gathered import Gathered, Place
from wall.core.leave_request import LeaveRequest
from wall.core.letter import Letter
from wall.core.mailbox import AskedMailbox
from wall.core.moderation import Standing
from wall.core.mood import Mood, Word
from wall.core.overlay import Overlay
from wall.core.panic import Restriction
from wall.core.participant import Participant
from wall.core.people import Link, Person, Screen, Session
from wall.core.poll import Poll
from wall.core.post import Post
from wall.core.programme import Preview, Programme, Reading
from wall.core.proposal import Proposal
from wall.core.push import PushAddress
from wall.core.question import Question
from wall.core.quoting import Written
from wall.core.rehearsing import Rehearsing
from wall.core.report import Mine, Report, TeamAsk
from wall.core.retention import Figures
from wall.core.rules import Chain
from wall.core.scenes import Direction, SceneList
from wall.core.showing import Showing
from wall.core.source import SourceSettings
from wall.core.sponsors import Sponsors
from wall.core.stage import Stage
from wall.core.story import Story
from wall.core.subscription import Subscription
from wall.core.webhook import Attempt, Progress, Webhook

Value = TypeVar(
    "Value",
    Erased,
    Figures,
    Wish,
    Rehearsing,
    Event,
    Standing,
    Person,
    Session,
    Link,
    AskedMailbox,
    Letter,
    Screen,
    Brand,
    Sponsors,
    SourceSettings,
    Subscription,
    Chain,
    Curtain,
    Restriction,
    SceneList,
    Direction,
    Showing,
    Overlay,
    Stage,
    Entry,
    LeaveRequest,
    Programme,
    Preview,
    Reading,
    Written,
    Sent,
    Announcement,
    Edition,
    Gathered,
    Place,
    Story,
    EventReport,
    Participant,
    Poll,
    Question,
    Member,
    Browser,
    OwnLink,
    Proposal,
    Excerpt,
    Thread,
    Message,
    Mine,
    Report,
    Barred,
    TeamAsk,
    PushAddress,
    Mood,
    Held,
    Word,
    ApiKey,
    Webhook,
    Progress,
    Attempt,
)


def plain(value: object) -> str:
    """Return words for people as they are kept, in English; raises TypeError for what nothing is kept of."""
    if isinstance(value, str):
        return str(value)
    raise TypeError(f"Nothing is kept of a {type(value).__name__}")


ENCODER = msgspec.json.Encoder(enc_hook=plain)
DECODERS: dict[type, msgspec.json.Decoder[Any]] = {
    kind: msgspec.json.Decoder(kind) for kind in Value.__constraints__
}


POST = msgspec.json.Decoder(Post)
LONGEST_WHY = 120  # characters


def encode(value: Value) -> bytes:
    return ENCODER.encode(value)


def decode(kind: type[Value], data: bytes) -> Value:
    """Return the value kept as `data`; raises msgspec.ValidationError when it is not one."""
    value: Value = DECODERS[kind].decode(data)
    return value


def unkeepable(post: Post) -> str | None:
    """Return, in words, why a post could not be kept and read again; None when it can."""
    try:
        kept = POST.decode(ENCODER.encode(post))
    except UnicodeError:
        return "it holds half a letter, which cannot be written down."
    except (TypeError, ValueError, OverflowError, RecursionError, msgspec.MsgspecError) as error:
        return f"something in it is of the wrong kind: {ascii(str(error))[1:-1][:LONGEST_WHY]}"
    if kept.created_at.tzinfo is None or kept.received_at.tzinfo is None:
        return "its time says nothing of its zone."
    return None
