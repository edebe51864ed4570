"""Who passed a post on, taken in: kept unless they asked to be left alone, were blocked, or left the event."""

from datetime import datetime

from wall.core import rules, wishes
from wall.core.entry import LONGEST_NAME
from wall.core.post import post_id
from wall.sources.base import Amplified
from wall.store import Store


class Amplifying:
    """Takes in what networks tell of who passed posts on."""

    def __init__(self, store: Store) -> None:
        self.store = store

    async def take(self, slug: str, told: Amplified, *, now: datetime) -> int:
        """Keep who passed a post on, and return of how many that is news.

        Nobody is kept whose profile asks programs to keep away, where the event heeds that, nor whom a rule rejects
        for who they are; while the rules cannot be read, nobody.
        """
        event, chain = await self.store.events.get(slug), await self.store.rules.get(slug)
        kept = [
            one.uid
            for one in told.by
            if is_name(one.uid)
            and not wishes.turned_away(event, one)
            and chain.readable
            and not rules.is_blocked(chain, one, now)
        ]
        return await self.store.amplifiers.note(slug, post_id(told.uid), kept, now=now)


def is_name(uid: str) -> bool:
    return uid.isprintable() and 0 < len(uid) <= LONGEST_NAME
