from datetime import timedelta

import pytest

from tests.cast import NOW
from wall.core.event import Event
from wall.errors import NotAllowed
from wall.store.keys import EventKeys


async def test_a_screen_is_known_by_its_token(store, event):
    screen, token = await store.screens.open(event.slug, "Main hall", now=NOW)

    assert await store.screens.by_token(event.slug, token) == screen
    assert token not in screen.id


async def test_screens_are_listed_in_the_order_they_were_opened(store, event):
    await store.screens.open(event.slug, "Foyer", now=NOW + timedelta(minutes=1))
    await store.screens.open(event.slug, "Main hall", now=NOW)

    assert [screen.name for screen in await store.screens.all(event.slug)] == ["Main hall", "Foyer"]


async def test_a_token_is_good_for_one_event(store, event):
    other = Event(slug=f"{event.slug}-other", title="Other", hashtags=("other",), keys=("other",))
    await store.events.create(other)
    _, token = await store.screens.open(event.slug, "Main hall", now=NOW)

    with pytest.raises(NotAllowed):
        await store.screens.by_token(other.slug, token)


@pytest.mark.parametrize("token", ["", "guess", "\ud800", "x" * 10_000])
async def test_a_guess_is_no_screen(store, event, token):
    with pytest.raises(NotAllowed):
        await store.screens.by_token(event.slug, token)


async def test_a_revoked_screen_reads_nothing_more(store, event):
    screen, token = await store.screens.open(event.slug, "Main hall", now=NOW)

    await store.screens.revoke(event.slug, screen.id)

    with pytest.raises(NotAllowed):
        await store.screens.by_token(event.slug, token)
    assert await store.screens.all(event.slug) == []


async def test_being_seen_is_noted(store, event):
    screen, _ = await store.screens.open(event.slug, "Main hall", now=NOW)

    await store.screens.saw(event.slug, screen, now=NOW + timedelta(minutes=2))

    (seen,) = await store.screens.all(event.slug)
    assert seen.seen_at == NOW + timedelta(minutes=2)


async def test_a_revoked_screen_does_not_come_back_by_being_seen(store, event):
    screen, _ = await store.screens.open(event.slug, "Main hall", now=NOW)
    await store.screens.revoke(event.slug, screen.id)

    await store.screens.saw(event.slug, screen, now=NOW)

    assert await store.screens.all(event.slug) == []


async def test_the_events_secret_is_drawn_once_and_is_its_own(store, event):
    first, again = await store.screens.secret(event.slug), await store.screens.secret(event.slug)
    other = await store.screens.secret(f"{event.slug}-other")

    assert first == again != other
    assert len(first) == 32


async def test_a_screen_that_was_kept_before_there_were_kinds_is_a_projectors(store, event):
    row = b'{"id":"old","name":"Main hall","created_at":"2026-06-12T09:30:00Z","seen_at":null}'
    await store.database.command("HSET", EventKeys(event.slug).screens, "old", row)

    (screen,) = await store.screens.all(event.slug)

    assert (screen.kind, screen.origins) == ("screen", ())
