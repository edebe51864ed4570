import asyncio
from dataclasses import replace

import pytest

from tests.cast import NOW
from wall.core.audit import Entry
from wall.core.scenes import USUAL, Direction, Scene, SceneList, Show, added
from wall.errors import InvalidInput, NotFound
from wall.store.keys import EventKeys

HALL = SceneList(id="hall", name="Hall", scenes=(Scene(id="w", kind="wall"),))


@pytest.fixture
async def hall(store, event):
    await store.scenes.create(event.slug, HALL, now=NOW)
    return await store.scenes.get(event.slug, "hall")


async def told(store, event):
    return [update.kind for update in await store.feeds.after(event.slug, "public", 0, limit=99)]


async def test_an_event_has_no_list_at_first_and_its_screens_run_the_wall(store, event):
    assert await store.scenes.all(event.slug) == []
    assert await store.scenes.run_by(event.slug, "") == USUAL


async def test_lists_are_kept_by_name(store, event, hall):
    await store.scenes.create(event.slug, SceneList(id="a", name=" Foyer "), now=NOW)

    assert [(one.name, one.version) for one in await store.scenes.all(event.slug)] == [("Foyer", 1), ("Hall", 1)]


async def test_a_change_of_a_list_is_told_to_screens_once_and_names_no_post(store, event, hall):
    await store.scenes.change(event.slug, "hall", lambda one: replace(one, name="Main hall"), now=NOW)

    update = (await store.feeds.after(event.slug, "public", 0, limit=99))[-1]
    assert await told(store, event) == ["arranged", "arranged"]
    assert (update.post_id, update.was, update.status) == ("", "", "")
    assert (await store.scenes.get(event.slug, "hall")).version == 2


async def test_changes_at_the_same_time_are_all_made(store, event, hall):
    def add(id):
        return store.scenes.change(event.slug, "hall", lambda one: added(one, Scene(id=id, kind="join")), now=NOW)

    await asyncio.gather(*map(add, "abcdef"))

    kept = await store.scenes.get(event.slug, "hall")
    assert {scene.id for scene in kept.scenes} == set("wabcdef")
    assert kept.version == 7


async def test_a_list_that_cannot_be_kept_changes_nothing(store, event, hall):
    with pytest.raises(InvalidInput):
        await store.scenes.change(event.slug, "hall", lambda one: replace(one, name=" "), now=NOW)

    assert await store.scenes.get(event.slug, "hall") == hall
    assert await told(store, event) == ["arranged"]


async def test_a_screen_whose_list_was_deleted_runs_the_wall(store, event, hall):
    await store.scenes.delete(event.slug, "hall", now=NOW)

    assert await store.scenes.run_by(event.slug, "hall") == USUAL
    with pytest.raises(NotFound):
        await store.scenes.change(event.slug, "hall", lambda one: one, now=NOW)
    assert await told(store, event) == ["arranged", "arranged"]


async def test_a_damaged_list_is_none_and_screens_run_the_wall(store, event, hall):
    await store.database.command("HSET", EventKeys(event.slug).scenes, "hall", b"{broken")

    assert await store.scenes.all(event.slug) == []
    assert await store.scenes.run_by(event.slug, "hall") == USUAL


async def test_an_event_has_only_so_many_lists(store, event, monkeypatch, hall):
    monkeypatch.setattr("wall.store.scenes.MOST_LISTS", 1)

    with pytest.raises(InvalidInput, match="1 lists"):
        await store.scenes.create(event.slug, SceneList(id="b", name="B"), now=NOW)


async def test_a_change_and_its_entry_in_the_audit_log_are_one_step(store, event, hall):
    entry = Entry(kind="scenes", by="olga", by_name="Olga", at=NOW, about="Hall")

    await store.scenes.change(event.slug, "hall", lambda one: replace(one, name="B"), now=NOW, entry=entry)

    assert [one.kind async for one in store.audit.backwards(event.slug)] == ["scenes"]


