"""What stands on a wall, read for its archive: whatever left it meanwhile is passed over."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from wall.core.answering import is_answer, without_answers
from wall.core.moderation import Standing, Status
from wall.store import Store


@dataclass(frozen=True, slots=True)
class Thread:
    """A post with what it answers and what answers it, as far as that is on the wall."""

    post: Standing
    answered: Standing | None
    replies: Sequence[Standing]


class Standings:
    """The posts of one event that everybody may read."""

    def __init__(self, store: Store, slug: str) -> None:
        self.store = store
        self.slug = slug

    async def page(self, before: int | None, *, limit: int) -> list[tuple[int, Standing]]:
        """Return a page of posts, newest first, each with its place."""
        return await self.store.posts.page(self.slug, Status.APPROVED, limit=limit, before=before)

    async def pinned(self) -> list[Standing]:
        snapshot = await self.store.feeds.snapshot(self.slug, "public", limit=1)
        return await self.tied(one for one in snapshot.standings if one.pinned)

    async def named(self, ids: Sequence[str]) -> list[Standing]:
        """Return those posts of some that are on the wall, in their order."""
        found = await self.store.posts.get_all(self.slug, ids) if ids else []
        return await self.tied(one for one in found if one)

    async def thread(self, standing: Standing) -> Thread:
        """Return the thread of a post; asked for only where there is any."""
        answered = await self.named([standing.answers.id]) if standing.answers else []
        replies = await self.store.threads.replies(self.slug, standing.post.id) if standing.replies else []
        shown = await self.tied(one for one in replies if not is_answer(one.post))
        return Thread(standing, answered[0] if answered else None, shown)

    async def tied(self, standings: Iterable[Standing]) -> list[Standing]:
        """Return those that are visible, each knowing what it answers and what the wall answered to it."""
        visible = [one for one in standings if one.visible]
        return without_answers(await self.store.threads.tied(self.slug, visible))
