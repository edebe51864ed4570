"""Who reads a ledger fetches what has changed, and is handed one that does not change any more."""

import asyncio
from datetime import timedelta

import pytest

from tests.cast import BOB, NOW
from tests.chats import said, show
from wall.core.event_figures import event_figures
from wall.core.ledger import Scope
from wall.core.programme import Session
from wall.counting import Counter
from wall.insight.ledgers import Ledgers

TALK = Session(id="talk", title="Talk", starts=NOW, ends=NOW + timedelta(minutes=10))


@pytest.fixture
def count(store, event):
    async def count():
        await Counter(store).count(event.slug)

    return count


@pytest.fixture
def read(store, monkeypatch):
    """The versions that changes were asked for since."""
    asked, since = [], store.ledger.since

    async def counted(slug, version):
        asked.append(version)
        return await since(slug, version)

    monkeypatch.setattr(store.ledger, "since", counted)
    return asked


async def test_only_what_has_changed_is_read_again(store, event, count, read):
    ledgers = Ledgers(store, seconds=0)
    await show(store, event, said("One"))
    await count()
    first = await ledgers.get(event.slug)
    assert await ledgers.get(event.slug) is first

    await show(store, event, said("Two", author=BOB))
    await count()
    second = await ledgers.get(event.slug)

    assert read == [0, first.version]
    assert (first.rows.size, second.rows.size) == (1, 2)
    assert (event_figures(first).people, event_figures(second).people) == (1, 2)


async def test_within_a_second_nobody_looks_again(store, event, count, read):
    ledgers = Ledgers(store, seconds=60)
    await count()
    await asyncio.gather(*(ledgers.get(event.slug) for _ in range(5)))
    await show(store, event, said("One"))
    await count()

    assert (await ledgers.get(event.slug)).rows.size == 0
    assert read == [0]


async def test_the_same_question_is_counted_once_until_something_changes(store, event, count):
    ledgers, asked = Ledgers(store, seconds=0), []
    await count()

    async def ask():
        return await ledgers.answer(event.slug, "how many", lambda ledger: asked.append(1) or ledger.rows.size)

    assert await asyncio.gather(ask(), ask()) == [0, 0]
    await show(store, event, said("One"))
    await count()

    assert (await ask(), len(asked)) == (1, 2)
    assert (await ledgers.figures(event.slug, Scope(network="mastodon"))).posts == 1


async def test_another_programme_has_posts_be_of_other_sessions_at_once(store, event, count):
    ledgers = Ledgers(store, seconds=0)
    await show(store, event, said("In it"), said("After it", minute=30))
    await count()
    assert event_figures(await ledgers.get(event.slug)).sessions[""].posts == 2

    await store.programmes.change(event.slug, lambda before: before.with_session(TALK), now=NOW)

    ledger = await ledgers.get(event.slug)
    assert event_figures(ledger, Scope(session="talk")).posts == 1
    assert ledger.name("session", ledger.rows["session"][0]) == "talk"


async def test_an_event_of_which_nothing_is_counted_yet_is_asked_for_again(store, event, count):
    ledgers = Ledgers(store)
    assert await ledgers.get(event.slug) is None
    assert await ledgers.figures(event.slug) is None

    await count()

    assert event_figures(await ledgers.get(event.slug)).posts == 0


async def test_many_blocks_are_read_in_several_steps(store, event, count, monkeypatch):
    monkeypatch.setattr("wall.store.ledger.MOST_IN_ONE_STEP", 2)
    monkeypatch.setattr("wall.store.ledger.BLOCKS_AT_ONCE", 2)
    await show(store, event, said("One"), said("Two", author=BOB))
    await count()

    figures = event_figures(await Ledgers(store).get(event.slug))

    assert (figures.posts, figures.people, set(figures.networks)) == (2, 2, {"mastodon"})
