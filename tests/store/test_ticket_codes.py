import asyncio

from wall.store.ticket_codes import Codes


async def test_a_code_has_no_turn_until_somebody_uses_it(store, event):
    await store.ticket_codes.replace(event.slug, ["a", "b"])

    assert await store.ticket_codes.turn(event.slug, "a") == 0
    assert await store.ticket_codes.turn(event.slug, "c") is None
    assert await store.ticket_codes.summary(event.slug) == Codes(2, 0)


async def test_of_two_who_take_a_code_at_once_one_gets_it(store, event):
    await store.ticket_codes.replace(event.slug, ["a"])

    turns = await asyncio.gather(*(store.ticket_codes.move(event.slug, "a", seen=0) for _ in range(5)))

    assert sorted(turns, key=str) == [1, None, None, None, None]
    assert await store.ticket_codes.summary(event.slug) == Codes(1, 1)


async def test_a_new_list_keeps_who_has_a_code_and_takes_out_the_others(store, event):
    await store.ticket_codes.replace(event.slug, ["a", "b"])
    await store.ticket_codes.move(event.slug, "a", seen=0)

    await store.ticket_codes.replace(event.slug, ["a", "c"])

    assert [await store.ticket_codes.turn(event.slug, code) for code in "abc"] == [1, None, 0]
    assert await store.ticket_codes.move(event.slug, "b", seen=0) is None


async def test_ten_thousand_codes_are_taken_in(store, event):
    await store.ticket_codes.replace(event.slug, [f"code-{n}" for n in range(10_000)])

    assert await store.ticket_codes.summary(event.slug) == Codes(10_000, 0)
