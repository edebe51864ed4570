"""All words and phrases of a chain, looked for at once: in one pass over a post, in time that its length alone sets."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import unquote

from ahocorasick_rs import AhoCorasick

from wall.core.fold import fold, readings, readings_of_name, words
from wall.core.post import Post, Span
from wall.core.rules.rule import Place, Rule

MOST_CHARACTERS = 60_000
"""Of a post in all its readings. Nobody writes as much who wants to be read; a longer post is for a person to judge."""

NAMES_KEPT = 4_096

# Scripts written without blanks: Thai to Khmer, kana, Chinese characters. There, no word can be told from a part.
UNSPACED = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"
)
ADDRESS = re.compile(r"\S*[./]\S*")


@dataclass(frozen=True, slots=True)
class Found:
    """The entry of a word list that a post holds, and where."""

    entry: str
    place: Place


@dataclass(frozen=True, slots=True)
class Sought:
    """What finding one pattern means: an entry of a rule, or one of the exceptions to it."""

    rule: str
    entry: str
    places: tuple[Place, ...]
    excepted: bool = False


class TooLong(ValueError):
    """A post is longer than can be looked through while others wait."""


class Words:
    """The word lists of some rules, compiled. `found` may be asked of any number of posts."""

    def __init__(self, rules: Sequence[Rule]) -> None:
        meanings: dict[str, list[Sought]] = {}
        for rule in rules:
            for entry in rule.entries:
                for pattern in patterns(entry, whole=rule.whole_words):
                    meanings.setdefault(pattern, []).append(Sought(rule.id, entry, rule.places))
            for entry in rule.exceptions:
                for pattern in patterns(entry, whole=True):
                    meanings.setdefault(pattern, []).append(Sought(rule.id, entry, rule.places, excepted=True))
        self.meanings = list(meanings.values())
        self.automaton = AhoCorasick(list(meanings)) if meanings else None

    def found(self, post: Post) -> dict[str, Found]:
        """Return the first entry of each rule that a post holds, by the rule's id. Raises TooLong."""
        if self.automaton is None:
            return {}
        pieces: list[str] = []
        starts: list[int] = []
        places: list[Place] = []
        length = 0
        for place, reading in all_readings(post):
            pieces.append(reading)
            starts.append(length)
            places.append(place)
            length += len(reading)
            if length > MOST_CHARACTERS:
                raise TooLong
        matches = self.automaton.find_matches_as_indexes("".join(pieces), overlapping=True)
        if not matches:
            return {}
        excepted = self.excepted(matches)
        found: dict[str, Found] = {}
        for index, start, end in matches:
            place = places[bisect_right(starts, start) - 1]
            for sought in self.meanings[index]:
                if sought.excepted or sought.rule in found or place not in sought.places:
                    continue
                if not any(first <= start and end <= last for first, last in excepted.get(sought.rule, ())):
                    found[sought.rule] = Found(sought.entry, place)
        return found

    def holds(self, phrase: str) -> bool:
        """Tell whether a phrase holds an entry of any rule, wherever in a post that rule looks."""
        if self.automaton is None:
            return False
        matches = self.automaton.find_matches_as_indexes(name_read(phrase), overlapping=True)
        excepted = self.excepted(matches)
        return any(
            not sought.excepted
            and not any(first <= start and end <= last for first, last in excepted.get(sought.rule, ()))
            for index, start, end in matches
            for sought in self.meanings[index]
        )

    def excepted(self, matches: Sequence[tuple[int, int, int]]) -> dict[str, list[tuple[int, int]]]:
        """Return the stretches in which each rule finds nothing."""
        stretches: dict[str, list[tuple[int, int]]] = {}
        for index, start, end in matches:
            for sought in self.meanings[index]:
                if sought.excepted:
                    stretches.setdefault(sought.rule, []).append((start, end))
        return stretches


def patterns(entry: str, *, whole: bool) -> Iterator[str]:
    """Yield what is looked for in a reading: the folded entry, between blanks where it must end a word.

    An asterisk at an end leaves that end open: `fuck*` is every word that begins so.
    """
    bare = words(fold(entry)).strip()
    if not bare:
        return
    first, last = entry.strip().startswith("*"), entry.strip().endswith("*")
    before = " " if whole and not first and not UNSPACED.match(bare[0]) else ""
    after = " " if whole and not last and not UNSPACED.match(bare[-1]) else ""
    yield f"{before}{bare}{after}"


def all_readings(post: Post) -> Iterator[tuple[Place, str]]:
    """Yield what a post says, in every reading, with its place."""
    for reading in dict.fromkeys(readings(without_addresses(post.text, post.spans))):
        yield "text", reading
    for tag in post.tags:
        yield "text", name_read(tag.raw)
    yield "name", name_read(post.author.name)
    yield "handle", name_read(post.author.handle.replace("@", " "))
    if post.content_warning:
        yield "warning", "".join(readings(post.content_warning))
    for media in post.media:
        if media.alt:
            yield "alt", "".join(readings(media.alt))
    for href in links(post):
        yield "links", words(fold(unquote(href)))


@lru_cache(maxsize=NAMES_KEPT)  # who writes once writes again
def name_read(name: str) -> str:
    return "".join(dict.fromkeys(readings_of_name(name)))


def links(post: Post) -> list[str]:
    """Return where the links of a post lead to, each once."""
    return list(dict.fromkeys(span.href for span in post.spans if span.kind == "link" and span.href))


def without_addresses(text: str, spans: Sequence[Span]) -> str:
    """Return a text without its links' addresses, whose letters are often drawn by lot, and the @ of its mentions."""
    pieces: list[str] = []
    last = 0
    for span in spans:
        if span.kind == "mention":
            pieces += [text[last : span.start], " "]
            last = span.start + 1
        elif span.kind == "link" and ADDRESS.fullmatch(text[span.start : span.end]):
            pieces += [text[last : span.start], " "]
            last = span.end
    return "".join([*pieces, text[last:]]) if pieces else text
