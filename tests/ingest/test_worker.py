import asyncio
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import replace
from datetime import timedelta

import pytest

from tests.cast import BOB, NOW, a_decision, a_post
from tests.conftest import slugs
from tests.waiting import until
from wall.accept import Acceptor
from wall.core.event import Event
from wall.core.matching import Terms
from wall.core.moderation import Status
from wall.core.post import SourceRef
from wall.core.source import SourceSettings
from wall.errors import SourceError
from wall.ingest import Times, Worker
from wall.media import Pictures
from wall.sources.base import Amplified, Asked, Checkpoint, Delete, Health, Restore, SetAside, Upsert
from wall.store.keys import EVENT_SLUGS

HURRIED = Times(lease=30.0, renew=0.05, look=0.01, longest_wait=0.01)
SETTINGS = SourceSettings(id="s1", kind="scripted")
SOURCE = SourceRef(id="s1", kind="scripted")


class Scripted:
    """A source that does what a test says, by source id; it notes from where it was asked to go on."""

    kind = "scripted"
    title = "Scripted"
    options = ()
    pushed = False
    scripts = {}  # noqa: RUF012 - set anew by each test
    begun = []  # noqa: RUF012

    def __init__(self, context):
        self.id = context.settings.id

    @classmethod
    def check(cls, options):
        return {}

    async def posts(self, since):
        self.begun.append(since)
        async for batch in self.scripts[self.id](since):
            yield batch


@pytest.fixture(autouse=True)
def scripts(monkeypatch):
    """What sources do, by id."""
    monkeypatch.setattr("wall.sources.registry.KINDS", {"scripted": f"{__name__}:Scripted"})
    monkeypatch.setattr(Scripted, "scripts", {})
    monkeypatch.setattr(Scripted, "begun", [])
    return Scripted.scripts


@pytest.fixture
async def event(store):
    """The only event that workers know of."""
    await store.database.command("DEL", EVENT_SLUGS)
    event = Event(slug=next(slugs), title="PyCon Example", hashtags=("PyConEx",), keys=("pyconex",))
    await store.events.create(event)
    return event


@pytest.fixture
async def settings(store, event):
    await store.sources.save(event.slug, SETTINGS)
    return SETTINGS


@pytest.fixture
def acceptor(store, tmp_path):
    return Acceptor(store, Pictures(tmp_path, None), now=lambda: NOW)


@pytest.fixture
def working(store, acceptor):
    @asynccontextmanager
    async def working(times=HURRIED):
        worker = Worker(store, acceptor, None, now=lambda: NOW, random=lambda: 0.1, times=times)
        task = asyncio.create_task(worker.run())
        try:
            yield worker
        finally:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)

    return working


@pytest.fixture
def here(store, event):
    async def here(number=1):
        """Return the words of all that waits, oldest first, once it is as much as this."""

        async def words():
            snapshot = await store.feeds.snapshot(event.slug, "desk", limit=100)
            texts = [standing.post.text for standing in snapshot.standings]
            return texts if len(texts) >= number else None

        return await until(words, seconds=10)

    return here


@pytest.fixture
def health(store, event):
    async def health(condition):
        async def fares():
            found = await store.sources.health(event.slug, "s1")
            return found if condition(found) else None

        return await until(fares, seconds=10)

    return health


def post(text="Hello #PyConEx", **fields):
    return a_post(text, **{"source": SOURCE, **fields})


def noticing():
    """Return the script of a source that says nothing, and an event that tells when it was ended."""
    ended = asyncio.Event()

    async def script(since):
        try:
            await asyncio.Event().wait()
            yield
        finally:
            ended.set()

    return script, ended


def says(*batches):
    """Return a script that yields these batches and then waits for ever."""

    async def script(since):
        for batch in batches:
            yield batch
        await asyncio.Event().wait()

    return script


# Worker: following


async def test_a_source_is_followed_and_its_place_remembered(scripts, settings, store, event, working, here):
    scripts["s1"] = says([Upsert(post("a")), Checkpoint("1"), Upsert(post("b"))], [Upsert(post("c"))])

    async with working():
        assert await here(3) == ["a", "b", "c"]
    async with working():
        await until(lambda: len(Scripted.begun) == 2)

    assert Scripted.begun == [None, "1"]


