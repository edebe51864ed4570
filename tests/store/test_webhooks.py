"""Webhooks are kept, and how far they were told is noted over what was read."""

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.cast import NOW, a_decision, a_post
from wall.core.moderation import Verdict
from wall.core.webhook import ATTEMPTS_KEPT, Attempt, Progress, Webhook
from wall.errors import NotFound
from wall.store.submission import Submission

HOOK = Webhook(id="hook", name="Lights", address="https://lights.example/", base="", secrets=("s",))
PLACE = Progress(epoch="Vq3k", offset=128)


@pytest.fixture
async def kept(store, event):
    await store.webhooks.create(event.slug, HOOK, PLACE)
    return await store.webhooks.get(event.slug, HOOK.id)


def an_attempt(**fields):
    return Attempt(
        **({"at": NOW, "type": "test", "cursor": "", "status": 204, "words": "", "seconds": 0.1} | fields)
    )


async def test_an_event_with_a_webhook_is_listed(store, event, kept):
    assert event.slug in await store.webhooks.slugs()
    assert await store.webhooks.all(event.slug) == [kept]


async def test_a_change_and_a_place_are_kept(store, event, kept):
    await store.webhooks.change(event.slug, HOOK.id, lambda hook: replace(hook, off="hand"))
    await store.webhooks.set_progress(event.slug, HOOK.id, PLACE.told(130))

    found = await store.webhooks.get(event.slug, HOOK.id)
    assert (found.webhook.off, found.progress.offset) == ("hand", 130)


async def test_of_two_who_note_a_place_the_second_is_told(store, event, kept):
    assert await store.webhooks.note(event.slug, kept, PLACE.told(129))
    assert not await store.webhooks.note(event.slug, kept, PLACE.told(131))
    assert (await store.webhooks.get(event.slug, HOOK.id)).progress.offset == 129


async def test_the_last_attempts_are_kept_newest_first(store, event, kept):
    for number in range(ATTEMPTS_KEPT + 5):
        await store.webhooks.note(event.slug, kept, None, an_attempt(status=number))

    statuses = [one.status for one in await store.webhooks.attempts(event.slug, HOOK.id)]
    assert statuses == list(range(ATTEMPTS_KEPT + 4, 4, -1))


async def test_nothing_is_left_of_a_deleted_webhook(store, event, kept):
    await store.webhooks.note(event.slug, kept, None, an_attempt())
    await store.webhooks.delete(event.slug, HOOK.id)

    assert await store.webhooks.attempts(event.slug, HOOK.id) == []
    assert event.slug not in await store.webhooks.slugs()
    assert not await store.webhooks.note(event.slug, kept, PLACE.told(129))
    with pytest.raises(NotFound):
        await store.webhooks.set_progress(event.slug, HOOK.id, PLACE)


async def test_the_place_before_a_time_is_found(store, event):
    times = [NOW + timedelta(minutes=number) for number in range(5)]
    for time in times:
        post = a_post()
        await store.posts.submit(event.slug, [Submission(post, Verdict())], now=time)
        waiting = await store.posts.get(event.slug, post.id)
        await store.posts.decide(event.slug, a_decision("approve", waiting), now=time)
    soon = timedelta(seconds=1)

    found = [
        await store.feeds.offset_before(event.slug, "public", time - soon)
        for time in [*times, times[-1] + 2 * soon]
    ]

    assert found == [0, 1, 2, 3, 4, 5]
