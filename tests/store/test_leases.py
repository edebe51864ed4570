"""Who reads a source, and who is here to read any."""

import asyncio


async def lease_left(store, event):
    return await store.database.command("PTTL", f"wall:{{{event.slug}}}:source:n1:lease")


async def test_one_worker_at_a_time_has_the_lease(store, event):
    answers = await asyncio.gather(
        *(store.leases.take(event.slug, "n1", f"worker-{number}", seconds=30) for number in range(6))
    )

    assert sum(answers) == 1


async def test_the_holder_renews_it(store, event):
    await store.leases.take(event.slug, "n1", "one", seconds=1)

    assert await store.leases.renew(event.slug, "n1", "one", seconds=60)
    assert await lease_left(store, event) > 30_000
    assert not await store.leases.take(event.slug, "n1", "two", seconds=60)


async def test_a_lease_given_back_is_free(store, event):
    await store.leases.take(event.slug, "n1", "one", seconds=60)

    await store.leases.give_back(event.slug, "n1", "one")

    assert await store.leases.take(event.slug, "n1", "two", seconds=60)


async def test_nobody_gives_back_the_lease_of_another(store, event):
    await store.leases.take(event.slug, "n1", "one", seconds=60)

    await store.leases.give_back(event.slug, "n1", "two")

    assert not await store.leases.take(event.slug, "n1", "two", seconds=60)


async def test_the_lease_of_a_dead_worker_runs_out(store, event):
    await store.leases.take(event.slug, "n1", "dead", seconds=0.001)

    async with asyncio.timeout(10):
        while not await store.leases.take(event.slug, "n1", "two", seconds=60):
            pass

    assert not await store.leases.renew(event.slug, "n1", "dead", seconds=60)


async def test_each_source_has_its_own_lease(store, event):
    await store.leases.take(event.slug, "n1", "one", seconds=60)

    assert await store.leases.take(event.slug, "n2", "two", seconds=60)


async def test_a_lease_that_ran_out_is_not_renewed_though_nobody_has_it(store, event):
    await store.leases.take(event.slug, "n1", "asleep", seconds=60)
    await store.leases.give_back(event.slug, "n1", "asleep")

    assert not await store.leases.renew(event.slug, "n1", "asleep", seconds=60)


async def test_workers_know_of_each_other_until_they_go_or_fall_silent(store):
    await store.workers.here("one", 3, seconds=60)
    await store.workers.here("silent", 2, seconds=0)
    both = await store.workers.here("two", 0, seconds=60)

    await store.workers.gone("one")
    left = await store.workers.here("two", 1, seconds=60)
    await store.workers.gone("two")

    assert both.items() >= {"one": 3, "two": 0}.items()
    assert "silent" not in both
    assert (left["two"], "one" in left) == (1, False)
