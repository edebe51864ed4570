"""Continuations: what authors add to their own posts, as people do who have more to say than fits."""

from datetime import timedelta

from wall.core.post import Post

SPAN = timedelta(minutes=10)
"""How long after the post that has the hashtag."""
MOST_STEPS = 50


def is_in_time(post: Post, root: Post) -> bool:
    """Tell whether a post comes soon enough after the one that its thread begins with."""
    return post.created_at - root.created_at <= SPAN


def is_by_same(post: Post, other: Post) -> bool:
    return post.author.uid == other.author.uid
