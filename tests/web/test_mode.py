async def test_the_mode_of_the_event_is_changed(store, event, ask):
    answer = await ask("mode", {"mode": "trusted go through"})

    assert answer.json()["mode"] == "trusted go through"
    assert (await store.events.get(event.slug)).mode == "trusted go through"


async def test_a_mode_that_is_none_is_refused(store, event, ask):
    answer = await ask("mode", {"mode": "everything goes through"})

    assert answer.status_code == 422
    assert await store.events.get(event.slug) == event
