"""Values to bytes and back. Unknown fields are passed over, so that an older program reads a newer one's values."""

from typing import Any, TypeVar

import msgspec

from wall.core.announcing import Announcement
from wall.core.answering import Sent
from wall.core.audit import Entry
from wall.core.back_channel import Message, Thread
from wall.core.brand import Brand
from wall.core.circle import Browser, Member, OwnLink
from wall.core.curtain import Curtain
from wall.core.event import Event
from wall.core.leave_request import LeaveRequest
from wall.core.moderation import Standing
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
from wall.core.report import Mine, Report, TeamAsk
from wall.core.rules import Chain
from wall.core.scenes import Direction, SceneList
from wall.core.showing import Showing
from wall.core.source import SourceSettings
from wall.core.sponsors import Sponsors
from wall.core.stage import Stage
from wall.core.story import Story
from wall.core.subscription import Subscription

Value = TypeVar(
    "Value",
    Event,
    Standing,
    Person,
    Session,
    Link,
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
    Story,
    Participant,
    Poll,
    Question,
    Member,
    Browser,
    OwnLink,
    Proposal,
    Thread,
    Message,
    Mine,
    Report,
    TeamAsk,
    PushAddress,
)

ENCODER = msgspec.json.Encoder()
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
