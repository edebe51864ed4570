"""A webhook is told what the wall shows: in order, at least once, and nothing that is not on it."""

import asyncio
from dataclasses import replace

import pytest

from tests.circle import RULE
from tests.receiver import refusal
from wall.core.webhook import PAUSES, Progress
from wall.sources.webhook import new_secret
from wall.web.views import post_json


@pytest.fixture
def state_of(store, event, hook):
    async def state_of():
        return await store.webhooks.get(event.slug, hook.id)

    return state_of


async def test_a_post_is_told_as_the_feed_tells_it(store, event, hook, receiver, tell, show):
    post = await show()

    await tell()

    (message,) = receiver.messages
    tip = await store.feeds.tip(event.slug, "public")
    assert message["type"] == "posts.posted"
    assert message["timestamp"] == "2026-06-12T09:30:00.000Z"
    assert message["data"]["id"] == post_json(event.slug, post)["id"]
    assert message["data"]["text"] == "Hello #PyConEx"
    assert (message["event"], message["wall"]) == (event.slug, "https://wall.example")
    assert message["cursor"] == str(tip)


async def test_what_is_sent_can_be_verified_by_either_of_two_secrets(store, event, hook, receiver, tell, show):
    newer = new_secret()
    await store.webhooks.change(event.slug, hook.id, lambda hook: hook.with_secret(newer))
    await show()

    await tell()

    assert receiver.verified(newer) == receiver.verified(hook.secrets[0]) == receiver.ids[0]


async def test_everything_is_told_in_order_and_once(receiver, tell, show, decide):
    post = await show()
    pinned = await decide("pin", post)
    unpinned = await decide("unpin", pinned)
    await decide("remove", unpinned)
    other = await show("Another #PyConEx")
    await tell()
    await tell()

    # What was done to a post that has left the wall since is not told any more, but for its removal.
    assert receiver.told == [("posts.removed", post.post.id), ("posts.posted", other.post.id)]


async def test_each_change_is_told_while_the_post_stands(receiver, tell, show, decide):
    post = await show()
    await tell()
    pinned = await decide("pin", post)
    await tell()
    await decide("remove", pinned)
    await tell()

    assert [type for type, _ in receiver.told] == ["posts.posted", "posts.pinned", "posts.removed"]
    assert receiver.messages[-1]["data"] == {"id": post.post.id}


async def test_what_was_not_chosen_is_not_sent_but_removals_are(store, event, hook, receiver, tell, show, decide):
    await store.webhooks.change(event.slug, hook.id, lambda hook: replace(hook, kinds=("pinned",)))
    post = await show()
    await tell()
    await decide("remove", post)
    await tell()

    assert receiver.told == [("posts.removed", post.post.id)]


async def test_a_post_that_left_between_two_tries_is_not_sent_again(receiver, clock, tell, show, decide):
    receiver.answers = [refusal(500)]
    post = await show("Regretted #PyConEx")
    await tell()
    await decide("remove", post)
    clock.later(minutes=1)
    await tell()

    assert receiver.told == [("posts.posted", post.post.id), ("posts.removed", post.post.id)]


async def test_a_message_keeps_its_id_over_all_tries(receiver, clock, tell, show):
    receiver.answers = [refusal(503), refusal(503)]
    await show()
    for _turn in range(3):
        await tell()
        clock.later(hours=1)

    assert len(receiver.ids) == 3
    assert len(set(receiver.ids)) == 1


async def test_who_is_killed_before_noting_it_sends_the_same_once_more(receiver, courier, event, hook, tell, show):
    post = await show()
    receiver.hold = asyncio.Event()
    killed = asyncio.create_task(courier.step(event.slug, hook.id))
    await receiver.got.wait()
    killed.cancel()
    await asyncio.gather(killed, return_exceptions=True)
    receiver.hold = None

    await tell()

    assert receiver.told == [("posts.posted", post.post.id)] * 2
    assert len(set(receiver.ids)) == 1


async def test_nothing_is_sent_before_the_pause_is_over(receiver, clock, tell, show, state_of):
    receiver.answers = [refusal(500)]
    await show()
    await tell()
    before = (await state_of()).progress
    clock.later(seconds=5)
    await tell()

    assert len(receiver.requests) == 1
    assert before.waits(clock.time)
    assert before.next_at - clock.time < PAUSES[0]


