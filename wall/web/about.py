"""The about page: what the wall is, its rules, what it shows and what not, and how to be removed from it."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from wall.core.event import Event
from wall.core.languages import Language
from wall.core.leaving import leave_code
from wall.core.moderation import Status
from wall.core.modes import Mode
from wall.core.source import SourceSettings
from wall.core.words import _
from wall.errors import InvalidInput
from wall.sources.form import Form
from wall.sources.registry import KINDS, source_class
from wall.store import Store
from wall.store.tally import Tally
from wall.web import language
from wall.web.form import Trouble
from wall.web.outline import Outlines
from wall.web.pages import Pages
from wall.web.shared_nav import shared_nav

KEPT = timedelta(seconds=5)
MODES: dict[Mode, str] = {
    "everything waits": _("Every post waits until a moderator has read it. Nothing is shown before."),
    "trusted go through": _(
        "Posts of authors whom the moderators trust are shown at once. Every other post waits until "
        "a moderator has read it."
    ),
    "hold the suspicious": _(
        "Posts are shown at once, unless something about them is unusual: then a moderator reads them before."
    ),
    "open with delay": _("Posts are shown after a short delay, unless a moderator stops them."),
}
CAUSES = {
    "rule": _("Held back by a rule of the organisers"),
    "picture": _("For a picture"),
    "moderator": _("Without a reason from the list"),
}


class AboutPages:
    """The about pages of one process, each made at most once in a few seconds, however many ask."""

    def __init__(self, store: Store, pages: Pages, outlines: Outlines, now: Callable[[], datetime]) -> None:
        self.store = store
        self.pages = pages
        self.outlines = outlines
        self.now = now
        self.kept: dict[tuple[str, bool, Language], tuple[Event, datetime, bytes]] = {}
        self.lock = asyncio.Lock()

    async def page(self, event: Event, *, asked: bool = False) -> bytes:
        """Return the page of an event; a change of its settings is on it at once.

        With `asked`, it says first that a request to be left out has come in.
        """
        key = (event.slug, asked, language.current())
        async with self.lock:
            found = self.kept.get(key)
            if found and found[0] == event and self.now() - found[1] < KEPT:
                return found[2]
            body = await self._render(event, asked=asked)
            self.kept[key] = (event, self.now(), body)
            return body

    async def refused(self, event: Event, error: InvalidInput, values: Mapping[str, str]) -> bytes:
        """Return the page with a request to be left out on it that could not be used, and why."""
        return await self._render(event, trouble=Trouble("leaving", error, values))

    async def _render(self, event: Event, *, asked: bool = False, trouble: Trouble | None = None) -> bytes:
        tally = await self.store.posts.tally(event.slug)
        sources = await self.store.sources.all(event.slug)
        by_phone = any(one.kind == Form.kind for one in sources)
        code = leave_code(await self.store.screens.secret(event.slug))
        return self.pages.render(
            "live/about.html",
            **view(event, tally, code, by_phone=by_phone, now=self.now()),
            nav=await shared_nav(self.store, self.outlines, event, self.now()),
            networks=networks(sources),
            request_received=asked,
            trouble=trouble,
        ).encode()


def view(event: Event, tally: Tally, code: str, *, by_phone: bool, now: datetime) -> dict[str, Any]:
    hidden = tally.counts[Status.REJECTED] + tally.counts[Status.REMOVED]
    return {
        "event": event,
        "mode": MODES[event.holding(now).mode],
        "rules": [part.strip() for part in event.house_rules.split("\n\n") if part.strip()],
        "shown": tally.counts[Status.APPROVED],
        "waiting": tally.counts[Status.WAITING] + tally.counts[Status.STASHED],
        "hidden": hidden,
        "causes": causes(tally),
        "withdrawn": tally.counts[Status.WITHDRAWN],
        "left": tally.left,
        "asked": tally.asked,
        "heeds": event.wishes,
        "code": code,
        "by_phone": by_phone,
    }


def causes(tally: Tally) -> list[tuple[str, int]]:
    """Return why posts are not shown, in words, the commonest first; what gives no reason comes last."""
    named = [
        (CAUSES.get(cause) or cause.removeprefix("reason:"), number, cause == "moderator")
        for cause, number in tally.causes.items()
    ]
    return [(words, number) for words, number, _last in sorted(named, key=lambda one: (one[2], -one[1], one[0]))]


def networks(sources: Sequence[SourceSettings]) -> dict[str, str]:
    """Return the kinds of sources, with their titles, in which somebody is known by a handle."""
    kinds = {one.kind: source_class(one.kind) for one in sources if one.kind in KINDS}
    return {kind: found.title for kind, found in kinds.items() if hasattr(found, "known_as")}
