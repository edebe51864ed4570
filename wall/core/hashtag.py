"""Hashtags: the key by which two are the same, and where they stand in a text.

After UAX #31 (hashtag identifiers) and what Mastodon makes of a tag; the tags of a whole post are in markup.py.
"""

import re
from unicodedata import category, combining, normalize

from wall.core.link import URL
from wall.core.text import BLANK_LETTERS, DIRECTION, EMOJI, clean, cut
from wall.core.words import _
from wall.errors import InvalidInput

HASHES = "#＃﹟"
LONGEST_TAG = 100
LONGEST_FORM_FIELD = 2_000
LONGEST_SHOWN = 40  # graphemes of what was no hashtag

# Letters that Unicode does not take apart, as Mastodon folds them.
FOLDED = str.maketrans("øłđðħıĸŀŉŋŧſ", "olddhiklnnts")
TATWEEL = "ـ"
NUKTA, VIRAMA = 7, 9
# Mastodon's own form of a tag has lost these: Arabic vowel signs and Thai tone marks.
DROPPED_MARKS = frozenset(map(chr, (*range(0x064B, 0x0653), *range(0x0E47, 0x0E4F), *range(0xFE00, 0xFE10))))

TRIMMED_SEPARATORS = "·・\u200c\u200d～〜־"
SEPARATORS = TRIMMED_SEPARATORS + "་׳״〃"
EMOJI_BODY = re.compile(f"[{EMOJI}](?:[{EMOJI}\ufe0f]|\u200d(?=[{EMOJI}]))*")
HASH = re.compile(f"[{HASHES}]")
NOT_IN_ASCII_KEY = re.compile("[^0-9a-z_]+")
FORM_SEPARATOR = re.compile(r"[\s,;#＃﹟、，،؛；]+")


def tagkey(raw: str) -> str:
    """Return what a hashtag is compared by, or "" when it is not one: two tags match when their keys are equal."""
    bare = raw.strip().lstrip(HASHES)
    if len(bare) > LONGEST_TAG:
        return ""
    if bare.isascii():
        return NOT_IN_ASCII_KEY.sub("", bare.lower())
    letters = normalize("NFKC", bare).casefold().translate(FOLDED)
    folded = normalize("NFC", without_latin_marks(letters)).translate(FOLDED)
    return "".join(filter(counts, folded))


def extract(text: str) -> list[tuple[int, int, str]]:
    """Return (start, end, tag without its hash) of every hashtag in a clean text; the stretch includes the hash.

    A tag is of letters, digits and `_`, with a letter among them, or of emoji alone.
    """
    if "://" in text:
        text = URL.sub(blank, text)
    found = []
    for match in HASH.finditer(text):
        start = match.start()
        end = start + 1 + body_length(text, start + 1)
        if end > start + 1 and not (start and blocks(text[start - 1])) and not text.startswith("://", end):
            found.append((start, end, text[start + 1 : end]))
    return found


def parse_hashtags(text: str, *, field: str = "hashtags") -> tuple[str, ...]:
    """Return the hashtags an organiser typed into a field, without `#`, each once.

    Raises InvalidInput for one that cannot be used.
    """
    if len(text) > LONGEST_FORM_FIELD:
        raise InvalidInput(_("These are too many hashtags for one event."), field=field)
    found: dict[str, str] = {}
    for word in FORM_SEPARATOR.split(text):
        tag = DIRECTION.sub("", clean(word))
        if not tag:
            continue
        if extract(f"#{tag}") != [(0, len(tag) + 1, tag)]:
            raise InvalidInput(
                _(
                    "“%(tag)s” cannot be a hashtag: %(why)s.",
                    tag=cut(tag, limit=LONGEST_SHOWN, lines=1),
                    why=complaint(tag),
                ),
                field=field,
            )
        found.setdefault(tagkey(tag), tag)
    return tuple(found.values())


def complaint(tag: str) -> str:
    """Return why what somebody typed is no hashtag."""
    if len(tag) > LONGEST_TAG:
        return _("it is longer than %(longest_tag)s characters", longest_tag=LONGEST_TAG)
    if tag.isdecimal():
        return _("no network takes digits alone for one, so add a letter")
    return _("use letters, digits and _, with at least one letter")


def body_length(text: str, start: int) -> int:
    """Return how many code points from `start` on are the body of a hashtag; 0 when they are none."""
    if emoji := EMOJI_BODY.match(text, start):
        length = emoji.end() - start
        return length if length <= LONGEST_TAG and "So" in map(category, emoji[0]) else 0
    end = start
    while end < len(text) and continues(text[end]):
        end += 1
    body = text[start:end].rstrip(TRIMMED_SEPARATORS)
    return len(body) if len(body) <= LONGEST_TAG and any(map(str.isalpha, body)) else 0


def continues(char: str) -> bool:
    # An identifier of Python goes on with XID_Continue, which is what UAX #31 has for a hashtag.
    return ("a" + char).isidentifier() or char in SEPARATORS


def blocks(char: str) -> bool:
    """Tell whether a hash after this character starts no hashtag, as in `C#`, `&#39;` or `/#top`."""
    if char.isalnum() or char in "_&/" or char in HASHES:
        return True
    return category(char) in ("Mn", "Mc") and not "\ufe00" <= char <= "\ufe0f"


def without_latin_marks(text: str) -> str:
    """Return the text without the marks on Latin letters; what does not count stands between no mark and its letter."""
    kept: list[str] = []
    base = ""
    for char in normalize("NFD", text):
        if not combining(char):
            base = char if counts(char) else base
        elif "a" <= base <= "z":
            continue
        kept.append(char)
    return "".join(kept)


def counts(char: str) -> bool:
    """Tell whether a character tells two hashtags apart."""
    kind = category(char)
    if kind[0] == "M":
        return combining(char) not in (NUKTA, VIRAMA) and char not in DROPPED_MARKS
    if char in BLANK_LETTERS:
        return False
    return char == "_" or (kind[0] in "LN" and char != TATWEEL) or kind == "So"


def blank(match: re.Match[str]) -> str:
    return " " * len(match[0])
