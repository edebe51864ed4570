"""Posts from channels of a Slack workspace, which Slack sends us by its Events API, signed. A route listens."""

import hashlib
import hmac
import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, ClassVar

from wall.core.event import Event
from wall.core.source import SourceSettings
from wall.core.words import _
from wall.errors import InvalidInput, InvalidPost, NotAllowed
from wall.sources.base import Answer, Delivery, Option, Received, SetAside, SourceEvent
from wall.sources.freshness import check_fresh
from wall.sources.payload import identifier, loads, mapping, string
from wall.sources.slack.message import author_uid, parse_event
from wall.sources.yes_no import yes_or_no

LARGEST_BODY = 256_000  # bytes
LONGEST_CHALLENGE = 500  # characters
SECRET = re.compile(r"[\x21-\x7e]{16,100}")
CHANNEL = re.compile(r"[CG][A-Z0-9]{2,30}")
PERSON = re.compile(r"[UWB][A-Z0-9]{2,30}")
SEPARATOR = re.compile(r"[\s,;]+")
MOST_CHANNELS = 20
HEARD = Answer("text/plain")


class Slack:
    """The channels of a workspace that an app of its own was added to."""

    kind: ClassVar[str] = "slack"
    title: ClassVar[str] = "Slack"
    pushed: ClassVar[bool] = True
    door: ClassVar[str] = "posts/slack"
    blind_spots: ClassVar[Sequence[str]] = (_("Files, and most people’s names."),)
    options: ClassVar[Sequence[Option]] = (
        Option(
            name="channels",
            label=_("Channels"),
            help=_(
                "Their ids, such as C0123ABCD (at the end of “About” of a channel). Left empty: "
                "every public channel that the app is in."
            ),
        ),
        Option(
            name="everything",
            label=_("Take all messages"),
            help=_("yes takes every message of these channels; no only those with a hashtag of the event."),
            default="yes",
        ),
        Option(
            name="secret",
            label=_("Signing secret"),
            help=_(
                "On api.slack.com/apps, your app, under Basic Information → App Credentials. Save it here first; "
                "then give Slack the address of this source under Event Subscriptions."
            ),
            required=True,
            secret=True,
        ),
    )

    @classmethod
    def known_as(cls, handle: str, settings: SourceSettings) -> tuple[str, ...]:
        person = handle.strip().lstrip("@").upper()
        if not PERSON.fullmatch(person):
            raise InvalidInput(
                _("Write the member's id, such as U0123ABCD (“Copy member ID” in their profile)."), field="handle"
            )
        return (author_uid(settings.id, person),)

    @classmethod
    def check(cls, options: Mapping[str, str]) -> Mapping[str, str]:
        channels = [name for name in SEPARATOR.split(options.get("channels", "").strip().upper()) if name]
        if len(channels) > MOST_CHANNELS or not all(CHANNEL.fullmatch(one) for one in channels):
            raise InvalidInput(_("A channel's id is like C0123ABCD; its name will not do."), field="channels")
        secret = options.get("secret", "").strip()
        if not SECRET.fullmatch(secret):
            raise InvalidInput(_("Copy the signing secret from your app's Basic Information."), field="secret")
        everything = yes_or_no(options.get("everything", "yes"), field="everything")
        return {"channels": " ".join(dict.fromkeys(channels)), "everything": everything, "secret": secret}

    @classmethod
    def receive(cls, settings: SourceSettings, event: Event, delivery: Delivery, now: datetime) -> Received:
        if len(delivery.body) > LARGEST_BODY:
            raise InvalidPost(f"It is larger than {LARGEST_BODY // 1000} kB.")
        verify(delivery.headers, delivery.body, settings.options.get("secret", ""), now)
        payload = mapping(loads(delivery.body))
        if string(payload, "type") == "url_verification":
            return Received(id="", answer=Answer("text/plain", string(payload, "challenge")[:LONGEST_CHALLENGE]))
        return Received(
            id=identifier(payload, "event_id") if "event_id" in payload else "limited",
            events=held(payload, settings, event, now),
            answer=HEARD,
        )


def verify(headers: Mapping[str, str], body: bytes, secret: str, now: datetime) -> None:
    """Raise NotAllowed in words for a request that Slack did not sign with this secret just now."""
    time, signature = headers.get("x-slack-request-timestamp", ""), headers.get("x-slack-signature", "")
    if not time or not signature:
        raise NotAllowed(_("Slack's signature is missing: X-Slack-Signature and X-Slack-Request-Timestamp."))
    check_fresh(time, now, name="X-Slack-Request-Timestamp")
    digest = hmac.new(secret.encode(), f"v0:{time}:".encode() + body, hashlib.sha256).hexdigest()
    if not secret or not hmac.compare_digest(f"v0={digest}".encode(), signature.encode(errors="replace")):
        raise NotAllowed(_("The signature is wrong: another app's signing secret, or the body was changed."))


def held(payload: Mapping[str, Any], settings: SourceSettings, event: Event, now: datetime) -> list[SourceEvent]:
    """Return what an event means for us. What cannot be shown is set aside: Slack would send it again and again."""
    if string(payload, "type") == "app_rate_limited":
        return [SetAside("Slack leaves messages out for a minute: the workspace sends too many.")]
    try:
        return parse_event(payload.get("event"), settings, event, now)
    except InvalidPost as error:
        return [SetAside(f"Slack: {error.message}")]
