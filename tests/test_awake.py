import asyncio
from contextlib import asynccontextmanager

from tests.cast import NOW, a_post
from tests.waiting import until
from wall import awake
from wall.awake import Awake
from wall.core.moderation import Verdict
from wall.errors import StoreUnavailable
from wall.store.submission import Submission


@asynccontextmanager
async def looking(awake, again=()):
    """Have somebody look all the time who wants to look at the same events again, and yield what they looked at."""
    looks = []

    async def look(among):
        looks.append(among and sorted(among))
        return again

    task = asyncio.create_task(awake.rounds(look, every=0, meanwhile="Nobody looks"))
    await until(lambda: looks)
    try:
        yield looks
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


async def test_all_are_looked_at_first_and_then_what_stirs():
    one = Awake()
    async with looking(one) as looks:
        assert looks[0] is None

        one.stir("hall")
        await until(lambda: ["hall"] in looks)

    assert set(map(str, looks)) == {"None", "set()", "['hall']"}
    assert looks.count(["hall"]) == 1


async def test_everybody_who_looks_is_woken():
    one = Awake()
    async with looking(one) as some, looking(one) as others:
        one.stir("hall")

        await until(lambda: ["hall"] in some and ["hall"] in others)


async def test_what_is_watched_is_looked_at_each_time():
    async with looking(Awake(lambda: ["hall"])) as looks:
        await until(lambda: looks.count(["hall"]) > 2)


async def test_who_looks_may_want_to_look_again():
    async with looking(Awake(), again=["hall"]) as looks:
        await until(lambda: looks.count(["hall"]) > 2)


async def test_all_are_looked_at_again_after_a_while(monkeypatch):
    monkeypatch.setattr(awake, "ALL_SECONDS", 0.02)

    async with looking(Awake()) as looks:
        await until(lambda: looks.count(None) > 2)


async def test_all_are_looked_at_once_redis_is_back():
    one, looks = Awake(), []

    async def look(among):
        looks.append(among)
        if len(looks) == 2:
            raise StoreUnavailable("Nobody answers.")
        return ()

    task = asyncio.create_task(one.rounds(look, every=0, meanwhile="Nobody looks"))
    await until(lambda: len(looks) > 3)
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)

    assert looks[:4] == [None, set(), None, set()]


async def test_a_post_wakes_its_event_where_there_is_no_hub(store, event):
    one = Awake()
    hearing = asyncio.create_task(one.hear(store.feeds))

    async def woken():
        await store.posts.submit(event.slug, [Submission(a_post(), Verdict())], now=NOW)
        return [event.slug] in looks

    async with looking(one) as looks:
        await until(woken)

    hearing.cancel()
    await asyncio.gather(hearing, return_exceptions=True)
