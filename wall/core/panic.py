"""Acts of panic: what moderators do to a whole event at once, and take back again."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from wall.core.modes import Mode

PanicKind = Literal["draw", "wait", "resume", "hold", "release"]
EVERYONE = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hold:
    """An author whose new posts wait, whatever the rules say, or `EVERYONE`; by whom and since when.

    `name` is what the author is called; `mode` is the event's before everyone was held, for the way back.
    """

    author: str
    name: str
    by: str
    by_name: str
    at: datetime
    mode: Mode | None = None

    @property
    def reason(self) -> str:
        whose = "all posts" if self.author == EVERYONE else "the posts of this author"
        return f"{self.by_name} holds back {whose}."
