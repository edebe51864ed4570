import asyncio

import pytest

from tests.cast import NOW
from wall.core.curtain import Curtain
from wall.errors import AlreadyDecided


async def draw(store, event, kind, *, by="mia", **seen):
    return await store.curtains.draw(event.slug, kind, by=by, by_name=by.capitalize(), now=NOW, **seen)


async def test_the_screens_of_an_event_are_open_at_first(store, event):
    assert await store.curtains.get(event.slug) == Curtain()
    assert await store.curtains.told(event.slug) == 0


async def test_a_curtain_is_one_update_of_both_feeds_and_says_who_drew_it(store, event):
    drawn = await draw(store, event, "blank")

    (public,) = await store.feeds.after(event.slug, "public", 0, limit=9)
    (desk,) = await store.feeds.after(event.slug, "desk", 0, limit=9)
    assert drawn == Curtain(kind="blank", since=NOW, by="mia", by_name="Mia", version=1)
    assert (public.kind, public.post_id, public.was, public.status) == ("curtained", "", "open", "blank")
    assert (desk.kind, desk.status) == ("curtained", "blank")
    assert await store.curtains.told(event.slug) == public.offset


async def test_a_snapshot_holds_the_curtain_of_its_own_moment(store, event):
    drawn = await draw(store, event, "pinned")

    snapshot = await store.feeds.snapshot(event.slug, "public", limit=9)

    assert snapshot.curtain == drawn
    assert snapshot.cursor == await store.feeds.tip(event.slug, "public")


async def test_who_draws_the_same_at_once_tells_it_once_and_the_first_keeps_the_name(store, event):
    both = await asyncio.gather(draw(store, event, "blank", by="mia"), draw(store, event, "blank", by="max"))

    assert both[0] == both[1]
    assert len(await store.feeds.after(event.slug, "public", 0, limit=9)) == 1


async def test_the_way_back_is_refused_when_another_curtain_holds_than_was_seen(store, event):
    frozen = await draw(store, event, "frozen", by="max")
    await draw(store, event, "blank", by="mia")

    with pytest.raises(AlreadyDecided) as refused:
        await draw(store, event, "open", by="max", seen=frozen.version)

    assert (refused.value.by, refused.value.status) == ("Mia", "blank")
    assert (await store.curtains.get(event.slug)).kind == "blank"


async def test_the_way_back_sent_twice_is_taken_once(store, event):
    drawn = await draw(store, event, "blank")

    first = await draw(store, event, "open", seen=drawn.version)
    again = await draw(store, event, "open", seen=drawn.version)

    assert first == again
    assert again.kind == "open"
    assert len(await store.feeds.after(event.slug, "public", 0, limit=9)) == 2
