"""How the busiest authors put down what is said from the stage, each in a manner of their own."""

import re
from collections.abc import Iterator
from dataclasses import replace
from random import Random

from wall.rehearsal.programme import Session
from wall.rehearsal.script import Said, sections

# Share of all posts of the ten busiest that each of them writes, and the rooms where they sit.
SHARES = {
    "mira": 0.165,
    "whatson": 0.145,
    "tomek": 0.125,
    "commonground": 0.115,
    "adeb": 0.105,
    "yuki": 0.085,
    "priti": 0.08,
    "dov": 0.07,
    "linnea": 0.06,
    "rafa": 0.05,
}
QUOTERS = frozenset(("mira", "commonground", "priti", "linnea", "rafa"))
_ELSEWHERE = frozenset(("tomek", "adeb", "linnea"))
_SPARKS = ("✏️", "💛", "✨", "🌱", "🚋", "📒", "🧡", "👀", "🔖", "🪴", "☕️", "🖍️")
_SENTENCE_END = re.compile(r"(?<=[.!?]) (?=[A-ZÀ-Ž])")
_TOO_SHORT = 24
_NAMED = re.compile(r"((?:Class 5b|[A-ZÀ-Ž][\w-]+)): (.*)")


def sits_in(key: str, session: Session) -> bool:
    """Tell whether somebody takes notes there; there are two rooms, and everyone is in one of them."""
    if key == "commonground" or session.id in _PLENARY:
        return True
    return (session.room != "Depot") == (key in _ELSEWHERE)


def note(key: str, said: Said, session: Session, tails: "Tails", random: Random, *, quoted: bool) -> str:
    """Return one note; with `quoted`, in the speaker's own words."""
    speaker, words = _voice_of(said, session)
    if not quoted:
        return _noted(key, said.note, session, tails, random)
    return _quoted(key, words, speaker, session, tails, random)


def shortened(said: Said, before: int) -> Said:
    """Return it as one who writes later puts it: a part of it, if it has been written down before."""
    return replace(said, quote=_part(said.quote, before), note=_part(said.note, before))


class Tails:
    """What people add to a quotation, each used as seldom as possible; some sessions have their own."""

    def __init__(self, random: Random) -> None:
        self._random = random
        self._all = {heading: body for heading, body in sections("reactions") if heading.startswith("tails")}
        self._left: dict[str, list[str]] = {}

    def next(self, session: Session) -> str:
        own = f"tails-{session.id}"
        heading = own if own in self._all else "tails"
        if not self._left.get(heading):
            self._left[heading] = self._random.sample(self._all[heading], len(self._all[heading]))
        return self._left[heading].pop()


def asides() -> Iterator[tuple[str, list[str]]]:
    """Yield what the busiest say besides, by their key."""
    yield from sections("asides")


def announcements(sessions: tuple[Session, ...]) -> Iterator[tuple[int, str]]:
    """Yield what the programme robot posts about every session, with seconds from midnight of the first day."""
    for session in sessions:
        where, who = f"“{session.title}”, {session.room}", f" with {session.speaker}" if session.speaker else ""
        if session.kind != "talk":
            yield session.start, f"🤖 Now: {session.title} ({session.room})."
            continue
        yield session.start - 12 * 60, f"🤖 In twelve minutes: {where}{who}."
        yield session.start - 3 * 60, f"🤖 Doors closing soon: {where}. Seats left at the front."
        yield session.start, f"🤖 Now: {where}{who}. Captions: https://commonground.example/captions/{session.id}"
        middle = (session.start + session.end) // 2
        yield middle, f"🤖 Ask a question about {where}: https://commonground.example/ask/{session.id}"
        yield session.end + 20 * 60, f"🤖 Recording of {where}: https://commonground.example/watch/{session.id}"
    for hour in (*range(9, 22, 2), *range(33, 46, 2)):
        yield hour * 3600 + 1500, f"🤖 Trams from the quay: {hour % 24}:42 and {hour % 24}:57, both on time."


_PLENARY = frozenset(
    ("opening", "pipes", "panel", "lightning", "decom", "water", "lease", "thanks", "offline", "kids")
)


def _part(words: str, before: int) -> str:
    speaker, colon, rest = words.partition(": ") if _NAMED.fullmatch(words) else ("", "", words)
    parts = _SENTENCE_END.split(rest)
    if not before or min(len(parts[0]), len(parts[-1])) < _TOO_SHORT:
        return words
    if len(parts) > 1:
        return speaker + colon + parts[0 if before % 2 else -1]
    after = rest.partition(": ")[2]
    return after[0].upper() + after[1:] if len(after) > _TOO_SHORT and not colon else words


def _voice_of(said: Said, session: Session) -> tuple[str, str]:
    if match := _NAMED.fullmatch(said.quote):
        return match[1], match[2][0].upper() + match[2][1:]
    if "&" in session.speaker or session.id == "lightning":
        return "", said.quote
    return session.speaker, said.quote


def _quoted(key: str, words: str, speaker: str, session: Session, tails: Tails, random: Random) -> str:
    first, last = speaker.split(" ")[0], speaker.split(" ")[-1]
    if speaker.startswith("Class"):
        first = last = speaker
    plain = [f"“{words}”", f"“{words}”\n\n{tails.next(session)}"]
    named = [f"{first}: “{words}”", f"“{words}” — {last}", f"{last}, just now: “{words}”"] if speaker else []
    match key:
        case "commonground":
            place = f"“{words}”\n\n{speaker or session.speaker}, “{session.title}”, {session.room}"
            return random.choice([place, place, f"Heard in the {session.room}: “{words}”"])
        case "priti":
            return random.choice([*named, f"From far away, loud and clear: “{words}”", plain[1]])
        case "adeb" | "rafa":
            return plain[1]
        case "tomek":
            return f"→ “{words}”"
        case "yuki":
            return f"“{words}” {random.choice(_SPARKS)}"
        case "crowd":
            return random.choice([*plain, plain[1], plain[1], *named])
    return random.choice([*named, *named, plain[0]])


def _noted(key: str, words: str, session: Session, tails: Tails, random: Random) -> str:
    match key:
        case "tomek":
            return f"→ {words}"
        case "yuki":
            return f"{words} {random.choice(_SPARKS)}"
        case "adeb" | "crowd":
            stop = "" if words[-1] in ".!?”" else "."
            return f"{words}{stop} {tails.next(session)}"
    return words