async def test_a_screen_is_told_something_and_it_holds_until_it_is_told_another(store, event):
    screen, _ = await store.screens.open(event.slug, "Main hall", now=NOW)
    held = Direction(show=Show(scene="w"), held=True, since=NOW, by="mia", by_name="Mia")

    await store.scenes.direct_all(event.slug, [screen.id], lambda _: held, now=NOW)
    await store.scenes.direct_all(event.slug, [screen.id], lambda one: replace(one, turn=one.turn + 1), now=NOW)

    assert await store.scenes.direction(event.slug, screen.id) == replace(held, turn=1)
    assert await store.scenes.directions(event.slug) == {screen.id: replace(held, turn=1)}
    assert await told(store, event) == ["arranged", "arranged"]


async def test_several_screens_are_told_something_in_one_step(store, event):
    hall, _ = await store.screens.open(event.slug, "Main hall", now=NOW)
    foyer, _ = await store.screens.open(event.slug, "Foyer", now=NOW)
    entry = Entry(kind="directed", by="mia", by_name="Mia", at=NOW, about="All screens: hold")

    await store.scenes.direct_all(
        event.slug, [hall.id, foyer.id], lambda one: replace(one, held=True), now=NOW, entry=entry
    )

    assert {id for id, one in (await store.scenes.directions(event.slug)).items() if one.held} == {
        hall.id,
        foyer.id,
    }
    assert await told(store, event) == ["arranged"]
    assert [one.about async for one in store.audit.backwards(event.slug)] == ["All screens: hold"]


async def test_turns_told_at_the_same_time_are_all_counted(store, event):
    hall, _ = await store.screens.open(event.slug, "Main hall", now=NOW)
    foyer, _ = await store.screens.open(event.slug, "Foyer", now=NOW)

    def turn(*screens):
        return store.scenes.direct_all(
            event.slug, [one.id for one in screens], lambda one: replace(one, turn=one.turn + 1), now=NOW
        )

    await asyncio.gather(*(turn(hall, foyer) for _ in range(5)), *(turn(hall) for _ in range(5)))

    directions = await store.scenes.directions(event.slug)
    assert (directions[hall.id].turn, directions[foyer.id].turn) == (10, 5)


async def test_a_screen_that_was_told_nothing_runs_its_scenes(store, event):
    assert await store.scenes.direction(event.slug, "unknown") == Direction()
    await store.database.command("HSET", EventKeys(event.slug).directions, "damaged", b"{broken")
    assert await store.scenes.direction(event.slug, "damaged") == Direction()


async def test_what_a_screen_was_told_goes_with_its_link(store, event):
    screen, _ = await store.screens.open(event.slug, "Main hall", now=NOW)
    await store.scenes.direct_all(event.slug, [screen.id], lambda one: replace(one, held=True), now=NOW)

    await store.screens.revoke(event.slug, screen.id)

    assert await store.scenes.directions(event.slug) == {}


async def test_a_screen_is_given_a_room_and_a_list_and_being_seen_takes_neither_away(store, event, hall):
    screen, token = await store.screens.open(event.slug, "Main hall", now=NOW)

    await store.screens.arrange(
        event.slug, screen.id, lambda one: replace(one, room="Hall 1", scenes="hall"), now=NOW
    )
    await store.screens.saw(event.slug, screen, now=NOW)

    assert await store.screens.by_token(event.slug, token) == replace(
        screen, room="Hall 1", scenes="hall", seen_at=NOW
    )
    assert await told(store, event) == ["arranged", "arranged"]


async def test_a_screen_that_was_taken_back_cannot_be_arranged(store, event):
    with pytest.raises(NotFound):
        await store.screens.arrange(event.slug, "gone", lambda one: one, now=NOW)


async def test_what_stays_as_it_was_is_told_to_nobody(store, event):
    screen, _ = await store.screens.open(event.slug, "Main hall", now=NOW)

    await store.screens.arrange(event.slug, screen.id, lambda one: one, now=NOW)

    assert await told(store, event) == []