async def test_a_receiver_that_asks_for_longer_is_given_it(receiver, clock, tell, show):
    receiver.answers = [refusal(429, retry_after="3600")]
    await show()
    await tell()
    clock.later(minutes=59)
    await tell()
    assert len(receiver.requests) == 1

    clock.later(minutes=2)
    await tell()
    assert len(receiver.requests) == 2


async def test_a_receiver_that_wants_no_more_is_told_nothing_and_organisers_read_why(
    store, event, receiver, tell, show, state_of
):
    receiver.answers = [refusal(410)]
    await show()
    await tell()
    await tell()

    entry = await anext(store.audit.backwards(event.slug))
    assert (await state_of()).webhook.off == "gone"
    assert "410" in entry.about
    assert (entry.kind, entry.by_name) == ("webhook", "The wall")
    assert "Lobby lights" in entry.about
    assert len(receiver.requests) == 1


async def test_after_more_than_a_day_of_failures_it_is_turned_off_and_says_so(
    store, event, receiver, clock, tell, show, state_of
):
    receiver.answers = [refusal(500) for _ in range(20)]
    started = clock.time
    await show()
    while not (await state_of()).webhook.off:
        await tell()
        clock.time = (await state_of()).progress.next_at

    assert len(receiver.requests) == len(PAUSES) + 1
    assert (clock.time - started).total_seconds() > 24 * 3600
    entry = await anext(store.audit.backwards(event.slug))
    assert (await state_of()).webhook.off == "failing"
    assert "more than a day" in entry.about


async def test_who_comes_back_is_told_everything_since(receiver, clock, tell, show):
    receiver.answers = [refusal(500)]
    posts = [await show(f"Number {number} #PyConEx") for number in range(3)]
    await tell()
    clock.later(hours=1)
    await tell()

    assert [id for _, id in receiver.told[1:]] == [one.post.id for one in posts]


@pytest.mark.parametrize("place", [Progress(epoch="Gone", offset=3), Progress(epoch="", offset=0)])
async def test_who_was_told_of_a_history_that_is_gone_is_told_to_fetch_the_feed(
    store, event, hook, receiver, clock, tell, show, place
):
    await show("Before #PyConEx")
    await store.webhooks.set_progress(event.slug, hook.id, place)
    receiver.answers = [refusal(500)]
    await tell()
    after = await show("After #PyConEx")
    clock.later(hours=1)
    await tell()

    assert [type for type, _ in receiver.told] == ["resync", "resync", "posts.posted"]
    assert receiver.ids[0] == receiver.ids[1]
    assert receiver.messages[0]["data"]["feed"] == f"https://wall.example/{event.slug}/feed"
    assert receiver.messages[0]["data"]["cursor"] == receiver.messages[1]["data"]["cursor"]
    assert receiver.told[-1] == ("posts.posted", after.post.id)


async def test_a_redirect_is_not_followed(receiver, tell, show, store, event, hook):
    receiver.answers = [refusal(302, location="https://elsewhere.example/")]
    await show()
    await tell()

    (attempt,) = await store.webhooks.attempts(event.slug, hook.id)
    assert [str(request.url) for request in receiver.requests] == [hook.address]
    assert (attempt.status, attempt.taken) == (302, False)


async def test_nothing_of_a_circle_is_told(store, event, receiver, tell, show):
    await show("Among ourselves #PyConEx")
    await store.events.change(event.slug, lambda before: replace(before, circle=RULE))
    await tell()

    assert receiver.requests == []


async def test_an_organiser_who_rewinds_while_something_is_on_its_way_is_not_overruled(
    store, event, hook, receiver, courier, tell, show, state_of
):
    first, second = await show("One #PyConEx"), await show("Two #PyConEx")
    await tell()
    third = await show("Three #PyConEx")
    receiver.hold, receiver.got = asyncio.Event(), asyncio.Event()
    sending = asyncio.create_task(courier.step(event.slug, hook.id))
    await receiver.got.wait()
    place = (await state_of()).progress
    await store.webhooks.set_progress(event.slug, hook.id, place.told(0))
    receiver.hold.set()
    await sending
    receiver.hold = None
    await tell()

    assert [id for _, id in receiver.told[3:]] == [one.post.id for one in (first, second, third)]


async def test_of_a_large_answer_nothing_is_kept(store, event, hook, receiver, tell, show):
    receiver.answers = [refusal(200, content_length=str(10**12))]
    await show()
    await tell()

    (attempt,) = await store.webhooks.attempts(event.slug, hook.id)
    assert attempt.taken
    assert attempt.words == ""
