"""What is decided though nobody looks."""

import asyncio
from datetime import timedelta

from tests.cast import NOW
from tests.circle import a_circle
from tests.waiting import until
from wall.core.circle import CircleRule
from wall.errors import StoreUnavailable
from wall.settling import Settler


async def test_a_removal_whose_time_has_come_is_carried_out_though_redis_was_away(store, event, monkeypatch):
    olga, ana, *_ = await a_circle(store, event.slug)
    rule = CircleRule(quorum=1)
    await store.proposals.propose(event.slug, rule, olga, now=NOW, reason="Talks.", removing=ana.id)
    monkeypatch.setattr("wall.settling.LOOK_SECONDS", 0.01)
    settler, looks = Settler(store, lambda: NOW + timedelta(hours=73)), []
    look = settler.look

    async def failing_first():
        looks.append(1)
        if len(looks) == 1:
            raise StoreUnavailable("Away.")
        await look()

    settler.look = failing_first
    task = asyncio.create_task(settler.run())

    await until(lambda: len(looks) > 2)
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)

    assert (await store.members.get(event.slug, ana.id)).left == "removed"
