"""The words of a note: its references (NIP-21, NIP-27) as names and links, its hashtags and emoji. Pure."""

import re
from collections.abc import Collection, Mapping

from wall.core.markup import Marked, arrange
from wall.core.post import Span
from wall.core.text import TEXT_GRAPHEMES, TEXT_LINES, clean, cut
from wall.sources.nostr import bech32
from wall.sources.nostr.profile import GATEWAY, Profile, shortened

MOST_NAMED = 10  # people a note names whose profiles are asked for
# In some programs people write `@npub1…`, in others the sign is no part of it.
REFERENCE = re.compile(r"@?nostr:((npub|nprofile|note|nevent|naddr)1[a-z0-9]{20,2000})(?![a-z0-9])")


def people(content: str) -> list[str]:
    """Return the keys of the first people a note names in its text."""
    named = (key_of(match) for match in REFERENCE.finditer(content))
    return list(dict.fromkeys(key for key in named if key))[:MOST_NAMED]


def marked(
    content: str, profiles: Mapping[str, Profile], *, shown: Collection[str] = (), emojis: Collection[str] = ()
) -> Marked:
    """Return a note's words, with people by their names and other notes as links.

    `shown` are the addresses of what is shown beside them, which need not be read as well.
    """
    for url in sorted(shown, key=len, reverse=True):
        content = content.replace(url, "")
    parts: list[str] = []
    spans: list[Span] = []
    at = length = 0
    content = clean(content)
    for match in REFERENCE.finditer(content):
        parts += (content[at : match.start()], words := words_for(match, profiles))
        start = length + match.start() - at
        length, at = start + len(words), match.end()
        spans.append(span_for(match, words, start))
    written = "".join((*parts, content[at:]))
    text = cut(written, limit=TEXT_GRAPHEMES, lines=TEXT_LINES)
    kept = len(text) if text == written else len(text) - 1
    return Marked(text, arrange(text, [span for span in spans if span.end <= kept], [], emojis))


def words_for(match: re.Match[str], profiles: Mapping[str, Profile]) -> str:
    key = key_of(match)
    if key is None:
        return shortened(match[1])
    profile = profiles.get(key)
    name = profile.name.lstrip("@").strip() if profile else ""
    return f"@{name or shortened(bech32.encode('npub', bytes.fromhex(key)))}"


def span_for(match: re.Match[str], words: str, start: int) -> Span:
    href = GATEWAY + match[1]
    if words.startswith("@"):
        return Span(start, start + len(words), "mention", words[1:], href)
    return Span(start, start + len(words), "link", href, href)


def key_of(match: re.Match[str]) -> str | None:
    """Return the key of the person that a reference names, or None when it names something else."""
    if match[2] == "npub":
        key = bech32.decode("npub", match[1])
    else:
        key = bech32.key_in("nprofile", match[1]) if match[2] == "nprofile" else None
    return key.hex() if key else None
