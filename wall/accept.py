"""The one door for posts, wherever they come from: judged, dressed with their pictures, and submitted."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime

from wall.core import moderation, rules
from wall.core.post import Post
from wall.media import Pictures
from wall.sources.base import Delete
from wall.store import Store
from wall.store.posts import Submission

Clock = Callable[[], datetime]


class Acceptor:
    """Takes posts in, whatever door they came to: judges them, dresses them with pictures, submits them."""

    def __init__(self, store: Store, pictures: Pictures, *, now: Clock) -> None:
        self.store = store
        self.pictures = pictures
        self.now = now

    async def accept(
        self, slug: str, posts: Sequence[Post], *, source_id: str | None = None, position: str | None = None
    ) -> int:
        """Take in posts and, in the same step as the new ones, how far their source was read.

        Returns how many were new or changed. Posts the event does not want are left out.
        """
        posts = list({post.id: post for post in posts}.values())
        known = await self.store.posts.known(slug, posts)
        now = self.now()
        new: list[Submission] = []
        edits: list[Submission] = []
        for post, standing, trusted in zip(posts, known.standings, known.trusted, strict=True):
            submission = Submission(post, rules.judge(known.event, post, trusted=trusted), trusted)
            if standing is None:
                new += [submission] if known.event.wants(post) else []
            elif moderation.is_edit(standing, post):
                edits.append(submission)
        new, edits = await self._dressed(new), await self._dressed(edits)
        changed = sum([await self.store.posts.edit(slug, edit, now=now) for edit in edits])
        return changed + await self.store.posts.submit(slug, new, now=now, source_id=source_id, position=position)

    async def _dressed(self, submissions: Sequence[Submission]) -> list[Submission]:
        """Return submissions with their pictures kept here: what moderators judge is what audiences see."""
        bare = [submission.post for submission in submissions if has_pictures(submission.post)]
        dressed = dict(
            zip((post.id for post in bare), await asyncio.gather(*map(self.pictures.dress, bare)), strict=True)
        )
        return [replace(one, post=dressed.get(one.post.id, one.post)) for one in submissions]

    async def withdraw(self, slug: str, delete: Delete) -> bool:
        """Withdraw a post that its author deleted, pictures included; returns whether there was one."""
        before = await self.store.posts.withdraw(slug, delete.uid, author=delete.author, now=self.now())
        return before is not None


def has_pictures(post: Post) -> bool:
    return bool(post.media or post.emojis or post.author.avatar_url)
