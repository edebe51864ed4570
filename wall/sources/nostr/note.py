"""What Nostr's events say: a note as a post, what a deletion asks for, and which note was passed on. Pure."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

from wall.core import markup
from wall.core.language import language
from wall.core.link import safe_href
from wall.core.post import Post, SourceRef
from wall.core.text import clean, clean_name
from wall.errors import InvalidPost
from wall.sources.nostr import bech32
from wall.sources.nostr.event import KEY, NostrEvent
from wall.sources.nostr.media import attached, custom_emojis
from wall.sources.nostr.profile import GATEWAY, Profile, author
from wall.sources.nostr.text import marked

PROFILE, NOTE, DELETION, COMMENT = 0, 1, 5, 1111
PICTURES = (20, 21, 22)  # of NIP-68 and NIP-71: a title, words, and pictures or a video told of in tags
REPOSTS = (6, 16)
NOTES = (NOTE, *PICTURES, COMMENT)
FUTURE_MINUTES = 15
PROTECTED = "-"
UID = "nostr:"
WARNING = "content-warning"
NETWORKS = {"activitypub": ("ap:", ("https://", "http://")), "atproto": ("", ("at://did:",))}


def parse_note(
    event: NostrEvent,
    profiles: Mapping[str, Profile],
    *,
    source: SourceRef,
    now: datetime,
    handle: str | None = None,
) -> Post | None:
    """Return the note as a post, or None once it has expired (NIP-40) or when it is to stay where it is (NIP-70).

    `profiles` are of its author and whom it names, by key; `handle` is its author's, if their domain confirmed it.
    Raises InvalidPost when it claims to come from the future.
    """
    if is_over(event, now) or is_protected(event):
        return None
    created_at = claimed_time(event.created_at, now)
    media, emojis = attached(event, only_told=event.kind in PICTURES), custom_emojis(event)
    words = marked(written(event), profiles, shown={one.url for one in media}, emojis=emojis)
    warning = content_warning(event)
    return Post(
        uid=f"nostr:{event.id}",
        source=source,
        author=author(event.pubkey, profiles.get(event.pubkey), handle=handle),
        url=GATEWAY + bech32.encode("note", bytes.fromhex(event.id)),
        text=words.text,
        spans=words.spans,
        tags=markup.tags(words, meta=list(event.values("t")), warning=warning),
        media=media,
        emojis=emojis,
        content_warning=None if warning is None else warning or "Sensitive",
        sensitive=warning is not None,
        language=declared_language(event),
        reply_to=reply_to(event),
        created_at=min(created_at, now),
        received_at=now,
        # A note never changes. What differs when it comes again is what the people it names are called by then.
        revision=max(event.created_at * 1000, 1),
        bridged_from=bridged_from(event),
    )


def is_over(event: NostrEvent, now: datetime) -> bool:
    return event.expires_at is not None and event.expires_at <= now.timestamp()


def is_protected(event: NostrEvent) -> bool:
    return any(tag[:1] == (PROTECTED,) for tag in event.tags)


def written(event: NostrEvent) -> str:
    """Return what a note says; pictures and videos have a title, too."""
    title = clean_name(event.value("title") or "") if event.kind in PICTURES else ""
    return f"{title}\n{event.content}" if title else event.content


def deleted(event: NostrEvent) -> list[str]:
    """Return the ids of the notes that a deletion asks for; who asks must be who wrote them."""
    return [value for value in event.values("e") if KEY.fullmatch(value)]


def passed_on(event: NostrEvent) -> str | None:
    """Return the id of the note that a repost passes on (NIP-18)."""
    found = event.value("e") or ""
    return found if KEY.fullmatch(found) else None


def claimed_time(seconds: int, now: datetime) -> datetime:
    try:
        time = datetime.fromtimestamp(seconds, UTC)
    except (ValueError, OverflowError, OSError) as error:
        raise InvalidPost("Its time is none that there is.") from error
    if time > now + timedelta(minutes=FUTURE_MINUTES):
        raise InvalidPost("It claims to come from the future.")
    return time


def content_warning(event: NostrEvent) -> str | None:
    """Return why a note is covered (NIP-36, with the reason in its label), "" without a reason; None when it is not."""
    said = [clean((*values, "")[0]) for values in event.tagged(WARNING)]
    said += [clean(reason) for reason in labels(event, WARNING)]
    return next(filter(None, said), "") if said else None


def labels(event: NostrEvent, namespace: str) -> list[str]:
    """Return NIP-32's labels of one namespace."""
    return [values[0] for values in event.tagged("l") if values[1:2] == (namespace,)]


def declared_language(event: NostrEvent) -> str | None:
    """Return the language of NIP-32's label, which few notes have."""
    return language(next(iter(labels(event, "ISO-639-1")), None))


def reply_to(event: NostrEvent) -> str | None:
    """Return the uid of the note this one answers: the one marked so (NIP-10), else the last without a mark.

    A comment (NIP-22) names it alone in small letters.
    """
    named = [(*values, "", "", "")[:3] for values in event.tagged("e")]
    by_mark = {"" if event.kind == COMMENT else mark: note for note, _, mark in named}
    answered = by_mark.get("reply") or by_mark.get("root") or by_mark.get("") or ""
    return f"nostr:{answered}" if KEY.fullmatch(answered) else None


def bridged_from(event: NostrEvent) -> str | None:
    """Return the uid of the post that a bridge made this note from (NIP-48), where our uids are that network's ids."""
    for values in event.tagged("proxy"):
        original, protocol = (*values, "", "")[:2]
        prefix, beginnings = NETWORKS.get(protocol, ("", ()))
        whole = original.startswith("at://") or safe_href(original) == original
        if original.startswith(beginnings) and original.isprintable() and " " not in original and whole:
            return prefix + original
    return None
