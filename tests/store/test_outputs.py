import asyncio
from dataclasses import replace

import pytest

from tests.cast import NOW
from wall.core.audit import Entry, Filter
from wall.core.overlay import Overlay
from wall.core.stage import Stage, StageMessage
from wall.errors import NotFound

A_MESSAGE = StageMessage(id="m1", text="5 minutes", by_name="Mia", at=NOW)


def over(post_id):
    return lambda overlay: replace(overlay, post_id=post_id, version=overlay.version + 1)


async def test_nothing_lies_over_the_video_at_first_and_the_stage_is_told_nothing(store, event):
    assert await store.outputs.overlay(event.slug) == Overlay()
    assert await store.outputs.stage(event.slug) == Stage()


async def test_a_change_is_one_update_of_both_feeds_that_says_nothing_but_its_kind(store, event):
    overlay = await store.outputs.change(event.slug, Overlay, over("p1"), now=NOW)

    (public,) = await store.feeds.after(event.slug, "public", 0, limit=9)
    (desk,) = await store.feeds.after(event.slug, "desk", 0, limit=9)
    assert overlay == await store.outputs.overlay(event.slug) == Overlay(post_id="p1", version=1)
    assert (public.kind, public.post_id, public.was, public.status) == ("arranged", "", "", "")
    assert (desk.kind, desk.post_id) == ("arranged", "")


async def test_what_stays_as_it_is_is_told_to_nobody(store, event):
    await store.outputs.change(event.slug, Stage, lambda stage: stage, now=NOW)

    assert await store.feeds.after(event.slug, "public", 0, limit=9) == []


async def test_of_several_changes_at_once_none_is_lost(store, event):
    messages = [replace(A_MESSAGE, id=f"m{number}") for number in range(4)]

    await asyncio.gather(
        *(
            store.outputs.change(event.slug, Stage, lambda stage, one=one: stage.told(one), now=NOW)
            for one in messages
        )
    )

    stage = await store.outputs.stage(event.slug)
    assert {one.id for one in stage.messages} == {"m0", "m1", "m2", "m3"}
    assert stage.version == 4


async def test_a_change_that_is_refused_changes_and_tells_nothing(store, event):
    with pytest.raises(NotFound):
        await store.outputs.change(event.slug, Stage, lambda stage: stage.without("m1"), now=NOW)

    assert await store.feeds.after(event.slug, "desk", 0, limit=9) == []


async def test_a_change_is_in_the_audit_log_by_the_same_step(store, event):
    entry = Entry(kind="overlay", by="mia", by_name="Mia", at=NOW, post="p1")

    await store.outputs.change(event.slug, Overlay, over("p1"), now=NOW, entry=entry)

    ((told,), _) = await store.audit.page(event.slug, Filter(), limit=9)
    assert (told.kind, told.post) == ("overlay", "p1")
