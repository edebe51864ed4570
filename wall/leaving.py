"""Authors who leave a wall, from the page on their phone or by a post of their own, and what becomes of their posts."""

from collections.abc import Sequence
from datetime import datetime

from wall.core.leaving import Request, leave_code, requests, said_at
from wall.core.participant import participant_of
from wall.core.post import Post
from wall.store import Store


class Leaving:
    """Carries out what authors ask for. Whatever is asked twice is done once."""

    def __init__(self, store: Store) -> None:
        self.store = store

    async def leave(self, slug: str, author: str, *, at: datetime, now: datetime) -> None:
        """Withdraw all posts of an author, forget whose they were, and take no more of theirs in."""
        if not await self.store.absences.leave(slug, author, at=at):
            return
        await self.store.authors.forget(slug, author)
        if participant := participant_of(author):
            await self.store.questions.forget(slug, participant)
            await self.store.polls.forget(slug, participant)
            await self.store.reactions.take_back(slug, participant)
            await self.store.participants.forget(slug, participant)
        await self.store.posts.forget(slug, author, now=now)
        await self.store.cases.forget(slug, [author])
        await self.store.absences.gone(slug, author, at=at)

    async def come_back(self, slug: str, author: str, *, at: datetime) -> None:
        """Take posts of an author in again, from now on; those that were withdrawn are gone."""
        await self.store.absences.come_back(slug, author, at=at)

    async def remove(self, slug: str, post_id: str, author: str, *, now: datetime) -> None:
        """Withdraw one post, if this author wrote it."""
        standing = (await self.store.posts.get_all(slug, [post_id]))[0]
        if standing:
            await self.store.posts.withdraw(slug, standing.post.uid, author=author, now=now)

    async def sift(self, slug: str, posts: Sequence[Post], *, now: datetime) -> list[Post]:
        """Do what posts ask for, and return the others: a post that asks is never taken in."""
        others = []
        for post in posts:
            asked = requests(post)
            if asked and await self.granted(slug, post, asked, now):
                # One that was here before, and was edited to ask, leaves as well.
                await self.store.posts.withdraw(slug, post.uid, author=post.author.uid, now=now)
            else:
                others.append(post)
        return others

    async def granted(self, slug: str, post: Post, asked: Sequence[Request], now: datetime) -> bool:
        """Do what a post asks for; returns whether it is one that asks, rather than one with such words in it."""
        code = leave_code(await self.store.screens.secret(slug))
        author, at = post.author.uid, said_at(post)
        granted = False
        for request in asked:
            if request.wish == "remove":
                known = (await self.store.posts.get_all(slug, [request.code]))[0] is not None
                await self.remove(slug, request.code, author, now=now)
                granted = granted or known
            elif request.code == code and request.wish == "leave":
                await self.leave(slug, author, at=at, now=now)
                granted = True
            elif request.code == code:
                await self.come_back(slug, author, at=at)
                granted = True
        return granted
