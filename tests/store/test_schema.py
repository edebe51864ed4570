"""Programs of several versions over one Redis, and what is migrated between them."""

import pytest
import pytest_asyncio

from tests.conftest import slugs
from wall.core.event import Event
from wall.core.schema import Schema
from wall.errors import OtherSchema
from wall.store.keys import MIGRATING, PROGRAMS, SCHEMA_KEPT
from wall.store.migrations import MIGRATIONS, Migration, Migrations
from wall.store.schema import FIRST, SCHEMA, Sharing

HERE = 60.0


@pytest_asyncio.fixture
async def database(store):
    """A Redis that nobody has used yet, as far as schemas go."""
    await forget(store.database)
    yield store.database
    await forget(store.database)


async def forget(database):
    await database.commands(*(("DEL", key) for key in (SCHEMA_KEPT, PROGRAMS, MIGRATING)))


@pytest_asyncio.fixture
async def events(store):
    """Two events, so that something is kept."""
    made = [Event(slug=next(slugs), title="PyCon", hashtags=("A",), keys=("a",)) for _ in range(2)]
    for event in made:
        await store.events.create(event)
    return [event.slug for event in made]


class Stepping:
    """A migration that notes its steps, three for each event, and is stopped at some."""

    def __init__(self, *, oldest=1, stop_at=None):
        self.taken = []
        self.stop_at = stop_at
        self.migration = Migration(FIRST + 1, oldest, self.step)

    async def step(self, database, slug, place):
        if (slug, place) == self.stop_at:
            raise KeyboardInterrupt
        self.taken.append((slug, place))
        return {"": "1", "1": "2", "2": ""}[place]


def old(database):
    return Sharing(database, Schema(1, 1))


def new(database):
    return Sharing(database, Schema(2, 1))


async def number(database):
    return (await old(database).found()).number


def test_there_is_a_migration_for_each_number_after_the_first():
    assert [migration.number for migration in MIGRATIONS] == list(range(FIRST + 1, SCHEMA.number + 1))


async def test_what_was_kept_before_there_were_numbers_is_of_the_first(database, events):
    await new(database).join("n", seconds=HERE)

    assert await number(database) == FIRST


async def test_nothing_is_migrated_while_an_older_program_is_here(database, events):
    stepping = Stepping()
    migrations = Migrations(database, [stepping.migration])
    await old(database).join("o", seconds=HERE)
    await new(database).join("n", seconds=HERE)

    assert not await migrations.run(await migrations.next(), "me", seconds=HERE)
    assert stepping.taken == []

    await old(database).leave("o")
    assert await migrations.run(await migrations.next(), "me", seconds=HERE)
    assert await migrations.next() is None
    assert {slug for slug, _ in stepping.taken} >= {"", *events}


async def test_a_migration_that_is_broken_off_goes_on_where_it_was(database, events):
    await new(database).join("n", seconds=HERE)
    first = Stepping(stop_at=(events[1], "1"))
    migrations = Migrations(database, [first.migration])
    with pytest.raises(KeyboardInterrupt):
        await migrations.run(first.migration, "me", seconds=HERE)
    second = Stepping()

    assert await Migrations(database, [second.migration]).run(second.migration, "you", seconds=HERE)

    assert second.taken[0] == (events[1], "1")
    assert await number(database) == 2


async def test_only_one_process_migrates(database, events):
    await new(database).join("n", seconds=HERE)
    outer, inner = Stepping(), Stepping()

    async def step(database, slug, place):
        if not outer.taken:
            migrations = Migrations(database, [inner.migration])
            assert not await migrations.run(inner.migration, "you", seconds=HERE)
        return await outer.step(database, slug, place)

    assert await Migrations(database).run(Migration(2, 1, step), "me", seconds=HERE)

    assert inner.taken == []


async def test_an_older_program_that_comes_back_has_everything_migrated_again(database, events):
    """What it writes is as it knows it, however far the migration had got by then."""
    await new(database).join("n", seconds=HERE)
    stepping = Stepping()
    migrations = Migrations(database, [stepping.migration])
    assert await migrations.run(stepping.migration, "me", seconds=HERE)
    whole = list(stepping.taken)

    await old(database).join("o", seconds=HERE)
    assert await number(database) == 1
    await old(database).leave("o")
    stepping.taken.clear()

    assert await migrations.run(await migrations.next(), "me", seconds=HERE)
    assert stepping.taken == whole


async def test_an_older_program_that_comes_in_between_keeps_it_from_being_done(database, events):
    await new(database).join("n", seconds=HERE)
    stepping = Stepping()

    async def step(database, slug, place):
        if (slug, place) == (events[0], "1"):
            await old(database).join("o", seconds=HERE)
            await old(database).leave("o")
        return await stepping.step(database, slug, place)

    assert not await Migrations(database).run(Migration(2, 1, step), "me", seconds=HERE)

    assert await number(database) == 1


async def test_past_the_point_of_no_return_an_older_program_is_refused_in_one_sentence(database, events):
    await new(database).join("n", seconds=HERE)
    closing = Stepping(oldest=2, stop_at=(events[0], ""))
    with pytest.raises(KeyboardInterrupt):
        await Migrations(database).run(closing.migration, "me", seconds=HERE)

    with pytest.raises(OtherSchema, match=r"^A newer version changed what this Redis keeps \(schema 2\)"):
        await old(database).join("o", seconds=HERE)
    with pytest.raises(OtherSchema):
        await old(database).check()
    await new(database).join("m", seconds=HERE)


async def test_a_program_is_refused_beside_one_it_does_not_get_along_with(database, events):
    await old(database).join("o", seconds=HERE)
    strict = Sharing(database, Schema(3, 2))

    with pytest.raises(OtherSchema, match="too old"):
        await strict.join("s", seconds=HERE)
