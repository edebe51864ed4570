"""Texts to a number, by SMS or WhatsApp, which Twilio sends us, signed. Nobody's number is shown or kept."""

import hashlib
import hmac
import re
from base64 import b64encode
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import ClassVar
from urllib.parse import parse_qsl

from wall.core import markup
from wall.core.event import Event
from wall.core.link import safe_href
from wall.core.post import Author, Media, Post, SourceRef
from wall.core.source import SourceSettings
from wall.core.text import clean_name
from wall.core.words import _
from wall.errors import InvalidInput, InvalidPost, NotAllowed
from wall.sources.base import Answer, Delivery, Option, Received, SetAside, SourceEvent, Upsert
from wall.sources.implied import implied
from wall.sources.payload import identifier

LARGEST_BODY = 64_000  # bytes
MOST_FIELDS = 200
MOST_MEDIA = 8
TOKEN = re.compile(r"[0-9a-zA-Z]{16,64}")
TEXTED_IN = "Texted in"
SILENCE = Answer("text/xml", '<?xml version="1.0" encoding="UTF-8"?><Response/>')
# What carriers and Twilio take as commands; nobody says anything by them.
COMMANDS = frozenset(
    (
        "stop", "stopall", "unsubscribe", "cancel", "end", "quit", "revoke", "optout", "start", "unstop", "yes", "help",
        "info",
    )
)  # fmt: skip


class Sms:
    """A number of yours at Twilio, by SMS, MMS or WhatsApp."""

    kind: ClassVar[str] = "sms"
    title: ClassVar[str] = _("Texts to a number (Twilio SMS, WhatsApp)")
    pushed: ClassVar[bool] = True
    nameless: ClassVar[bool] = True
    door: ClassVar[str] = "posts/sms"
    blind_spots: ClassVar[Sequence[str]] = (_("Edits and deletes; the network has none."),)
    options: ClassVar[Sequence[Option]] = (
        Option(
            name="name", label=_("Number"), help=_("The number to text to, as you tell it people; for you only.")
        ),
        Option(
            name="token",
            label=_("Auth token"),
            help=_(
                "In Twilio's console, on the account's first page. Save it here first; then give Twilio the address "
                "of this source: your number → Messaging → “A message comes in”, webhook, HTTP POST. "
                "While changing it, both may be given, the old one first, with a space between."
            ),
            required=True,
            secret=True,
        ),
    )

    @classmethod
    def check(cls, options: Mapping[str, str]) -> Mapping[str, str]:
        tokens = options.get("token", "").split()
        if not 1 <= len(tokens) <= 2 or not all(TOKEN.fullmatch(one) for one in tokens):
            raise InvalidInput(_("Copy the auth token from Twilio's console."), field="token")
        return {"name": clean_name(options.get("name", "")), "token": " ".join(tokens)}

    @classmethod
    def receive(cls, settings: SourceSettings, event: Event, delivery: Delivery, now: datetime) -> Received:
        if len(delivery.body) > LARGEST_BODY:
            raise InvalidPost(f"It is larger than {LARGEST_BODY // 1000} kB.")
        pairs = fields(delivery.body)
        verify(delivery, pairs, settings.options.get("token", "").split())
        said = dict(pairs)
        return Received(id=identifier(said, "MessageSid"), events=held(said, settings, event, now), answer=SILENCE)


def fields(body: bytes) -> list[tuple[str, str]]:
    """Return the form's fields; raises InvalidPost for what is no form."""
    try:
        return parse_qsl(body.decode("ascii"), keep_blank_values=True, max_num_fields=MOST_FIELDS)
    except ValueError as error:
        raise InvalidPost("It is not a form as Twilio sends them.") from error


def verify(delivery: Delivery, pairs: Sequence[tuple[str, str]], tokens: Sequence[str]) -> None:
    """Raise NotAllowed in words for a request that Twilio did not sign with one of the tokens."""
    given = delivery.headers.get("x-twilio-signature", "")
    if not given:
        raise NotAllowed(_("Twilio's signature is missing: X-Twilio-Signature."))
    expected = [signature(token, delivery.url, pairs) for token in tokens]
    if not any(hmac.compare_digest(one, given.encode(errors="replace")) for one in expected):
        raise NotAllowed(
            _(
                "The signature is wrong: another account's auth token, or Twilio knows this wall by another address."
            )
        )


def signature(token: str, url: str, pairs: Sequence[tuple[str, str]]) -> bytes:
    """Return what Twilio signs a request with: the address and then the fields, each once, in order."""
    signed = url + "".join(name + value for name, value in sorted(set(pairs)))
    return b64encode(hmac.digest(token.encode(), signed.encode(errors="replace"), hashlib.sha1))


def held(said: Mapping[str, str], settings: SourceSettings, event: Event, now: datetime) -> list[SourceEvent]:
    """Return what a text means for us. Refusing one would have Twilio tell its owner of a fault of ours."""
    if said.get("OptOutType") or said.get("Body", "").strip().lower() in COMMANDS:
        return []
    try:
        return [Upsert(parse(said, settings, event, now))]
    except InvalidPost as error:
        return [SetAside(f"A text: {error.message}")]


def parse(said: Mapping[str, str], settings: SourceSettings, event: Event, now: datetime) -> Post:
    marked = markup.from_text(said.get("Body", ""))
    media = attached(said)
    if not marked.text and not media:
        raise InvalidPost("It has neither words nor a picture.")
    return Post(
        uid=f"sms:{settings.id}/{identifier(said, 'MessageSid')}",
        source=SourceRef(id=settings.id, kind=settings.kind),
        author=Author(
            uid=f"sms:{settings.id}/{pseudonym(said.get('From', ''), settings)}", handle="", name=TEXTED_IN
        ),
        text=marked.text,
        spans=marked.spans,
        tags=implied(event, markup.tags(marked)),
        media=media,
        created_at=now,
        received_at=now,
    )


def pseudonym(number: str, settings: SourceSettings) -> str:
    """Return what tells a number apart from others and leads nobody back to it who lacks the token.

    All numbers there are could be hashed in an hour, so a hash without a key would hide none.
    """
    key = settings.options.get("token", "").split()[0]
    number = number.strip().lower().rpartition(":")[2]  # of “whatsapp:+49…” and “+49…”, the same person
    return hmac.digest(key.encode(), f"who texted: {number}".encode(), hashlib.sha256).hex()[:32]


def attached(said: Mapping[str, str]) -> tuple[Media, ...]:
    """Return the pictures that came along."""
    found = []
    for number in range(MOST_MEDIA):
        url = safe_href(said.get(f"MediaUrl{number}", ""))
        if url and said.get(f"MediaContentType{number}", "").startswith("image/"):
            found.append(Media(kind="image", url=url))
    return tuple(found)
