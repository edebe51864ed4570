import asyncio
from dataclasses import replace
from datetime import date

import pytest

from tests.conftest import slugs
from wall.core.matching import Terms
from wall.errors import InvalidInput, NotFound


async def test_an_event_is_kept_and_found_again(store, event):
    assert await store.events.get(event.slug) == event
    assert event in await store.events.all()


async def test_what_is_asked_of_posts_is_kept_whole(store, event):
    terms = Terms(
        aliases=("PyCon26",),
        every=("Köln", "🐍"),
        none=("ad",),
        since=date(2026, 6, 12),
        until=date(2026, 6, 13),
        languages=("pt-BR",),
        run_on=True,
        continuations=True,
    )

    await store.events.change(event.slug, lambda event: replace(event, terms=terms))

    assert (await store.events.get(event.slug)).terms == terms


async def test_a_slug_is_taken_once(store, event):
    with pytest.raises(InvalidInput) as refused:
        await store.events.create(replace(event, title="Another"))

    assert refused.value.field == "slug"
    assert await store.events.get(event.slug) == event


@pytest.mark.parametrize("slug", ["no-such-event", "", "*", "{x}", "\x00", "x" * 10_000])
async def test_an_event_that_is_none_is_not_found(store, slug):
    with pytest.raises(NotFound):
        await store.events.get(slug)
    with pytest.raises(NotFound):
        await store.events.change(slug, lambda event: event)


async def test_events_are_listed_by_title_whatever_the_case(store, event):
    for title in ("beta", "Alpha", "Gamma"):
        await store.events.create(replace(event, slug=next(slugs), title=f"Listed {title}"))

    titles = [one.title for one in await store.events.all() if one.title.startswith("Listed")]

    assert titles == ["Listed Alpha", "Listed beta", "Listed Gamma"]


async def test_changes_at_the_same_time_are_all_made(store, event):
    def one_more(event):
        return replace(event, version=event.version + 1)

    await asyncio.gather(*(store.events.change(event.slug, one_more) for _ in range(10)))

    assert (await store.events.get(event.slug)).version == event.version + 10


async def test_a_change_that_fails_changes_nothing(store, event):
    def refuse(event):
        raise InvalidInput("No.")

    with pytest.raises(InvalidInput):
        await store.events.change(event.slug, refuse)

    assert await store.events.get(event.slug) == event