async def test_a_delete_in_the_batch_of_its_post_leaves_nothing(scripts, settings, store, event, working):
    one = post()
    scripts["s1"] = says([Upsert(one), Delete(one.uid), Upsert(post("After"))])

    async with working():
        await until(lambda: ingested(store, event, one))

    assert (await store.posts.get(event.slug, one.id)).status is Status.WITHDRAWN


async def test_a_post_that_comes_back_waits_after_what_was_told_before_it(
    scripts, settings, store, event, working
):
    one, after = post(), post("After")
    scripts["s1"] = says([Upsert(one), Delete(one.uid), Upsert(post("Between")), Restore(one), Upsert(after)])

    async with working():
        await until(lambda: known_of(store, event, after))

    assert (await store.posts.get(event.slug, one.id)).status is Status.WAITING


async def known_of(store, event, one):
    (standing,) = await store.posts.get_all(event.slug, [one.id])
    return standing is not None


async def ingested(store, event, one):
    (standing,) = await store.posts.get_all(event.slug, [one.id])
    return standing is not None and standing.status is Status.WITHDRAWN


async def test_what_could_not_be_read_is_counted_and_the_rest_goes_on(scripts, settings, working, here, health):
    scripts["s1"] = says([SetAside("A date in the year 99999."), Upsert(post()), Health("healthy", "Reading.")])

    async with working():
        await here()
        fares = await health(lambda health: health.set_aside)

    assert (fares.set_aside, fares.posts, fares.state) == (1, 1, "healthy")
    assert [one.words for one in fares.reasons] == ["A date in the year 99999."]


async def test_posts_on_the_wall_are_asked_about_until_that_is_noted_and_their_replies_taken_in(
    scripts, settings, store, event, working, acceptor, here, monkeypatch
):
    await store.events.change(event.slug, lambda event: replace(event, replies="wait"))
    answered, contexts = post(uid="ap:q"), []
    await acceptor.accept(event.slug, [answered])
    standing = await store.posts.get(event.slug, answered.id)
    long_ago = NOW - timedelta(minutes=3)
    await store.posts.decide(event.slug, a_decision("approve", standing), now=long_ago)

    def begin(self, context):
        self.id = context.settings.id
        contexts.append(context)

    monkeypatch.setattr(Scripted, "__init__", begin)

    async def asking(since):
        asked = await contexts[-1].to_ask()
        if len(Scripted.begun) < 2:
            raise SourceError("It crashed before it heard.")
        told = [one for each in asked for one in (Amplified(each.uid, [BOB]), Asked(each.uid))]
        yield [Upsert(post("Me", uid="ap:r", reply_to="ap:q", tags=())), *told]
        yield [Upsert(post(f"Then asked about {len(await contexts[-1].to_ask())}"))]
        await asyncio.Event().wait()

    scripts["s1"] = asking

    async with working():
        texts = await here(2)

    assert texts == ["Me", "Then asked about 0"]
    assert await store.amplifiers.get_all(event.slug, [answered.id]) == [(BOB.uid,)]


async def test_a_source_that_fails_says_why_and_is_tried_again(scripts, settings, working, here, health):
    async def failing(since):
        if len(Scripted.begun) < 3:
            raise SourceError("The server is asleep.")
        yield [Upsert(post())]
        await asyncio.Event().wait()

    scripts["s1"] = failing

    async with working():
        await here()
        fares = await health(lambda health: health.posts)

    assert [(one.words, one.times, one.last_at) for one in fares.errors] == [("The server is asleep.", 2, NOW)]
    assert len(Scripted.begun) == 3


async def test_the_organiser_is_told_when_a_failing_source_is_tried_next(scripts, settings, working, health):
    async def failing(since):
        raise SourceError("Too many requests.", retry_after=3600)
        yield

    scripts["s1"] = failing

    async with working():
        fares = await health(lambda health: health.state == "failing")

    assert fares.detail == "Too many requests."
    assert (fares.next_try_at - NOW).total_seconds() == 3600
    assert len(Scripted.begun) == 1


