"""Continuations taken in: what authors add to their own posts, though it has no hashtag of its own."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from wall.core.continuation import MOST_STEPS, is_by_same, is_in_time
from wall.core.event import Event
from wall.core.moderation import Status
from wall.core.post import Post, post_id
from wall.sources.implied import implied
from wall.store import Store


class Continuing:
    """Knows which posts go on from one that is here, or that comes with them."""

    def __init__(self, store: Store) -> None:
        self.store = store

    async def named(self, event: Event, posts: Sequence[Post]) -> Sequence[Post]:
        """Return posts, those that continue their author's own with the hashtags of that one, if the event says so.

        In the order given; one that comes before what it continues is not known to.
        """
        if not event.terms.continuations:
            return posts
        found: dict[str, Post] = {}
        for post in posts:
            if not event.wants(post) and event.may_want(post) and await self.continues(event, post, found):
                post = replace(post, tags=implied(event, post.tags, "thread"))
            found[post.uid] = post
        return [found[post.uid] for post in posts]

    async def continues(self, event: Event, post: Post, here: Mapping[str, Post]) -> bool:
        """Tell whether an unbroken thread of its author leads from a post to one that has the hashtag itself."""
        uid = post.reply_to
        for _ in range(MOST_STEPS):
            before = (here.get(uid) or await self.kept(event.slug, uid)) if uid else None
            if before is None or not is_by_same(post, before):
                return False
            match = event.match(before)
            if match and match.tag.where != "thread":
                return is_in_time(post, before)
            uid = before.reply_to
        return False

    async def kept(self, slug: str, uid: str) -> Post | None:
        (standing,) = await self.store.posts.get_all(slug, [post_id(uid)])
        return standing.post if standing and standing.status is not Status.WITHDRAWN else None
