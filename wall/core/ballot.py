"""A ballot: what one participant answers to a poll, in the form in which it is kept and counted."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from wall.core import fold
from wall.core.poll import MOST_WORDS, Poll
from wall.core.text import GRAPHEME, clean_name
from wall.core.words import _
from wall.errors import ChangedMeanwhile, InvalidInput

LONGEST_WORD = 30  # graphemes
LONGEST_RAW = 1000  # characters, before anything is looked at


@dataclass(frozen=True, slots=True, kw_only=True)
class Ballot:
    """The `choices` that are counted, each once, in an order that is the same for the same answers.

    They are places in the list of options, points of a scale, or folded words; `said` has words as they were typed.
    """

    choices: tuple[str, ...]
    said: dict[str, str] = field(default_factory=dict)


def ballot(poll: Poll, given: Sequence[str]) -> Ballot:
    """Return what was answered to a poll as it stands.

    Raises ChangedMeanwhile when it takes no ballots, and InvalidInput when this is no answer to it.
    """
    check_open(poll)
    if poll.kind == "words":
        return words_ballot(given)
    choices = tuple(one for one in all_choices(poll) if one in given)
    if set(given) - set(choices):
        raise InvalidInput(_("This is not an answer of this poll; load the page again."), field="choice")
    if not choices:
        raise InvalidInput(_("Choose an answer first."), field="choice")
    if len(choices) > poll.choosable:
        raise InvalidInput(too_many(poll.choosable), field="choice")
    return Ballot(choices=choices)


def check_open(poll: Poll) -> None:
    """Raise ChangedMeanwhile unless a poll takes ballots."""
    if poll.status == "draft":
        raise ChangedMeanwhile(_("This poll is not open yet."))
    if poll.status == "closed":
        raise ChangedMeanwhile(_("This poll is closed. Your answer came too late and was not counted."))


def all_choices(poll: Poll) -> list[str]:
    """Return everything that can be chosen in a poll, in its order; nothing where people write words."""
    match poll.kind:
        case "scale":
            return [str(point) for point in range(1, poll.points + 1)]
        case "words":
            return []
        case _:
            return [str(place) for place in range(len(poll.options))]


def words_ballot(given: Sequence[str]) -> Ballot:
    said: dict[str, str] = {}
    for text in given:
        word = clean_name(text[:LONGEST_RAW])
        if not word:
            continue
        if sum(1 for _ in GRAPHEME.finditer(word)) > LONGEST_WORD:
            raise InvalidInput(
                _("A word or two, of %(longest_word)s letters at most.", longest_word=LONGEST_WORD), field="choice"
            )
        if not (folded := folded_word(word)):
            raise InvalidInput(_("“%(word)s” has no letters that could be counted.", word=word), field="choice")
        said.setdefault(folded, word)
    if not said:
        raise InvalidInput(_("Write a word first."), field="choice")
    if len(said) > MOST_WORDS:
        raise InvalidInput(_("Write %(most_words)s words at most.", most_words=MOST_WORDS), field="choice")
    return Ballot(choices=tuple(sorted(said)), said=said)


def folded_word(word: str) -> str:
    """Return what words are counted under that are read the same."""
    return fold.words(fold.fold(word)).strip()


def too_many(most: int) -> str:
    return _("Choose one answer.") if most == 1 else _("Choose %(most)s answers at most.", most=most)
