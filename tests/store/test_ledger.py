"""What is written of a ledger is read again, on one Redis and on a Cluster."""

from dataclasses import replace

import pytest

from tests.cast import NOW, a_post
from wall.core.entry import row
from wall.core.ledger import NAME_KINDS, TIE_KINDS
from wall.core.moderation import Standing, Status
from wall.core.post import Author, Tag
from wall.insight.ledger_table import Table
from wall.store.ledger_step import NAMES_A_BLOCK, ROWS_A_BLOCK


def entries(numbers, *, tags=1):
    found = {}
    for number in numbers:
        author = Author(uid=f"ap:{number}", handle=f"@a{number}", name="")
        post = a_post(
            uid=f"ap:note{number}", author=author, tags=tuple(Tag(f"t{n}", f"t{n}") for n in range(tags))
        )
        found[post.id] = row(Standing(post=post, status=Status.APPROVED, approved_at=NOW))
    return found


@pytest.fixture
def write(store, event):
    async def write(entries):
        head = await store.ledger.head(event.slug)
        assert await store.ledger.write(event.slug, head, head, entries)

    return write


@pytest.fixture
def read(store, event):
    async def read():
        table, version = Table(), 0
        while True:
            changes = await store.ledger.since(event.slug, version)
            table.take_in(changes.head, changes.blocks)
            version = changes.head.version
            if changes.one_moment:
                return table

    return read


async def test_rows_ties_and_names_go_on_over_blocks(write, read):
    many = ROWS_A_BLOCK + 5
    await write(entries(range(many - 10), tags=4))
    await write(entries(range(many - 10, many), tags=4))

    table = await read()

    assert [table.names["author"][place] for place in table.rows["author"]] == [f"ap:{n}" for n in range(many)]
    assert len(table.names["author"]) == many + 1 > NAMES_A_BLOCK
    hashtags = table.ties["kind"] == TIE_KINDS.index("hashtag")
    assert table.ties["row"][hashtags].tolist() == [n for n in range(many) for _ in range(4)]
    assert set(table.names) == set(NAME_KINDS)


async def test_a_post_that_is_gone_has_its_names_go_with_it_wherever_they_stand(write, read):
    some = entries(range(NAMES_A_BLOCK + 10))
    await write(some)
    gone = list(some)[5::100]
    await write(dict.fromkeys(gone))

    table = await read()

    names = [f"ap:{number}" for number in range(len(some))]
    assert table.names["author"][1:] == ["" if number % 100 == 5 else name for number, name in enumerate(names)]
    assert (table.rows["author"] == 0).sum() == len(gone)


async def test_what_changes_in_a_row_is_written_where_it_is(write, read):
    some = entries(range(3))
    await write(some)
    changed = {id: replace(one, replies=7) for id, one in some.items()}
    await write(changed)

    table = await read()

    assert table.rows["replies"].tolist() == [7, 7, 7]


async def test_one_counts_an_event_at_a_time(store, event):
    assert await store.ledger.lease(event.slug, "one", seconds=60)
    assert not await store.ledger.lease(event.slug, "two", seconds=60)
    assert await store.ledger.lease(event.slug, "one", seconds=60)

    await store.ledger.lease(event.slug, "one", seconds=0)

    assert await store.ledger.lease(event.slug, "two", seconds=60)
