"""What went wrong, in figures that all must be 0."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from bench.chaos.moderators import Moderators
from tests.faults.roads import ByScreen, Viewer
from wall.core.feed import Cursor
from wall.core.moderation import Standing, Status
from wall.store import Store

WRONGS = ("lost", "repeated", "out of order", "behind", "two winners", "wrong on a screen")
NEWEST = 40
KINDS = {"a hole": "lost", "a repeat": "repeated", "another history": "out of order", "a cursor": "out of order"}


def of_viewers(viewers: Iterable[Viewer], tip: Cursor, newest: Sequence[str]) -> Counter[str]:
    """Return what was wrong with what each was told, and with where it is now that everything is at rest."""
    wrong: Counter[str] = Counter()
    for viewer in viewers:
        witness = viewer.witness
        for fault in witness.faults:
            wrong[
                next((kind for words, kind in KINDS.items() if fault.startswith(words)), "wrong on a screen")
            ] += 1
        wrong["behind"] += witness.cursor != tip
        if isinstance(viewer, ByScreen):
            wrong["wrong on a screen"] += [one.id for one in witness.wall[:NEWEST]] != list(newest)
    return wrong


async def of_decisions(store: Store, slug: str, moderators: Moderators) -> Counter[str]:
    """Return what was wrong with what moderators were told."""
    ids = list(moderators.confirmed)
    standings = await store.posts.get_all(slug, ids)
    kept = {one.post.id: one.status.value for one in standings if one}
    return Counter(
        {
            "lost": sum(kept.get(id) != status for id, status in moderators.confirmed.items()),
            "two winners": sum(len(who) > 1 for who in moderators.winners.values()),
        }
    )


async def of_history(store: Store, slug: str, sent: Mapping[str, int]) -> Counter[str]:
    """Return what was wrong with the history that is kept: posts of sources that never came, and whatever is told twice."""
    public = await store.feeds.after(slug, "public", 0, limit=1_000_000)
    desk = await store.feeds.after(slug, "desk", 0, limit=1_000_000)
    came = Counter(update.post_id for update in desk if update.kind == "submitted")
    shown = Counter(update.post_id for update in public if update.kind == "posted")
    texts = Counter(text(one) for one in await standings(store, slug, list(came)) if one)
    return Counter(
        {
            "lost": sum(texts[words] < 1 for words in sent),
            "repeated": sum(number - 1 for number in (*came.values(), *shown.values()) if number > 1)
            + sum(texts[words] - 1 for words in sent if texts[words] > 1),
            "out of order": [one.offset for one in public] != list(range(1, len(public) + 1)),
        }
    )


async def standings(store: Store, slug: str, ids: Sequence[str]) -> list[Standing | None]:
    return list(await store.posts.get_all(slug, ids))


def text(standing: Standing) -> str:
    return standing.post.text.split()[0]


async def newest(store: Store, slug: str) -> tuple[Cursor, list[str]]:
    """Return where the feed is, and which posts are the newest on the wall."""
    snapshot = await store.feeds.snapshot(slug, "public", limit=NEWEST)
    assert all(one.status is Status.APPROVED for one in snapshot.standings)
    return snapshot.cursor, [one.post.id for one in snapshot.standings]


async def approved(store: Store, slug: str) -> set[str]:
    """Return every post that may be shown."""
    snapshot = await store.feeds.snapshot(slug, "public", limit=1_000_000)
    return {one.post.id for one in snapshot.standings}