async def test_what_cannot_be_helped_is_not_tried_every_second(scripts, settings, working, health):
    async def failing(since):
        raise SourceError("There is no such server.", permanent=True)
        yield

    scripts["s1"] = failing

    async with working():
        fares = await health(lambda health: health.state == "failing")

    assert (fares.next_try_at - NOW).total_seconds() == HURRIED.permanent_wait


async def test_a_bug_in_one_source_stops_no_other(scripts, settings, store, event, working, here, health, caplog):
    async def buggy(since):
        raise ZeroDivisionError
        yield

    await store.sources.save(event.slug, SourceSettings(id="s2", kind="scripted"))
    scripts["s1"] = buggy
    scripts["s2"] = says([Upsert(post("From the other"))])

    async with working():
        assert await here() == ["From the other"]
        fares = await health(lambda health: health.state == "failing")

    assert "unexpected" in fares.detail
    assert "ZeroDivisionError" in caplog.text


async def test_a_source_that_ends_is_begun_again(scripts, settings, working, here):
    async def short(since):
        yield [Upsert(post(f"Words {len(Scripted.begun)}"))]

    scripts["s1"] = short

    async with working():
        assert (await here(2))[:2] == ["Words 1", "Words 2"]


async def test_a_batch_that_cannot_be_taken_in_is_not_marked_as_read(
    scripts, settings, store, event, working, health
):
    scripts["s1"] = says([Upsert(None), Checkpoint("1")])

    async with working():
        await health(lambda health: health.state == "failing")

    assert await store.sources.position(event.slug, "s1") is None


# Worker: leases


async def test_of_two_workers_one_follows_a_source(scripts, settings, working, here):
    scripts["s1"] = says([Upsert(post("Once"))])

    async with working(), working():
        await here()
        await asyncio.sleep(0.1)

        assert len(Scripted.begun) == 1


async def test_a_source_is_taken_over_when_its_worker_stops(scripts, settings, working):
    scripts["s1"] = says()

    async with AsyncExitStack() as first:
        await first.enter_async_context(working())
        await until(lambda: len(Scripted.begun) == 1)
        async with working():
            await first.aclose()

            await until(lambda: len(Scripted.begun) == 2)


async def test_a_source_is_taken_over_when_its_worker_vanished(scripts, settings, store, event, working):
    scripts["s1"] = says()
    await store.leases.take(event.slug, "s1", "vanished", seconds=0.2)

    async with working():
        await asyncio.sleep(0.05)
        before = len(Scripted.begun)
        await until(lambda: Scripted.begun)

    assert before == 0


async def test_a_worker_that_lost_its_lease_lets_go(scripts, settings, store, event, working):
    scripts["s1"], ended = noticing()

    async with working():
        await until(lambda: Scripted.begun)
        await store.database.command("SET", f"wall:{{{event.slug}}}:source:s1:lease", "somebody else")
        async with asyncio.timeout(5):
            await ended.wait()


async def test_sources_are_shared_evenly_and_few_of_them_move(scripts, settings, store, event, working):
    ids = [f"s{number}" for number in range(1, 8)]
    scripts.update(dict.fromkeys(ids, says()))
    for id in ids:
        await store.sources.save(event.slug, replace(settings, id=id))

    async with working() as first:
        await until(lambda: len(Scripted.begun) == 7)
        async with working() as second:
            await until(lambda: (len(first.held), len(second.held)) == (4, 3))
            await until(lambda: len(Scripted.begun) == 10)
        await until(lambda: len(Scripted.begun) == 13)

        assert len(first.held) == 7


