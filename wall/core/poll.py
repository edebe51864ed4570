"""A poll: what is asked of the audience, how it stands, and who may see what of it when."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal, get_args

from wall.core.text import clean, clean_name
from wall.core.words import _
from wall.errors import ChangedMeanwhile, InvalidInput

PollKind = Literal["single", "several", "scale", "words"]
PollStatus = Literal["draft", "open", "closed"]
Eyes = Literal["everybody", "voter", "screen"]
"""Who looks at results: anybody, somebody who voted in this poll, or a hall that looks at a screen."""

KINDS: dict[PollKind, str] = {
    "single": _("One answer of a list"),
    "several": _("Several answers of a list"),
    "scale": _("A number on a scale"),
    "words": _("Words of their own"),
}
AFTER: dict[PollStatus, tuple[PollStatus, ...]] = {"draft": ("open",), "open": ("closed",), "closed": ("open",)}
"""What may become of a poll: ballots that were cast never meet another question."""

LONGEST_QUESTION = 200
LONGEST_OPTION = 100
FEWEST_OPTIONS = 2
MOST_OPTIONS = 12
POINTS = range(2, 12)
MOST_WORDS = 3
MOST_POLLS = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Poll:
    """One poll. Which settings count follows from its kind.

    Of `options` one is chosen, or up to `most` of them, 0 for any number. A scale has `points`, with words for its
    ends. `hidden` keeps results from everybody but the staff, whatever the status. `version` grows with each change.
    """

    id: str
    kind: PollKind
    question: str
    options: tuple[str, ...] = ()
    most: int = 0
    points: int = 5
    low: str = ""
    high: str = ""
    status: PollStatus = "draft"
    hidden: bool = False
    created_at: datetime
    opened_at: datetime | None = None
    closed_at: datetime | None = None
    version: int = 0

    @property
    def listed(self) -> bool:
        """Whether the audience knows of it: while it is open, and afterwards for as long as its results are shown."""
        return self.status == "open" or (self.status == "closed" and not self.hidden)

    @property
    def choosable(self) -> int:
        """How many answers one person may give."""
        match self.kind:
            case "several":
                return self.most or len(self.options)
            case "words":
                return MOST_WORDS
            case _:
                return 1

    def shows_results(self, eyes: Eyes) -> bool:
        """Tell whether results may be seen: once closed by everybody, before that by who voted, and on screens."""
        if self.hidden or self.status == "draft":
            return False
        return self.status == "closed" or eyes != "everybody"


# What was typed


def checked(poll: Poll) -> Poll:
    """Return a poll as it is kept; raises InvalidInput naming the field that cannot be used."""
    if poll.kind not in get_args(PollKind):
        raise InvalidInput(_("Choose a kind of the list."), field="kind")
    question = clean(poll.question, limit=LONGEST_QUESTION, lines=1)
    if not question:
        raise InvalidInput(_("Write what you want to ask."), field="question")
    plain = replace(poll, question=question, options=(), most=0, points=5, low="", high="")
    if poll.kind in ("single", "several"):
        options = tuple(filter(None, (clean(one, limit=LONGEST_OPTION, lines=1) for one in poll.options)))
        return replace(plain, options=checked_options(options), most=checked_most(poll, len(options)))
    if poll.kind == "scale":
        if poll.points not in POINTS:
            raise InvalidInput(
                _("A scale has %(start)s to %(stop)s points.", start=POINTS.start, stop=POINTS.stop - 1),
                field="points",
            )
        return replace(plain, points=poll.points, low=clean_name(poll.low), high=clean_name(poll.high))
    return plain


def checked_options(options: tuple[str, ...]) -> tuple[str, ...]:
    if not FEWEST_OPTIONS <= len(options) <= MOST_OPTIONS:
        raise InvalidInput(
            _(
                "Write %(fewest_options)s to %(most_options)s answers, one on each line.",
                fewest_options=FEWEST_OPTIONS,
                most_options=MOST_OPTIONS,
            ),
            field="options",
        )
    if len({one.casefold() for one in options}) < len(options):
        raise InvalidInput(_("Two answers are the same."), field="options")
    return options


def checked_most(poll: Poll, options: int) -> int:
    if poll.kind == "single":
        return 1
    if poll.most == 1 or not 0 <= poll.most <= options:
        raise InvalidInput(
            _("A number from 2 to %(options)s, or 0 for any number.", options=options), field="most"
        )
    return poll.most


# Changes, each a function of how the poll stands when it is carried out


def edited(before: Poll, after: Poll, *, seen: int) -> Poll:
    """Return a draft with what was written into it; raises InvalidInput, or ChangedMeanwhile when it is another."""
    if before.status != "draft":
        raise ChangedMeanwhile(
            _("This poll was opened meanwhile, so what it asks stays. Duplicate it to ask again.")
        )
    if before.version != seen:
        raise ChangedMeanwhile(_("Somebody changed this poll meanwhile."))
    return following(before, checked(replace(after, id=before.id, created_at=before.created_at)))


def moved(poll: Poll, status: PollStatus, *, now: datetime) -> Poll:
    """Return a poll opened or closed; one that is so already stays as it is. Raises ChangedMeanwhile."""
    if poll.status == status:
        return poll
    if status not in AFTER[poll.status]:
        raise ChangedMeanwhile(_("This poll stands otherwise by now; look at it again."))
    if status == "open":
        return following(poll, replace(poll, status=status, opened_at=now, closed_at=None))
    return following(poll, replace(poll, status=status, closed_at=now))


def unveiled(poll: Poll, *, hidden: bool) -> Poll:
    """Return a poll with its results hidden from everybody but the staff, or not any more."""
    return poll if poll.hidden == hidden else following(poll, replace(poll, hidden=hidden))


def duplicate(poll: Poll, *, id: str, now: datetime) -> Poll:
    """Return a draft that asks the same."""
    return replace(
        poll,
        id=id,
        status="draft",
        hidden=False,
        created_at=now,
        opened_at=None,
        closed_at=None,
        version=1,
    )


def following(before: Poll, after: Poll) -> Poll:
    return replace(after, version=before.version + 1)


def in_order(polls: list[Poll]) -> list[Poll]:
    """Return polls as the audience meets them: the open ones, then the closed ones, each the newest first."""
    ranks: dict[PollStatus, int] = {"open": 0, "draft": 1, "closed": 2}
    return sorted(
        polls, key=lambda one: (ranks[one.status], -(one.opened_at or one.created_at).timestamp(), one.id)
    )
