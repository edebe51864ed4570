"""The curtain: what moderators have drawn before every screen of an event at once, and what is still seen then."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

CurtainKind = Literal["open", "frozen", "blank", "pinned"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Curtain:
    """How the screens of an event are drawn: who did it, and since when.

    `open` shows the wall, `frozen` what hung on it at that moment, `blank` the event's title, `pinned` nothing but
    pinned posts. Whatever is drawn, a post that is removed leaves. `version` grows with each change.
    """

    kind: CurtainKind = "open"
    since: datetime | None = None
    by: str = ""
    by_name: str = ""
    version: int = 0

    def holds_back(self, approved_at: datetime | None) -> bool:
        """Tell whether a post came too late for a screen that is frozen."""
        late = approved_at is None or (self.since is not None and approved_at > self.since)
        return self.kind == "frozen" and late
