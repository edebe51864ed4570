"""Changes of private threads carried out: kept, put on the lists, told to browsers, and to the wall where all agreed.

A post goes before its consent does: what is withdrawn is off the wall first, and what was agreed is looked at again
once it is with the moderators, so that no crash and no race leaves words public to which somebody said no.
"""

from collections.abc import Callable
from datetime import datetime

from wall.core import coming_and_going
from wall.core.back_channel import Change, Thread, ended
from wall.core.consent import Excerpt
from wall.core.event import Event
from wall.errors import NotFound
from wall.sources.back_channel import post_of, uid
from wall.store.back_channels import Read
from wall.web.state import State


async def carry_out(
    services: State, event: Event, id: str, change: Callable[[Read], Change], *, by: str
) -> Change:
    """Change a thread, and see to all that follows from it; raises what `change` raises."""
    store, now = services["store"], services["now"]()
    before = await store.back_channels.read(event.slug, id)
    await take_down(services, event, ended(before.thread, change(before).thread), now)
    seen: list[Thread] = [before.thread]

    def noted(read: Read) -> Change:
        seen[:] = [read.thread]
        return change(read)

    done = await store.back_channels.change(event.slug, id, noted, now=now)
    await take_down(services, event, ended(seen[0], done.thread), now)
    await put_on_lists(services, event, seen[0], done.thread)
    if done.thread:
        for excerpt in done.thread.excerpts:
            if excerpt.stage == "agreed" and excerpt not in seen[0].excerpts:
                await publish(services, event, done.thread.id, excerpt)
    others = [one.id for one in (done.thread.members if done.thread else ()) if one.id != by]
    if any(one.kind in ("said", "joined", "proposed") for one in done.messages):
        services["pusher"].tell(event.slug, others)
    return done


async def leave_all(services: State, event: Event, member: str) -> None:
    """Take somebody who leaves the event out of every private thread, with all that they said there."""
    channels, now = services["store"].back_channels, services["now"]()

    def left(read: Read) -> Change:
        if read.thread.is_asked(member):
            return coming_and_going.decline(read.thread, member)
        mine = [one for one in read.messages if one.by == member and one.kind == "said"]
        return coming_and_going.leave(read.thread, member, now, with_words=mine)

    for listed in await channels.of(event.slug, member) if channels.able else ():
        await carry_out(services, event, listed.thread.id, left, by=member)
    if channels.able:
        await services["store"].barrings.forget(event.slug, member)


async def put_on_lists(services: State, event: Event, before: Thread, after: Thread | None) -> None:
    """Put a thread on the lists of who came in, and take it off the lists of who is not in it any more."""
    store = services["store"]
    was = {one.id for one in (*before.members, *before.asked)}
    now_in = {one.id for one in (*after.members, *after.asked)} if after else set()
    for member in now_in - was:
        await store.back_channels.list_for(event.slug, member, before.id)
    for member in was - now_in:
        await store.back_channels.unlist(event.slug, member, before.id)
    if before.team_ask and (after is None or not after.team_ask):
        await store.reports.answered(event.slug, before.team_ask)


async def publish(services: State, event: Event, id: str, excerpt: Excerpt) -> None:
    """Hand an excerpt to the moderators, unless somebody took their consent back meanwhile. May be done again."""
    await services["acceptor"].accept(event.slug, [post_of(excerpt, event, services["now"]())])
    try:
        thread = (await services["store"].back_channels.peek(event.slug, id)).thread
        agreed = thread.excerpt(excerpt.id).stage == "agreed"
    except NotFound:
        agreed = False
    if not agreed:
        await take_down(services, event, [excerpt], services["now"]())


async def take_down(services: State, event: Event, excerpts: list[Excerpt], now: datetime) -> None:
    for excerpt in excerpts:
        await services["store"].posts.withdraw(event.slug, uid(excerpt), now=now)
