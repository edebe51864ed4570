"""What the team writes in private to the author of a post, as far as their case goes: that it did, and when."""

from dataclasses import replace

from wall.core.back_channel import Thread
from wall.core.event import Event
from wall.core.member import PERSON
from wall.web.back_channels.who import author_member
from wall.web.state import State


async def note_answer(services: State, event: Event, thread: Thread, me: str) -> None:
    """Note that one of the team wrote in a thread, if the author of the post that it is about reads it.

    The log is told nothing of it, and the case nothing but the time.
    """
    if not me.startswith(PERSON):
        return
    (standing,) = await services["store"].posts.get_all(event.slug, [thread.post_id])
    author = author_member(standing.post) if standing else None
    if standing and author in {one.id for one in (*thread.members, *thread.asked)}:
        now = services["now"]()
        await services["store"].cases.change(
            event.slug, standing.post.author.uid, lambda held: replace(held, answered=now)
        )
