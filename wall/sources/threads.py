"""Which posts of the last minutes their authors may go on from, as far as one source has read them. Pure."""

from dataclasses import dataclass
from datetime import datetime

from wall.core.continuation import SPAN, is_by_same, is_in_time
from wall.core.event import Event
from wall.core.post import Post
from wall.sources.remembered import Remembered

MOST_THREADS = 2000


@dataclass(slots=True)
class Thread:
    """What its author may go on from: `root` has the hashtag. `replies` were counted, `read` of them looked for."""

    root: Post
    replies: int = 0
    read: int = 0


class Threads:
    """The posts that an event wants, or that go on from such a one, by uid; none unless it takes in continuations.

    `changes` grows with each.
    """

    def __init__(self, event: Event) -> None:
        self.event = event
        self.on = event.terms.continuations
        self.known: Remembered[str, Thread] = Remembered(MOST_THREADS)
        self.changes = 0

    def note(self, post: Post, *, replies: int = 0) -> bool:
        """Remember a post if its author may go on from it, and how many replies it has; tells whether it is one."""
        if not self.on:
            return False
        if post.uid not in self.known:
            root = post if self.event.wants(post) else self.root(post)
            if root is None:
                return False
            self.known[post.uid] = Thread(root)
            self.changes += 1
        thread = self.known[post.uid]
        thread.replies = max(thread.replies, replies)
        return True

    def root(self, post: Post) -> Post | None:
        """Return where the thread began that a post goes on, by the same author and soon enough."""
        thread = self.known.get(post.reply_to or "")
        in_thread = thread is not None and is_by_same(post, thread.root) and is_in_time(post, thread.root)
        return thread.root if thread and in_thread else None

    def open(self, now: datetime) -> dict[str, Thread]:
        """Return the threads that may go on, and those that only just ended, for news takes its time."""
        return {uid: one for uid, one in self.known.items() if now - one.root.created_at <= 2 * SPAN}

    def unread(self, now: datetime) -> list[str]:
        """Return the posts that have replies which nobody looked for yet."""
        return [uid for uid, one in self.open(now).items() if one.replies > one.read]

    def read(self, uid: str) -> None:
        """Note that the replies to a post were looked for."""
        if uid in self.known:
            self.known[uid].read = self.known[uid].replies
