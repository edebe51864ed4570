"""The form of what an event's team watches for: handles, words and messages, a line each."""

from collections.abc import Mapping, Sequence

from wall.core.text import clean_name
from wall.core.watch import (
    LONGEST_AFFILIATION,
    LONGEST_WORD,
    MOST_AFFILIATIONS,
    MOST_MESSAGES,
    MOST_WORDS,
    PROBLEMS,
    SAFETY,
    Affiliation,
    KeyMessage,
    Watch,
    handle,
)
from wall.core.words import _
from wall.errors import InvalidInput

MOST_CHARACTERS = 40_000
LONGEST_HANDLE = 320


def parse_watch(values: Mapping[str, str]) -> Watch:
    """Return what was filled in; raises InvalidInput naming the field."""
    safety, problems = lines(values, "safety"), lines(values, "problems")
    messages = lines(values, "messages", longest=20 * LONGEST_WORD, most=MOST_MESSAGES)
    people = lines(values, "affiliations", longest=LONGEST_HANDLE + LONGEST_AFFILIATION, most=MOST_AFFILIATIONS)
    return Watch(
        ours=lines(values, "ours"),
        safety=() if safety == SAFETY else safety,
        problems=() if problems == PROBLEMS else problems,
        messages=tuple(message(line) for line in messages),
        affiliations=tuple({handle(one.handle): one for one in map(affiliated, people)}.values()),
    )


def lines(
    values: Mapping[str, str], field: str, *, longest: int = LONGEST_WORD, most: int = MOST_WORDS
) -> tuple[str, ...]:
    """Return the lines of a field, each once, without empty ones."""
    if len(values.get(field, "")) > MOST_CHARACTERS:
        raise InvalidInput(_("This is very long; %(most)s lines are the most.", most=most), field=field)
    found = tuple(
        dict.fromkeys(line for raw in values.get(field, "").splitlines() if (line := " ".join(raw.split())))
    )
    if len(found) > most:
        raise InvalidInput(_("%(most)s lines are the most.", most=most), field=field)
    if long := next((line for line in found if len(line) > longest), None):
        raise InvalidInput(
            _("“%(line)s…” is too long: a line has %(most)s characters at most.", line=long[:40], most=longest),
            field=field,
        )
    return found


def message(line: str) -> KeyMessage:
    """Return a message written as its name, a colon, and phrases between commas; its name alone is its phrase, too."""
    name, colon, rest = line.partition(":")
    phrases = tuple(
        dict.fromkeys(phrase for raw in (rest if colon else name).split(",") if (phrase := raw.strip()))
    )
    if not clean_name(name) or not phrases:
        raise InvalidInput(
            _("“%(line)s” names no phrase: write a name, a colon, and what people would say.", line=line[:40]),
            field="messages",
        )
    if any(len(phrase) > LONGEST_WORD for phrase in phrases):
        raise InvalidInput(_("A phrase has %(most)s characters at most.", most=LONGEST_WORD), field="messages")
    return KeyMessage(clean_name(name), phrases)


def affiliated(line: str) -> Affiliation:
    """Return what a line says somebody is: a handle, which may have a colon itself, a colon, and what they are."""
    of, _colon, rest = line.partition(": ") if ": " in line else line.partition(":")
    what = clean_name(rest)
    if not handle(of) or " " in of.strip() or not what:
        raise InvalidInput(
            _("“%(line)s” names nobody: write a handle, a colon, and what they are.", line=line[:40]),
            field="affiliations",
        )
    if len(rest.strip()) > LONGEST_AFFILIATION:
        raise InvalidInput(
            _("What somebody is has %(most)s characters at most.", most=LONGEST_AFFILIATION), field="affiliations"
        )
    return Affiliation(of.strip(), what)


def watch_values(watch: Watch) -> dict[str, str]:
    """Return what the form is filled in with."""
    return {
        "ours": written(watch.ours),
        "safety": written(watch.safety or SAFETY),
        "problems": written(watch.problems or PROBLEMS),
        "messages": written([f"{one.name}: {', '.join(one.phrases)}" for one in watch.messages]),
        "affiliations": written([f"{one.handle}: {one.what}" for one in watch.affiliations]),
    }


def written(lines: Sequence[str]) -> str:
    return "\n".join(lines)
