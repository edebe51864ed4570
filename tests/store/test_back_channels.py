import asyncio
from dataclasses import replace

import pytest
import pytest_asyncio

from tests.cast import NOW
from wall.core import back_channel, coming_and_going
from wall.core.back_channel import Change
from wall.core.member import Member
from wall.core.report import Report, Reported, TeamAsk
from wall.errors import InvalidInput, NotFound
from wall.store import open_store
from wall.store.back_channels import MOST_OF_ONE

OLD, NEW = b"o" * 32, b"n" * 32
ANA, BEN = "participant:ana", "participant:ben"
SECRET = "the heron nests behind the boathouse"


@pytest.fixture
def opened(redis_url):
    def opened(*keys):
        return open_store(redis_url, keys=keys)

    return opened


@pytest_asyncio.fixture
async def channels(opened):
    store = opened(NEW)
    yield store.back_channels
    await store.database.close()


def a_thread(id="t1", *, words=SECRET):
    begun = back_channel.start(id, "post1", Member(id=ANA, name="Anabel"), NOW, words=words)
    come = coming_and_going.enter(begun.thread, BEN, "Benedict", NOW)
    return Change(come.thread, (*begun.messages, *come.messages))


@pytest_asyncio.fixture
async def thread(channels, event):
    await channels.start(event.slug, a_thread(), listed=[BEN], now=NOW)
    return "t1"


def says(by, words):
    return lambda read: back_channel.say(read.thread, by, words, NOW)


async def test_a_thread_is_read_as_it_was_kept(channels, event, thread):
    read = await channels.read(event.slug, thread)

    assert (read.thread, read.messages) == (a_thread().thread, a_thread().messages)
    assert (await channels.peek(event.slug, thread)).thread == read.thread


async def test_what_is_said_at_once_is_all_kept(channels, event, thread):
    await asyncio.gather(*(channels.change(event.slug, thread, says(ANA, str(n)), now=NOW) for n in range(8)))

    said = [one.text for one in (await channels.read(event.slug, thread)).messages if one.kind == "said"]
    assert sorted(said[1:]) == [str(n) for n in range(8)]


async def test_records_that_are_swapped_in_redis_are_not_read(channels, event, thread):
    await channels.change(event.slug, thread, says(BEN, "Two"), now=NOW)
    key = f"wall:{{{event.slug}}}:back-channels:thread:{thread}"
    first, third = await channels.database.command("HMGET", key, "1", "3")

    await channels.database.command("HSET", key, "1", third, "3", first)

    with pytest.raises(NotFound):
        await channels.read(event.slug, thread)


async def test_a_thread_copied_to_another_event_or_name_is_not_read(channels, event, thread):
    old, new = (f"wall:{{{event.slug}}}:back-channels:thread:{id}" for id in (thread, "t2"))

    await channels.database.command("COPY", old, new)

    with pytest.raises(NotFound):
        await channels.read(event.slug, "t2")


async def test_each_has_the_list_of_their_threads_and_how_far_they_read(channels, event, thread):
    await channels.list_for(event.slug, BEN, thread, seen=2)

    assert [(one.thread.id, one.seen) for one in await channels.of(event.slug, BEN)] == [(thread, 2)]
    assert [(one.thread.id, one.seen) for one in await channels.of(event.slug, ANA)] == [(thread, 0)]
    assert await channels.of(event.slug, "participant:cleo") == []


async def test_a_list_forgets_threads_that_one_is_not_in(channels, event, thread):
    await channels.change(event.slug, thread, lambda read: coming_and_going.leave(read.thread, BEN, NOW), now=NOW)

    assert await channels.of(event.slug, BEN) == []
    assert await channels.count_of(event.slug, BEN) == 0


async def test_nothing_is_left_of_a_thread_that_was_erased(channels, event, thread):
    before = await channels.count(event.slug, now=NOW)

    await channels.change(event.slug, thread, lambda read: Change(None), now=NOW)

    with pytest.raises(NotFound):
        await channels.read(event.slug, thread)
    assert (before, await channels.count(event.slug, now=NOW)) == (1, 0)
    assert not await channels.database.command("EXISTS", f"wall:{{{event.slug}}}:back-channels:thread:{thread}")


async def test_somebody_starts_so_many_threads_and_no_more(channels, event):
    for number in range(MOST_OF_ONE):
        await channels.start(event.slug, a_thread(str(number)), listed=[], now=NOW)

    with pytest.raises(InvalidInput, match="leave some"):
        await channels.start(event.slug, a_thread("one more"), listed=[], now=NOW)


async def test_threads_survive_a_new_key_and_are_under_it_once_they_changed(opened, event):
    old, both, new = opened(OLD), opened(NEW, OLD), opened(NEW)
    await old.back_channels.start(event.slug, a_thread(words=""), listed=[], now=NOW)

    await both.back_channels.change(event.slug, "t1", says(ANA, "After"), now=NOW)
    await both.back_channels.list_for(event.slug, ANA, "t1")

    assert (await new.back_channels.peek(event.slug, "t1")).thread.last == 2
    assert [one.thread.id for one in await new.back_channels.of(event.slug, ANA)] == ["t1"]
    with pytest.raises(NotFound):
        await new.back_channels.read(event.slug, "t1")  # the note that Ben came was sealed by the key that is gone
    for store in (old, both, new):
        await store.database.close()


async def test_who_is_blocked_is_blocked_by_one_member_only(channels, event):
    await channels.block(event.slug, ANA, BEN)

    assert await channels.blocked(event.slug, ANA, BEN)
    assert not await channels.blocked(event.slug, BEN, ANA)
    assert not await channels.blocked(event.slug, "participant:cleo", BEN)


async def test_reports_and_questions_are_kept_sealed_until_they_are_dealt_with(opened, event):
    store = opened(NEW)
    said = Reported(by=BEN, name="Benedict", text=SECRET, at=NOW)
    report = Report(id="r1", post_id="p", by=ANA, by_name="Anabel", words="This hurts", messages=(said,), at=NOW)
    ask = TeamAsk(id="a1", thread_id="t1", post_id="p", by_name="Anabel", at=NOW)
    await store.reports.report(event.slug, report)
    await store.reports.ask(event.slug, ask)

    assert (await store.reports.reports(event.slug), await store.reports.asks(event.slug)) == ([report], [ask])
    await store.reports.done(event.slug, "r1")
    await store.reports.answered(event.slug, "a1")
    assert (await store.reports.reports(event.slug), await store.reports.asks(event.slug)) == ([], [])
    await store.database.close()


async def test_what_a_lost_key_sealed_is_passed_over(opened, event):
    old, new = opened(OLD), opened(NEW)
    ask = TeamAsk(id="a1", thread_id="t1", post_id="p", by_name="Ana", at=NOW)
    await old.back_channels.start(event.slug, a_thread(), listed=[], now=NOW)
    await old.reports.ask(event.slug, ask)

    assert await new.reports.asks(event.slug) == []
    assert await new.back_channels.of(event.slug, ANA) == []
    await new.reports.ask(event.slug, replace(ask, id="a2"))
    assert [one.id for one in await new.reports.asks(event.slug)] == ["a2"]
    for store in (old, new):
        await store.database.close()
