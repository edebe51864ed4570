"""What programs of others are answered from: each wall as this process read it last."""

from collections import OrderedDict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

from wall.core.event import Event
from wall.core.feed import Cursor
from wall.core.hashtag import tagkey
from wall.core.moderation import Standing
from wall.core.sponsors import Sponsors
from wall.core.timeline import Listed
from wall.core.words import _
from wall.errors import StoreUnavailable
from wall.hub import Hub
from wall.store import Store
from wall.store.feeds import Snapshot
from wall.web.mastodon.door import Door
from wall.web.mastodon.status import timeline, uri

POSTS = 200
"""How far back one can ask: fediwall and mastowall show forty at most."""
MOST_KEPT = 100
MOST_DOORS = 8
LISTED_SECONDS = 3


@dataclass(frozen=True, slots=True)
class Wall:
    """An event that is open to programs of others, what stands on its wall, and its sponsors.

    `built` are its statuses, by the door that somebody came through.
    """

    event: Event
    snapshot: Snapshot
    sponsors: Sponsors
    built: dict[Door, list[Listed]] = field(default_factory=dict)

    def timeline(self, door: Door) -> list[Listed]:
        """Return the statuses of what stands on the wall, the newest first."""
        if door not in self.built:
            if len(self.built) >= MOST_DOORS:
                self.built.clear()
            self.built[door] = timeline(door, self.event, self.snapshot.standings, self.snapshot.curtain)
        return self.built[door]

    def pinned(self, door: Door) -> list[Listed]:
        """Return the statuses of what is pinned."""
        wanted = {uri(door, one.post) for one in self.snapshot.standings if one.pinned}
        return [one for one in self.timeline(door) if one.status["uri"] in wanted]


class Walls:
    """The walls that programs asked for lately, and which events there are to ask for."""

    def __init__(self, store: Store, hub: Hub) -> None:
        self.store = store
        self.hub = hub
        self.kept: OrderedDict[str, Wall] = OrderedDict()
        self.events: Sequence[Event] = ()
        self.listed_at: datetime | None = None

    async def look(self, event: Event) -> Wall:
        """Return the wall of an event as it is; raises StoreUnavailable."""
        # Who asks joins, so that the hub follows the feed and the next one need not ask Redis.
        async with self.hub.join(event.slug, "public", "json", None) as viewer:
            kept = self.kept.get(event.slug)
            if kept and kept.event == event and self.hub.caught_up and kept.snapshot.cursor == viewer.channel.tip:
                return kept
            snapshot = await self.hub.snapshot(event.slug, "public", limit=POSTS)
        wall = Wall(event, snapshot, await self.store.sponsors.get(event.slug))
        self.kept[event.slug] = wall
        self.kept.move_to_end(event.slug)
        if len(self.kept) > MOST_KEPT:
            self.kept.popitem(last=False)
        return wall

    def last(self, slug: str) -> Wall:
        """Return a wall as it was last read, without what is known to have left it; raises StoreUnavailable."""
        wall = self.kept.get(slug)
        if wall is None:
            raise StoreUnavailable(_("The wall is catching its breath. It will be back in a moment."))
        heard = self.heard(slug, wall.snapshot.cursor)
        if not heard:
            return wall
        stand = [heard.get(one.post.id, one) for one in wall.snapshot.standings]
        shown = [one for one in stand if one is not None and one.visible]
        return Wall(wall.event, replace(wall.snapshot, standings=shown), wall.sponsors)

    def heard(self, slug: str, cursor: Cursor) -> dict[str, Standing | None]:
        """Return how posts stand that this process heard of after it read their wall."""
        channel = self.hub.channels.get((slug, "public"))
        if channel is None or channel.epoch != cursor.epoch or channel.tip.offset < cursor.offset:
            return {}
        return {told.update.post_id: told.standing for told in channel.ring.after(cursor.offset) or ()}

    def forget(self, slug: str) -> None:
        """Keep nothing of an event that is not open to programs of others any more."""
        self.kept.pop(slug, None)

    def listed(self, now: datetime) -> bool:
        """Tell whether it was asked a moment ago which events there are."""
        return self.listed_at is not None and now - self.listed_at < timedelta(seconds=LISTED_SECONDS)

    def list(self, events: Iterable[Event], now: datetime) -> None:
        """Keep which events there are."""
        self.events, self.listed_at = tuple(events), now


def newest_first(events: Iterable[Event], today: date) -> list[Event]:
    """Return events in the order in which they are asked for: what is not over yet, and of those what began last."""
    return sorted(
        events, key=lambda one: (not is_over(one, today), one.starts or date.min, one.slug), reverse=True
    )


def is_over(event: Event, today: date) -> bool:
    return event.ends is not None and event.ends < today


def tagged(events: Iterable[Event], tag: str, today: date) -> Event | None:
    """Return which event a hashtag stands for: of several that have it, the newest."""
    key = tagkey(tag)
    return next((one for one in newest_first(events, today) if key in one.keys), None)
