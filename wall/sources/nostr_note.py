"""What Nostr's events say: a note as a post (kind 1), a profile (kind 0), a deletion (kind 5). Pure."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from wall.core import markup
from wall.core.language import language
from wall.core.link import safe_href
from wall.core.post import Author, Media, Post, SourceRef
from wall.core.text import clean, clean_name
from wall.core.wishes import wishes
from wall.errors import InvalidPost
from wall.sources import bech32
from wall.sources.nostr_event import KEY, NostrEvent
from wall.sources.payload import loads, mapping, string

NOTE, PROFILE, DELETION = 1, 0, 5
GATEWAY = "https://njump.me/"
FUTURE_MINUTES = 15
MOST_PICTURES = 8
PICTURE = re.compile(r"https://[^\s<>\"]+?\.(?:jpe?g|png|gif|webp|avif)(?:\?[^\s<>\"]*)?(?=\s|$)", re.IGNORECASE)
VIDEO = re.compile(r"https://[^\s<>\"]+?\.(?:mp4|webm|mov)(?:\?[^\s<>\"]*)?(?=\s|$)", re.IGNORECASE)
REFERENCE = re.compile(r"nostr:((?:npub|nprofile|note|nevent|naddr)1[a-z0-9]{20,2000})")


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """What somebody calls themselves, as of `created_at`."""

    created_at: int
    name: str = ""
    picture: str | None = None
    bot: bool | None = None
    wishes: tuple[str, ...] = ()


def parse_profile(event: NostrEvent) -> Profile:
    """Return a profile; raises InvalidPost when its content is no JSON."""
    fields = mapping(loads(event.content))
    name = clean_name(string(fields, "display_name")) or clean_name(string(fields, "name"))
    bot = fields.get("bot")
    return Profile(
        created_at=event.created_at,
        name=name,
        picture=safe_href(string(fields, "picture")),
        bot=bot if isinstance(bot, bool) else None,
        wishes=wishes(string(fields, "about")),
    )


def parse_note(event: NostrEvent, profile: Profile | None, *, source: SourceRef, now: datetime) -> Post | None:
    """Return the note as a post, or None once it has expired (NIP-40).

    Raises InvalidPost when it claims to come from the future.
    """
    expiration = event.value("expiration")
    if expiration and expiration.isdecimal() and len(expiration) < 15 and int(expiration) <= now.timestamp():
        return None
    created_at = claimed_time(event.created_at, now)
    media = attached(event)
    emojis = custom_emojis(event)
    marked = markup.from_text(readable(event.content, {one.url for one in media}), emojis=emojis)
    warning = clean(event.value("content-warning") or "")
    cautious = any(tag[0] == "content-warning" for tag in event.tags if tag)
    return Post(
        uid=f"nostr:{event.id}",
        source=source,
        author=author(event.pubkey, profile),
        url=GATEWAY + bech32.encode("note", bytes.fromhex(event.id)),
        text=marked.text,
        spans=marked.spans,
        tags=markup.tags(marked, meta=list(event.values("t")), warning=warning),
        media=media,
        emojis=emojis,
        content_warning=(warning or "Sensitive") if cautious else None,
        sensitive=cautious,
        language=declared_language(event),
        reply_to=reply_to(event),
        created_at=min(created_at, now),
        received_at=now,
    )


def deleted(event: NostrEvent) -> list[str]:
    """Return the ids of the notes that a deletion asks for; who asks must be who wrote them."""
    return [value for value in event.values("e") if KEY.fullmatch(value)]


def claimed_time(seconds: int, now: datetime) -> datetime:
    try:
        time = datetime.fromtimestamp(seconds, UTC)
    except (ValueError, OverflowError, OSError) as error:
        raise InvalidPost("Its time is none that there is.") from error
    if time > now + timedelta(minutes=FUTURE_MINUTES):
        raise InvalidPost("It claims to come from the future.")
    return time


def author(pubkey: str, profile: Profile | None) -> Author:
    npub = bech32.encode("npub", bytes.fromhex(pubkey))
    handle = shortened(npub)
    return Author(
        uid=f"nostr:{pubkey}",
        handle=handle,
        name=(profile.name if profile else "") or handle,
        url=GATEWAY + npub,
        avatar_url=profile.picture if profile else None,
        bot=profile.bot if profile else None,
        wishes=profile.wishes if profile else (),
    )


def shortened(name: str) -> str:
    start = name.index("1") + 5
    return f"{name[:start]}…{name[-4:]}"


def attached(event: NostrEvent) -> tuple[Media, ...]:
    """Return the pictures and videos whose addresses stand in the note, with what NIP-92 tells of them."""
    described = dict(picture_descriptions(event))
    found = {match[0]: "image" for match in PICTURE.finditer(event.content)}
    found |= {match[0]: "video" for match in VIDEO.finditer(event.content)}
    return tuple(
        Media(kind="video" if kind == "video" else "image", url=url, alt=described.get(url))
        for url, kind in list(found.items())[:MOST_PICTURES]
        if safe_href(url)
    )


def picture_descriptions(event: NostrEvent) -> list[tuple[str, str | None]]:
    found = []
    for tag in event.tags:
        if tag and tag[0] == "imeta":
            fields = dict(entry.partition(" ")[::2] for entry in tag[1:])
            found.append((fields.get("url", ""), markup.from_text(fields.get("alt", "")).text or None))
    return found


def readable(content: str, shown: set[str]) -> str:
    """Return a note's words, without the addresses of what is shown beside them and with short names of people."""
    for url in sorted(shown, key=len, reverse=True):
        content = content.replace(url, "")
    return REFERENCE.sub(lambda match: f"@{shortened(match[1])}", content)


def custom_emojis(event: NostrEvent) -> dict[str, Media]:
    """Return NIP-30's emoji by shortcode."""
    found = {}
    for tag in event.tags:
        if len(tag) > 2 and tag[0] == "emoji" and markup.is_shortcode(tag[1]) and safe_href(tag[2]):
            found[tag[1]] = Media(kind="image", url=tag[2], alt=f":{tag[1]}:")
    return found


def declared_language(event: NostrEvent) -> str | None:
    """Return the language of NIP-32's label, which few notes have."""
    labels = (tag[1] for tag in event.tags if len(tag) > 2 and tag[0] == "l" and tag[2] == "ISO-639-1")
    return language(next(labels, None))


def reply_to(event: NostrEvent) -> str | None:
    """Return the uid of the note this one answers (NIP-10): the one marked so, else the last without a mark."""
    marked = {tag[3]: tag[1] for tag in event.tags if len(tag) > 3 and tag[0] == "e"}
    plain = [tag[1] for tag in event.tags if 1 < len(tag) < 4 and tag[0] == "e"]
    answered = marked.get("reply") or marked.get("root") or (plain[-1] if plain else None)
    return f"nostr:{answered}" if answered and KEY.fullmatch(answered) else None
