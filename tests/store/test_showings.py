from dataclasses import replace
from datetime import timedelta

from tests.cast import NOW
from wall.core.showing import LATELY, Showing
from wall.store.showings import MOST_DEVICES

SHOWING = Showing(screen="hall", device="beamer", cursor="Vq3k:7", reached_at=NOW, seen_at=NOW, posts=4)


def later(**passed):
    moment = NOW + timedelta(**passed)
    return replace(SHOWING, reached_at=moment, seen_at=moment)


async def test_what_a_device_shows_replaces_what_it_showed(store, event):
    await store.showings.note(event.slug, SHOWING)

    await store.showings.note(event.slug, replace(later(seconds=3), cursor="Vq3k:8"))

    (kept,) = await store.showings.all(event.slug)
    assert (kept.cursor, kept.reached_at) == ("Vq3k:8", NOW + timedelta(seconds=3))


async def test_saying_the_same_again_does_not_move_when_it_was_painted(store, event):
    await store.showings.note(event.slug, SHOWING)

    await store.showings.note(event.slug, later(seconds=10))

    (kept,) = await store.showings.all(event.slug)
    assert (kept.reached_at, kept.seen_at) == (NOW, NOW + timedelta(seconds=10))


async def test_when_a_direction_was_followed_first_is_kept_until_another_one_is(store, event):
    def following(told, **passed):
        return replace(later(**passed), told=told, told_at=NOW + timedelta(**passed))

    await store.showings.note(event.slug, following("a", seconds=1))
    await store.showings.note(event.slug, following("a", seconds=11))
    (before,) = await store.showings.all(event.slug)
    await store.showings.note(event.slug, following("b", seconds=12))

    (after,) = await store.showings.all(event.slug)
    assert (before.told_at, after.told_at) == (NOW + timedelta(seconds=1), NOW + timedelta(seconds=12))


async def test_what_screens_show_is_forgotten_by_itself(store, event):
    await store.showings.note(event.slug, SHOWING)

    lifetime = await store.database.command("TTL", f"wall:{{{event.slug}}}:showings")

    assert 0 < lifetime <= 2 * LATELY.total_seconds()


async def test_a_newcomer_drops_devices_that_are_long_gone(store, event):
    await store.showings.note(event.slug, SHOWING)

    await store.showings.note(event.slug, replace(later(hours=2), device="laptop"))

    assert [one.device for one in await store.showings.all(event.slug)] == ["laptop"]


async def test_no_link_keeps_more_devices_than_a_house_has(store, event):
    for number in range(MOST_DEVICES + 5):
        await store.showings.note(event.slug, replace(later(seconds=number), device=f"device{number}"))

    devices = {one.device for one in await store.showings.all(event.slug)}
    assert devices == {f"device{number}" for number in range(5, MOST_DEVICES + 5)}


async def test_what_a_page_said_before_it_was_closed_does_not_bring_it_back(store, event):
    await store.showings.note(event.slug, replace(SHOWING, page="one", left=True))

    await store.showings.note(event.slug, replace(later(seconds=1), page="one"))
    (closed,) = await store.showings.all(event.slug)
    await store.showings.note(event.slug, replace(later(seconds=2), page="two"))
    (opened,) = await store.showings.all(event.slug)

    assert (closed.left, opened.left) == (True, False)
