"""What becomes of a circle's posts that were passed on: handed to the public event, and taken from it again."""

from functools import partial

from wall.core.consent import Excerpt, stop
from wall.core.event import Event
from wall.sources.back_channel import post_of, uid
from wall.web.state import State


async def hand_over(services: State, event: Event, post_id: str, excerpt: Excerpt) -> None:
    """Hand words to the moderators of the public event, unless their author took the consent back meanwhile."""
    assert event.part_of is not None
    whole = await services["store"].events.get(event.part_of)
    await services["acceptor"].accept(whole.slug, [post_of(excerpt, whole, services["now"]())])
    now_stands = (await services["store"].passing.all(event.slug)).get(post_id)
    if now_stands is None or now_stands.stage != "agreed":
        await take_down(services, event, excerpt)


async def take_down(services: State, event: Event, excerpt: Excerpt) -> None:
    assert event.part_of is not None
    await services["store"].posts.withdraw(event.part_of, uid(excerpt), now=services["now"]())


def stopped(was: Excerpt, now: Excerpt | None) -> Excerpt:
    return stop(now or was)


async def take_all_back(services: State, event: Event, author: str, *, post_id: str | None) -> None:
    """Stop what an author was asked about one post, or with None about any; off the public wall before it is noted."""
    if event.part_of is None:
        return
    for id, excerpt in (await services["store"].passing.all(event.slug)).items():
        if author in excerpt.quoted and post_id in (None, id) and excerpt.stage != "stopped":
            await take_down(services, event, excerpt)
            await services["store"].passing.change(event.slug, id, partial(stopped, excerpt))
            await take_down(services, event, excerpt)
