"""Acts of panic: what moderators do to a whole event at once, and take back again."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from wall.core.modes import Mode

PanicKind = Literal["draw", "wait", "resume", "restrict", "lift"]
EVERYONE = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Restriction:
    """An author whose new posts wait, whatever the rules say, or `EVERYONE`; by whom and since when.

    `name` is what the author is called; `mode` is the event's before everyone was restricted, for the way back. (To
    hold is another thing: desks hold posts.)
    """

    author: str
    name: str
    by: str
    by_name: str
    at: datetime
    mode: Mode | None = None

    @property
    def reason(self) -> str:
        if self.author == EVERYONE:
            return f"{self.by_name} lets everything wait."
        return f"{self.by_name} restricted this author."
