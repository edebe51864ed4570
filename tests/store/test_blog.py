import pytest

from tests.cast import NOW
from wall.core.audit import Entry, Filter
from wall.core.quoting import Written
from wall.errors import NotFound

WRITTEN = Written(post_id="p1", words="Hello", quoted="p0", by_name="Mia")


async def test_an_entry_is_kept_with_who_wrote_it_in_one_step(store, event):
    told = Entry(kind="written", by="mia", by_name="Mia", at=NOW, post="p1")

    await store.blog.keep(event.slug, WRITTEN, told)

    assert await store.blog.get(event.slug, "p1") == WRITTEN
    assert await store.blog.all(event.slug) == [WRITTEN]
    ((entry,), _) = await store.audit.page(event.slug, Filter(), limit=9)
    assert (entry.kind, entry.post) == ("written", "p1")


async def test_what_is_no_entry_is_not_found(store, event):
    with pytest.raises(NotFound):
        await store.blog.get(event.slug, "p1")