async def test_who_overslept_its_lease_moves_no_position_back(scripts, settings, store, event, working):
    awake, ended = asyncio.Event(), asyncio.Event()

    async def sleepy(since):
        try:
            yield [Checkpoint("1")]
            await awake.wait()
            yield [Upsert(post("Late")), Checkpoint("2")]
        finally:
            ended.set()

    async def position():
        return await store.sources.position(event.slug, "s1")

    scripts["s1"] = sleepy
    async with working(replace(HURRIED, renew=30.0)):
        await until(position)
        await store.database.command("SET", f"wall:{{{event.slug}}}:source:s1:lease", "another")
        await store.posts.submit(event.slug, [], now=NOW, source_id="s1", position="9", holder="another")
        awake.set()
        async with asyncio.timeout(5):
            await ended.wait()

        assert await position() == "9"


async def test_who_knows_by_its_own_clock_that_its_lease_ran_out_takes_nothing_in(
    scripts, settings, store, event, working, caplog
):
    async def late(since):
        await until(lambda: store.leases.take(event.slug, "s1", "another", seconds=60))
        yield [Upsert(post())]

    scripts["s1"] = late
    async with working(replace(HURRIED, lease=0.001, renew=30.0)):
        await until(lambda: "is read by another worker" in caplog.text)

    assert await store.posts.ids(event.slug) == []


async def test_what_came_of_a_source_is_told_to_the_organiser(scripts, settings, working, health):
    old = replace(post(), created_at=NOW - timedelta(days=1))
    new = replace(post(), received_at=NOW + timedelta(seconds=3))
    edited = replace(new, text="Better #PyConEx", revision=1)
    seen = [Health("degraded", "Reading.", blind_spots=("Old posts.",))]
    scripts["s1"] = says([Upsert(old), Upsert(new)], [Upsert(edited), Delete(old.uid)], seen)

    async with working():
        fares = await health(lambda health: health.state == "degraded")

    assert (fares.posts, fares.edits, fares.deletes) == (2, 1, 1)
    assert (fares.lags, fares.blind_spots) == ([3.0], ["Old posts."])
    assert fares.hourly(NOW)[-1] == 2


async def test_a_worker_gives_its_leases_back(scripts, settings, store, event, working):
    scripts["s1"] = says()

    async with working():
        await until(lambda: Scripted.begun)

    assert await store.leases.take(event.slug, "s1", "another", seconds=1)


@pytest.mark.parametrize(
    ("change", "changed"),
    [
        ("source", {}),
        ("event", {"hashtags": ("PyCon",), "keys": ("pycon",)}),
        ("terms", {"terms": Terms(languages=("de",))}),
    ],
)
async def test_changed_settings_begin_a_source_anew(scripts, settings, store, event, working, change, changed):
    scripts["s1"] = says([Checkpoint("1")])

    async with working():
        await until(lambda: Scripted.begun)
        if change == "source":
            await store.sources.save(event.slug, replace(settings, version=2))
        else:
            await store.events.change(event.slug, lambda event: replace(event, **changed))

        await until(lambda: len(Scripted.begun) == 2)


async def test_what_a_source_does_not_need_to_know_leaves_it_alone(scripts, settings, store, event, working):
    scripts.update(dict.fromkeys(("s1", "s2", "s3"), says([Checkpoint("1")])))

    async with working():
        await until(lambda: Scripted.begun)
        await store.events.change(event.slug, lambda event: replace(event, house_rules="Be kind.", version=2))
        for number, id in enumerate(("s2", "s3"), start=2):  # when these are followed, the change was seen
            await store.sources.save(event.slug, replace(settings, id=id))
            await until(lambda number=number: len(Scripted.begun) == number)

        assert Scripted.begun == [None, None, None]


async def test_a_deleted_source_is_followed_no_more(scripts, settings, store, event, working):
    scripts["s1"], ended = noticing()

    async with working():
        await until(lambda: Scripted.begun)
        await store.sources.delete(event.slug, "s1")
        async with asyncio.timeout(5):
            await ended.wait()


async def test_a_source_that_only_another_version_knows_rests_and_stops_nothing(
    scripts, settings, store, event, working, here
):
    scripts["s1"] = says([Upsert(post())])
    await store.sources.save(event.slug, SourceSettings(id="s0", kind="of-tomorrow"))

    async with working() as worker:
        assert await here() == ["Hello #PyConEx"]
        assert {id for _, id in worker.held} == {"s1"}
