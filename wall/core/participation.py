"""Who may take part in an event, and how: set by its organiser, and by moderators while it runs."""

from dataclasses import dataclass
from typing import Literal, get_args

from wall.core.words import _

Who = Literal["nobody", "room", "anybody", "mail", "code", "oidc"]
WHO: tuple[Who, ...] = get_args(Who)
PROVEN: tuple[Who, ...] = ("mail", "code", "oidc")
"""Where people show something first, so that one of them is one participant in whatever browser."""

Check = Literal["off", "on", "auto"]
CHECKS: tuple[Check, ...] = get_args(Check)

MOST_SLOW = 3600  # seconds
SLOW: tuple[int, ...] = (0, 10, 30, 60, 300)
"""What a moderator may choose at the desk, in seconds."""

LONGEST_WORDS = 200  # characters
LOCKED = _("No posts are taken in at the moment. Come back a little later; what you wrote stays here.")

CONSEQUENCES: dict[Who, str] = {
    "nobody": _("Nobody writes or votes here. Posts come from networks only."),
    "room": _("Who scanned the code on a screen within the last four hours."),
    "anybody": _("Everybody with the address, in the room and from afar. Posts wait as the mode says."),
    "mail": _("Who opens a link that is sent to their e-mail address. The address is not kept."),
    "code": _("Who has one of the ticket codes below. Each code is one participant."),
    "oidc": _("Who signs in where this installation's operator set that up. Neither name nor account is kept."),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Participation:
    """Who may take part, and what holds them back.

    With `slow_seconds`, one person writes once in so long; while `locked`, nobody writes, and is told `lock_words`.
    `check` says whether newcomers must show that they are no program: never, always, or while very many come;
    `question` with its `answer` is for those whose browser runs no scripts.
    """

    who: Who = "room"
    slow_seconds: int = 0
    locked: bool = False
    lock_words: str = ""
    check: Check = "off"
    question: str = ""
    answer: str = ""


NEW = Participation(who="anybody", check="auto")
"""What a new event begins with."""
