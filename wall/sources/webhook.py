"""Posts that another program sends us, signed after the Standard Webhooks scheme. A route listens."""

import hmac
import secrets
from base64 import b64decode
from binascii import Error as NotBase64
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, ClassVar

from wall.core import markup
from wall.core.event import Event
from wall.core.language import language
from wall.core.link import safe_href
from wall.core.post import Author, Media, Post, SourceRef
from wall.core.signing import digest, key_of, secret_of
from wall.core.source import SourceSettings
from wall.core.text import clean, clean_name
from wall.core.words import _
from wall.errors import InvalidPost, NotAllowed
from wall.sources.base import Delete, Delivery, Option, Received, Upsert
from wall.sources.freshness import check_fresh
from wall.sources.implied import implied
from wall.sources.payload import identifier, loads, mapping, mappings, milliseconds, moment, string, strings

LARGEST_BODY = 256_000  # bytes
LONGEST_ID = 200  # characters
MOST_SIGNATURES = 10
MOST_MEDIA = 8
SOMEONE = "Someone"


class Webhook:
    """A program that sends posts for the event, such as a bridge to another network."""

    kind: ClassVar[str] = "webhook"
    title: ClassVar[str] = _("Signed webhook")
    pushed: ClassVar[bool] = True
    door: ClassVar[str] = "posts"
    options: ClassVar[Sequence[Option]] = (
        Option(
            name="name",
            label=_("Name"),
            help=_("What moderators see as the origin of these posts."),
            default="Webhook",
        ),
        Option(
            name="secret",
            label=_("Secret"),
            help=_(
                "What the sender signs with (Standard Webhooks, whsec_…). Left empty, one is made. "
                "While changing it, both may be given, with a space between."
            ),
            secret=True,
        ),
    )

    @classmethod
    def known_as(cls, handle: str, settings: SourceSettings) -> tuple[str, ...]:
        return (author_uid(settings.id, clean_name(handle).lstrip("@")),)

    @classmethod
    def check(cls, options: Mapping[str, str]) -> Mapping[str, str]:
        given = options.get("secret", "").split() or [new_secret()]
        for one in given:
            key_of(one)
        return {"name": clean_name(options.get("name", "")) or "Webhook", "secret": " ".join(given[:2])}

    @classmethod
    def receive(cls, settings: SourceSettings, event: Event, delivery: Delivery, now: datetime) -> Received:
        if len(delivery.body) > LARGEST_BODY:
            raise InvalidPost(f"It is larger than {LARGEST_BODY // 1000} kB.")
        secrets = settings.options.get("secret", "").split()
        id = verify(delivery.headers, delivery.body, secrets, now)
        return Received(id=id, events=[parse(loads(delivery.body), settings, event, now)])


def verify(headers: Mapping[str, str], body: bytes, secrets: Sequence[str], now: datetime) -> str:
    """Return the webhook-id of a request that was signed with one of the secrets; raises NotAllowed in words."""
    webhook_id, time = headers.get("webhook-id", ""), headers.get("webhook-timestamp", "")
    signatures = headers.get("webhook-signature", "")
    for name, value in (("id", webhook_id), ("timestamp", time), ("signature", signatures)):
        if not value:
            raise NotAllowed(_("The header webhook-%(name)s is missing.", name=name))
    if len(webhook_id) > LONGEST_ID or not webhook_id.isascii() or not webhook_id.isprintable():
        raise NotAllowed(_("The webhook-id is not one."))
    check_fresh(time, now, name="webhook-timestamp")
    expected = [digest(secret, webhook_id, time, body) for secret in secrets]
    if not any(hmac.compare_digest(one, other) for one in given(signatures) for other in expected):
        raise NotAllowed(_("The signature is wrong: another secret, or the body was changed on its way."))
    return webhook_id


def given(signatures: str) -> list[bytes]:
    """Return the signatures of the scheme's first version that a header holds."""
    found = []
    for entry in signatures.split(" ")[:MOST_SIGNATURES]:
        version, _, text = entry.partition(",")
        if version == "v1":
            try:
                found.append(b64decode(text, validate=True))
            except (NotBase64, ValueError):
                continue
    return found


def new_secret() -> str:
    return secret_of(secrets.token_bytes(32))


def parse(payload: object, settings: SourceSettings, event: Event, now: datetime) -> Upsert | Delete:
    """Return what a sender wants shown or taken back; raises InvalidPost naming what is wrong."""
    if not isinstance(payload, dict):
        raise InvalidPost("The body must be a JSON object.")
    uid = f"webhook:{settings.id}/{identifier(payload, 'external_id')}"
    op = payload.get("op", "upsert")
    if op == "delete":
        return Delete(uid)
    if op != "upsert":
        raise InvalidPost("“op” is either upsert or delete.", field="op")
    return Upsert(parse_post(payload, uid, SourceRef(id=settings.id, kind=Webhook.kind), event, now))


def parse_post(payload: Mapping[str, Any], uid: str, source: SourceRef, event: Event, now: datetime) -> Post:
    text, html = string(payload, "text"), string(payload, "html")
    marked = markup.from_text(text) if text else markup.from_html(html)
    media = parse_media(payload)
    if not marked.text and not media:
        raise InvalidPost("It has neither text nor html nor media to show.", field="text")
    created_at = moment(payload.get("created_at"))
    if created_at is None and payload.get("created_at") is not None:
        raise InvalidPost("“created_at” is not a time such as 2026-11-22T10:00:00Z.", field="created_at")
    edited_at = moment(payload.get("edited_at"))
    return Post(
        uid=uid,
        source=source,
        author=parse_author(mapping(payload.get("author")), source),
        url=safe_href(string(payload, "url")),
        text=marked.text,
        spans=marked.spans,
        tags=implied(event, markup.tags(marked, meta=strings(payload.get("hashtags")))),
        media=media,
        content_warning=clean(string(payload, "warning")) or None,
        sensitive=payload.get("sensitive") is True or bool(string(payload, "warning")),
        language=language(string(payload, "language")),
        created_at=min(created_at or now, now),
        received_at=now,
        revision=milliseconds(edited_at),
    )


def parse_author(author: Mapping[str, Any], source: SourceRef) -> Author:
    """Return who wrote it, as the sender says; told apart from others by handle, failing that by name."""
    name, handle = clean_name(string(author, "name")), clean_name(string(author, "handle")).lstrip("@")
    return Author(
        uid=author_uid(source.id, handle or name or SOMEONE),
        handle=handle,
        name=name or handle or SOMEONE,
        url=safe_href(string(author, "url")),
        avatar_url=safe_href(string(author, "avatar")),
    )


def author_uid(source: str, handle: str) -> str:
    """Return which author a handle, or a name without one, is of those that a sender tells of."""
    return f"webhook:{source}/{handle.lower()}"


def parse_media(payload: Mapping[str, Any]) -> tuple[Media, ...]:
    found = []
    for entry in mappings(payload.get("media"), limit=MOST_MEDIA):
        url = safe_href(string(entry, "url"))
        if url is None:
            raise InvalidPost("A picture's “url” is not an address of the web.", field="media")
        found.append(Media(kind="image", url=url, alt=clean(string(entry, "alt")) or None))
    return tuple(found)
