"""What the organiser's rules conclude about a post on its arrival: into the queue, or past it if told so."""

from wall.core.event import Event
from wall.core.moderation import Status, Verdict
from wall.core.post import Post


def judge(event: Event, post: Post, *, trusted: bool) -> Verdict:
    """Return where a new or edited post goes.

    `trusted` says that a moderator trusts its author; it counts only while the event's mode says so.
    """
    if post.sensitive:
        return Verdict(reason="Marked as sensitive by its author.")
    if event.mode == "trusted go through" and trusted:
        return Verdict(status=Status.APPROVED, reason="Its author is trusted.")
    return Verdict()
