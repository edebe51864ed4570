"""An event, exported, imported into a Redis that knows nothing of it, and exported again."""

import inspect
from dataclasses import replace

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.circle import RULE
from tests.conftest import slugs
from tests.portable.filled import ERASED, PICTURE, SECRET, filled
from wall.core.event import Event
from wall.core.moderation import Status
from wall.core.portable import MANIFEST
from wall.errors import InvalidInput, NotFound
from wall.store.keys import EVENT_SLUGS, EventKeys
from wall.store.portable_parts import CARRIED, NEVER, PARTS, REBUILT


async def test_an_event_comes_back_byte_for_byte(members, imported, exported, store, event, pictures, elsewhere):
    await filled(store, event, pictures)

    before = await exported(store, pictures, event.slug)
    await imported(elsewhere, before)
    after = await exported(*elsewhere, event.slug)

    assert members(after) == members(before)
    assert after == before


async def test_every_part_has_something_in_it(members, exported, store, event, pictures):
    await filled(store, event, pictures)

    there = members(await exported(store, pictures, event.slug))

    assert {part.member for part in PARTS} - there.keys() == set()


async def test_nothing_secret_and_nothing_erased_is_in_it(members, exported, store, event, pictures):
    guests = await filled(store, event, pictures)

    data = await exported(store, pictures, event.slug)
    manifest = msgspec.json.decode(members(data)[MANIFEST])

    assert SECRET.encode() not in data
    assert ERASED.encode() not in data
    assert [one for one in guests if one.encode() in data] == []
    assert manifest["missing"] == [
        {"where": "participation", "name": "answer"},
        {"where": "m1", "name": "token"},
        {"where": "old", "name": "who knows"},
    ]


async def test_what_is_imported_is_there_as_it_was(imported, exported, store, event, pictures, elsewhere):
    await filled(store, event, pictures)
    there, their_pictures = elsewhere

    await imported(elsewhere, await exported(store, pictures, event.slug), slug=f"{event.slug}-again")
    slug = f"{event.slug}-again"

    before, after = await store.posts.counts(event.slug), await there.posts.counts(slug)
    assert after == {**before, Status.WITHDRAWN: 0}
    assert (await there.events.get(slug)).title == event.title
    assert slug in [one.slug for one in await there.events.all()]
    assert await there.polls.counted(slug, ["lunch"]) == {
        "lunch": (await store.polls.counted(event.slug, ["lunch"]))["lunch"]
    }
    questions = list((await there.questions.all(slug)).keys())
    assert await there.questions.counts(slug, [questions]) == await store.questions.counts(event.slug, [questions])
    (said,) = await store.moods.said(event.slug, limit=9)
    assert await there.moods.said(slug, limit=9) == [said]
    assert await there.moods.get_all(slug, [said]) == await store.moods.get_all(event.slug, [said])
    assert their_pictures.open(PICTURE.id, "thumb") is not None
    assert (await there.due.pending(slug, limit=9)).posts == []


async def test_the_feeds_go_on_after_all_that_was_told_under_another_epoch(
    imported, exported, store, event, pictures, elsewhere
):
    await filled(store, event, pictures)
    there, _ = elsewhere
    before = await store.feeds.tip(event.slug, "public")

    await imported(elsewhere, await exported(store, pictures, event.slug))
    after = await there.feeds.tip(event.slug, "public")
    snapshot = await there.feeds.snapshot(event.slug, "public", limit=100)

    assert after.epoch != before.epoch
    assert after.offset >= 900
    assert len(snapshot.standings) == (await store.posts.counts(event.slug))[Status.APPROVED]


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(left_out=st.sets(st.sampled_from(["posts", *(part.name for part in PARTS if not part.each)])))
async def test_whichever_parts_there_are_they_come_back(imported, exported, store, pictures, elsewhere, left_out):
    event = Event(slug=next(slugs), title="Drawn", hashtags=("PyConEx",), keys=("pyconex",))
    await store.events.create(event)
    await filled(store, event, pictures)
    keys = EventKeys(event.slug)
    gone = [part.key(keys, "") for part in PARTS if part.name in left_out]
    gone += [keys.status(status) for status in Status if "posts" in left_out]
    await store.database.command("DEL", keys.revoked, *gone)
    await store.database.command("SREM", EVENT_SLUGS, event.slug)  # its secrets are in the way of who looks at all

    before = await exported(store, pictures, event.slug)
    await imported(elsewhere, before)

    assert await exported(*elsewhere, event.slug) == before


def test_every_key_of_an_event_is_carried_rebuilt_or_never_leaves():
    names = {name for name in vars(EventKeys("x")) if name != "prefix"}
    names |= {name for name, _ in inspect.getmembers(EventKeys, inspect.isfunction) if not name.startswith("_")}
    classified = [*CARRIED, *REBUILT, *NEVER]

    assert names - set(classified) == set()
    assert set(classified) - names == set()
    assert len(classified) == len(set(classified))


async def test_an_event_that_is_there_already_stays_as_it_is(imported, exported, store, event, pictures):
    await filled(store, event, pictures)
    data = await exported(store, pictures, event.slug)

    with pytest.raises(InvalidInput, match="already"):
        await imported((store, pictures), data)

    assert await exported(store, pictures, event.slug) == data


async def test_an_event_that_is_nowhere_cannot_be_exported(exported, store, pictures):
    with pytest.raises(NotFound):
        await exported(store, pictures, "nowhere")


async def test_a_circle_that_is_a_part_is_one_of_its_event_again(
    imported, exported, store, event, pictures, elsewhere
):
    part = replace(event, slug=f"{event.slug}-room", title="Speakers", circle=RULE, part_of=event.slug)
    await store.circles.create(part)
    there = elsewhere[0]

    await imported(elsewhere, await exported(store, pictures, event.slug))
    await imported(elsewhere, await exported(store, pictures, part.slug))

    assert [one.title for one in await there.circles.of(event.slug)] == ["Speakers"]
    assert await there.members.all(part.slug) == []
