"""Every webhook is told by one process at a time, and none waits for another."""

import asyncio
from dataclasses import replace

import pytest

from tests.receiver import refusal
from wall.core.webhook import Progress
from wall.webhooks import Sender
from wall.webhooks.sender import LEASE_SECONDS


@pytest.fixture
def sender(store, courier):
    return Sender(store, courier)


async def finished(sender):
    await asyncio.gather(*sender.telling.values())


async def test_two_processes_tell_a_webhook_once(store, courier, receiver, sender, hook, show):
    posts = [await show(f"Number {number} #PyConEx") for number in range(5)]
    other = Sender(store, courier)

    await asyncio.gather(sender.look(), other.look())
    await asyncio.gather(finished(sender), finished(other))

    assert [id for _, id in receiver.told] == [one.post.id for one in posts]


async def test_a_receiver_that_hangs_keeps_nobody_waiting(store, event, receiver, sender, hook, show):
    other = replace(hook, id="other", name="Other", address="https://quick.example/")
    tip = await store.feeds.tip(event.slug, "public")
    await store.webhooks.create(event.slug, other, Progress(epoch=tip.epoch, offset=tip.offset))
    await show()
    hanging = asyncio.Event()
    receiver.hold = hanging
    await sender.look()
    await receiver.got.wait()
    slow = next(task for key, task in sender.telling.items() if key == (event.slug, hook.id))
    quick = next(task for key, task in sender.telling.items() if key == (event.slug, "other"))
    while len(receiver.requests) < 2:
        receiver.got.clear()
        await receiver.got.wait()

    assert not slow.done()
    assert not quick.done()  # both were asked, side by side
    hanging.set()
    await finished(sender)


async def test_what_waits_or_is_told_is_left_alone(receiver, sender, hook, show):
    receiver.answers = [refusal(500)]
    await show()
    await sender.look()
    await finished(sender)
    await sender.look()

    assert sender.telling == {}
    assert len(receiver.requests) == 1


async def test_a_webhook_whose_process_was_killed_is_told_by_another_once_the_lease_is_over(
    store, event, receiver, sender, hook, show
):
    await show()
    await store.leases.take(event.slug, f"webhook-{hook.id}", "killed", seconds=LEASE_SECONDS)
    await sender.look()
    await finished(sender)
    assert receiver.requests == []

    await store.leases.give_back(event.slug, f"webhook-{hook.id}", "killed")
    await sender.look()
    await finished(sender)
    assert len(receiver.requests) == 1
