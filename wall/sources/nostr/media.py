"""What a note shows beside its words: pictures and videos (NIP-92, 68, 71), and custom emoji (NIP-30). Pure."""

import re
from collections.abc import Iterator

from wall.core.link import safe_href
from wall.core.markup import is_shortcode
from wall.core.post import Media, MediaKind
from wall.core.text import clean
from wall.sources.nostr.event import NostrEvent

MOST_MEDIA = 8
MOST_EMOJIS = 40
ADDRESS = re.compile(r"https://[^\s<>\"]+")
KIND_BY_NAME: tuple[tuple[re.Pattern[str], MediaKind], ...] = (
    (re.compile(r"\.(?:jpe?g|png|gif|webp|avif)(?:\?|$)", re.IGNORECASE), "image"),
    (re.compile(r"\.(?:mp4|webm|mov)(?:\?|$)", re.IGNORECASE), "video"),
)
KIND_BY_TYPE: dict[str, MediaKind] = {"image": "image", "video": "video", "audio": "audio"}


def attached(event: NostrEvent, *, only_told: bool) -> tuple[Media, ...]:
    """Return the pictures and videos of a note, with what NIP-92 tells of them.

    Those of an ordinary note are named in its text; with `only_told` they are those that its tags tell of.
    """
    told = {fields["url"]: fields for fields in descriptions(event) if fields.get("url")}
    named = list(told) if only_told else [match[0] for match in ADDRESS.finditer(event.content)]
    found: dict[str, Media] = {}
    for url in named:
        fields = told.get(url, {})
        kind = KIND_BY_TYPE.get(fields.get("m", "").partition("/")[0]) or kind_by_name(url)
        if kind and url not in found and safe_href(url) and len(found) < MOST_MEDIA:
            still = safe_href(fields.get("image", "")) if kind == "video" else None
            found[url] = Media(kind=kind, url=url, preview_url=still, alt=clean(fields.get("alt", "")) or None)
    return tuple(found.values())


def kind_by_name(url: str) -> MediaKind | None:
    return next((kind for pattern, kind in KIND_BY_NAME if pattern.search(url.partition("#")[0])), None)


def descriptions(event: NostrEvent) -> Iterator[dict[str, str]]:
    """Yield each `imeta`, of which the first value of a name counts; sizes and blurred previews are not needed."""
    for entries in event.tagged("imeta"):
        yield dict(entry.partition(" ")[::2] for entry in reversed(entries))


def custom_emojis(event: NostrEvent) -> dict[str, Media]:
    """Return the emoji that the text uses, by shortcode."""
    found: dict[str, Media] = {}
    for values in event.tagged("emoji"):
        name, url = (*values, "", "")[:2]
        used = is_shortcode(name) and f":{name}:" in event.content
        if used and len(found) < MOST_EMOJIS and (href := safe_href(url)):
            found[name] = Media(kind="image", url=href, alt=f":{name}:")
    return found
