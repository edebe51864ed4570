"""What an organiser should know about the hashtags of an event: where they collide, and who does not take them."""

from collections.abc import Iterator
from itertools import combinations

from wall.core.event import Event
from wall.core.text import GRAPHEME
from wall.core.words import _
from wall.store import Store

LONGEST_ON_BLUESKY = 64  # graphemes


async def hashtag_notes(store: Store, event: Event) -> list[str]:
    """Return, in words, what to know about the hashtags of an event."""
    others = [one for one in await store.events.all() if one.slug != event.slug and one.circle is None]
    return [*same(event), *not_everywhere(event), *read_elsewhere(event, others)]


def same(event: Event) -> Iterator[str]:
    """Yield which spellings say the same."""
    for (one, key), (other, its_key) in combinations(zip(event.sought, event.keys, strict=True), 2):
        if key == its_key:
            yield _(
                "#%(one)s and #%(other)s are the same hashtag to the wall, which goes by neither case nor accents. "
                "One of them is enough.",
                one=one,
                other=other,
            )


def not_everywhere(event: Event) -> Iterator[str]:
    """Yield which hashtags some networks do not know as such."""
    for tag in event.sought:
        if not any(map(str.isalpha, tag)):
            yield _(
                "#%(hashtag)s works on Bluesky, on Nostr and in rooms. Mastodon and its kin take no emoji for a "
                "hashtag, so name one of letters as well.",
                hashtag=tag,
            )
        if sum(1 for _ in GRAPHEME.finditer(tag)) > LONGEST_ON_BLUESKY:
            yield _(
                "#%(hashtag)s is longer than Bluesky lets a hashtag be, which is %(longest)s signs.",
                hashtag=tag,
                longest=LONGEST_ON_BLUESKY,
            )


def read_elsewhere(event: Event, others: list[Event]) -> Iterator[str]:
    """Yield which other events read a hashtag of this one."""
    for tag, key in zip(event.sought, event.keys, strict=True):
        for other in others:
            if key in other.keys:
                yield _(
                    "#%(hashtag)s is read for “%(title)s” as well; its posts come to both walls.",
                    hashtag=tag,
                    title=other.title,
                )
