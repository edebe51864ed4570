"""Matching: whether an event takes a post in, and by which hashtag. Names and descriptions of pictures never count."""

import re
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from wall.core.hashtag import HASHES, tagkey
from wall.core.language import covers
from wall.core.modes import instant
from wall.core.post import Post, Tag, Where

CONCLUDED: tuple[Where, ...] = ("sent", "thread")
"""Where hashtags are said to be that a post does not have itself."""
PLACES: tuple[Where, ...] = ("text", "warning", "meta", *CONCLUDED)
"""The best seen first."""
# Scripts that put no space between words: Han, Hiragana, Katakana, Hangul.
UNSPACED = re.compile(
    "[\u3005-\u3007\u3040-\u30ff\u31f0-\u31ff\u3400-\u9fff\uac00-\ud7a3\uf900-\ufaff\U00020000-\U000323af]"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What an event asks of posts besides one of its hashtags, and what else it takes for these; nothing, as it is.

    `aliases` are further spellings of the hashtags: networks are asked for them, and nobody is shown them. A post must
    have `every` one of those hashtags as well, and `none` of those, as people write them. It must have been written
    from the day `since` to the day `until`, both included, by the clocks of the event, and in one of the `languages`
    where it says in which. With `run_on`, a hashtag that goes on in Han, Kana or Hangul counts. With `continuations`,
    so does what an author adds to their own post (core/continuation.py).
    """

    aliases: tuple[str, ...] = ()
    every: tuple[str, ...] = ()
    none: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None
    languages: tuple[str, ...] = ()
    run_on: bool = False
    continuations: bool = False


NO_TERMS = Terms()


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """By which of its hashtags a post belongs to an event: the one that is seen best.

    One that is `hidden` stands in no word that people read, only beside them, for programs.
    """

    tag: Tag
    hidden: bool = False


def match(post: Post, keys: Collection[str], terms: Terms, timezone: str) -> Match | None:
    """Return by which hashtag an event wants a post; None when it does not.

    What a moderator brought in by hand is held to no terms.
    """
    tag = hashtag_of(post, keys, terms)
    if tag is None or not (post.source.brought_by or meets(post, terms, timezone)):
        return None
    return Match(tag=tag, hidden=tag.where == "meta" and not stands_in(post.text, tag.raw))


def hashtag_of(post: Post, keys: Collection[str], terms: Terms) -> Tag | None:
    """Return which of the hashtags a post has, the one that is seen best."""
    found = (tag for tag in post.tags if is_one_of(tag.key, keys, run_on=terms.run_on))
    return min(found, key=lambda tag: PLACES.index(tag.where), default=None)


def stands_in(text: str, hashtag: str) -> bool:
    """Tell whether a hashtag can be read in a text, be it one that ends earlier for us than for its network."""
    seen = text.casefold()
    return any(f"{sign}{hashtag}".casefold() in seen for sign in HASHES)


def is_one_of(key: str, keys: Collection[str], *, run_on: bool) -> bool:
    if key in keys:
        return True
    return run_on and any(key.startswith(one) and UNSPACED.match(key, len(one)) for one in keys)


def meets(post: Post, terms: Terms, timezone: str) -> bool:
    """Tell whether a post that has one of the hashtags is what the event asks for besides."""
    if terms == NO_TERMS:
        return True
    has = {tag.key for tag in post.tags}
    if not has.issuperset(keys_of(terms.every)) or not has.isdisjoint(keys_of(terms.none)):
        return False
    if terms.languages and post.language and not covers(terms.languages, post.language):
        return False
    return is_in_time(post, terms, timezone)


def may_answer(post: Post, terms: Terms, timezone: str) -> bool:
    """Tell whether the terms let a post in that has no hashtag and answers another: those that ask for none."""
    return meets(post, replace(terms, every=()), timezone)


def is_in_time(post: Post, terms: Terms, timezone: str) -> bool:
    """Tell whether a post is of the days that count; one that claims to be of the future is of when it came."""
    start, end = bounds(terms.since, terms.until, timezone)
    written = min(post.created_at, post.received_at)
    return (start is None or start <= written) and (end is None or written < end)


@lru_cache(maxsize=256)
def bounds(since: date | None, until: date | None, timezone: str) -> tuple[datetime | None, datetime | None]:
    """Return from when and until when posts count."""
    return beginning(since, timezone), beginning(until + timedelta(days=1) if until else None, timezone)


def beginning(day: date | None, timezone: str) -> datetime | None:
    return instant(datetime.combine(day, time.min), ZoneInfo(timezone)).astimezone(UTC) if day else None


@lru_cache(maxsize=256)
def keys_of(hashtags: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(map(tagkey, hashtags))
