"""A configured source and its health. The adapters that read them are in wall/sources/."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

State = Literal["new", "healthy", "degraded", "failing"]


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceSettings:
    """A configured place posts come from. `options` are as the organiser filled them in, by option name."""

    id: str
    kind: str
    options: Mapping[str, str] = field(default_factory=dict)
    version: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceHealth:
    """How a source fares, in words for the organiser. `set_aside` counts posts that could not be read."""

    state: State = "new"
    detail: str = "Not read yet."
    last_post_at: datetime | None = None
    last_error: str | None = None
    last_error_at: datetime | None = None
    next_try_at: datetime | None = None
    posts: int = 0
    set_aside: int = 0
