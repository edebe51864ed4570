import asyncio


async def test_more_questions_at_a_time_than_connections_wait_for_their_turn(store, event):
    events = await asyncio.gather(*(store.events.get(event.slug) for _ in range(500)))

    assert events == [event] * 500
