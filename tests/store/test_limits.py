import asyncio

import pytest


@pytest.fixture
async def key(store, event):
    return f"knock at {event.slug}"


async def test_tries_are_allowed_up_to_the_most(store, key):
    answers = [await store.limits.allow(key, most=3, seconds=60) for _ in range(5)]

    assert answers == [True, True, True, False, False]


async def test_tries_at_the_same_time_are_all_counted(store, key):
    answers = await asyncio.gather(*(store.limits.allow(key, most=5, seconds=60) for _ in range(20)))

    assert sum(answers) == 5


async def test_each_key_has_its_own_count(store, key):
    await store.limits.allow(key, most=1, seconds=60)

    assert await store.limits.allow(f"{key} too", most=1, seconds=60)
    assert not await store.limits.allow(key, most=1, seconds=60)


async def test_the_window_begins_with_the_first_try_and_ends(store, key):
    assert await store.limits.allow(key, most=1, seconds=0.001)

    async with asyncio.timeout(10):
        while not await store.limits.allow(key, most=1, seconds=0.001):
            pass


async def test_a_success_begins_anew(store, key):
    await store.limits.allow(key, most=1, seconds=60)

    await store.limits.forget(key)

    assert await store.limits.allow(key, most=1, seconds=60)


@pytest.mark.parametrize("text", ["{a} b\r\nDEL *", "\x00", "\ud800", "x" * 100_000, "日本語"])
async def test_whatever_a_stranger_typed_makes_a_key(store, key, text):
    assert await store.limits.allow(key + text, most=1, seconds=60)
    assert not await store.limits.allow(key + text, most=1, seconds=60)
