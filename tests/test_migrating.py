"""Who migrates, and when."""

import asyncio
from dataclasses import replace

import pytest
import pytest_asyncio

from wall.core.schema import Schema
from wall.errors import OtherSchema, StoreUnavailable
from wall.joining import join, joined
from wall.migrating import Migrator
from wall.store.keys import MIGRATING, PROGRAMS, SCHEMA_KEPT
from wall.store.migrations import Migration, Migrations
from wall.store.schema import Sharing


@pytest_asyncio.fixture
async def taken(store):
    """The steps that were taken; nobody has used this Redis before."""
    await store.database.commands(*(("DEL", key) for key in (SCHEMA_KEPT, PROGRAMS, MIGRATING)))
    yield []
    await store.database.commands(*(("DEL", key) for key in (SCHEMA_KEPT, PROGRAMS, MIGRATING)))


def with_migrations(store, taken, *numbers, oldest=1):
    async def step(database, slug, place):
        taken.append(slug)
        return ""

    migrations = Migrations(store.database, [Migration(number, oldest, step) for number in numbers])
    return replace(store, migrations=migrations, sharing=Sharing(store.database, Schema(max(numbers), 1)))


async def test_one_migration_after_the_other_is_run(store, event, taken):
    store = with_migrations(store, taken, 2, 3)
    await store.sharing.join("n", seconds=60)

    await Migrator(store).look()

    assert taken.count(event.slug) == 2
    assert await store.migrations.next() is None


@pytest.mark.parametrize(("oldest", "run"), [(2, False), (1, True)], ids=["closes it", "leaves it open"])
async def test_with_the_way_back_kept_only_what_leaves_it_open_is_run(store, event, taken, oldest, run):
    store = with_migrations(store, taken, 2, oldest=oldest)
    await store.sharing.join("n", seconds=60)

    await Migrator(store, way_back=True).look()

    assert bool(taken) is run


async def test_who_is_shut_out_while_it_runs_is_told(store, event, taken, monkeypatch):
    monkeypatch.setattr("wall.joining.EVERY_SECONDS", 0.01)
    async with joined(store) as staying:
        await store.database.command("HSET", SCHEMA_KEPT, "oldest", 9)

        with pytest.raises(OtherSchema, match="newer version"):
            await asyncio.wait_for(staying, 30)


async def test_while_redis_is_away_one_goes_on(store, taken, monkeypatch, caplog):
    async def away(*_, **__):
        raise StoreUnavailable("Redis does not answer.")

    monkeypatch.setattr(Sharing, "join", away)

    await join(store, "n")

    assert "Redis cannot be asked which versions use it" in caplog.text
