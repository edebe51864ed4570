"""What every kind of scene is. The kinds themselves are beside this file, one each, listed in __init__.py."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from wall.core.event import Event
from wall.core.people import Screen
from wall.core.scenes import Priority
from wall.web.state import State


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """What a scene may look at when it says what it shows: the event, the screen if it is one, the time, the store.

    `address(path)` is the whole address of a path here.
    """

    services: State
    event: Event
    screen: Screen | None
    now: datetime
    address: Callable[[str], str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What a scene has to show: `context` is what its template wants, `data` what its element is told.

    A scene whose priority lets it come at once does so when `news` is another word than before. From `until` on it
    has nothing to show; a screen without a server keeps to that, too.
    """

    context: Mapping[str, Any] = field(default_factory=dict)
    data: Mapping[str, Any] | None = None
    news: str = ""
    until: datetime | None = None


View = Callable[[Moment, Any], Awaitable[Shown | None]]
"""Returns what a scene with these options shows at a moment; None for nothing, and screens pass over it."""


@dataclass(frozen=True, slots=True)
class NoOptions:
    """Nothing to set."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """A kind of scene. What it shows is its template, templates/screen/scenes/<kind>.html, with what `view` returns.

    A kind that shows posts names the custom `element` that draws them from the page's feed instead. Its styles are
    static/css/scenes/<kind>.css, if `styled`, and <kind>-<part>.css for each of `parts`; `script` is a module below
    static/js/ that its elements need. `rail` keeps the hashtag and the join code beside it. `seconds` and `priority`
    are what its form begins with.
    """

    title: str
    help: str
    view: View
    options: type = NoOptions
    element: str = ""
    styled: bool = True
    parts: tuple[str, ...] = ()
    script: str = ""
    rail: bool = True
    seconds: int = 20
    priority: Priority = 0

    def sheets(self, name: str) -> list[str]:
        """Return the names of the sheets of a kind that is called so."""
        return [name] * self.styled + [f"{name}-{part}" for part in self.parts]
