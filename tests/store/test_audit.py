import asyncio
from dataclasses import replace

import pytest

from tests.cast import NOW, a_decision, a_post
from wall.core.audit import Entry, Filter
from wall.core.moderation import Verdict
from wall.core.rules import Rule
from wall.core.source import SourceSettings
from wall.errors import AlreadyDecided
from wall.store import audit
from wall.store.submission import Submission


def an_entry(kind="mode", **fields):
    return Entry(**{"kind": kind, "by": "mia", "by_name": "Mia", "at": NOW, **fields})


async def entries(store, event, wanted=None, limit=100):
    return (await store.audit.page(event.slug, wanted or Filter(), limit=limit))[0]


@pytest.fixture
async def waiting(store, event):
    post = a_post("Hello #PyConEx")
    await store.posts.submit(event.slug, [Submission(post, Verdict())], now=NOW)
    return await store.posts.get(event.slug, post.id)


async def test_a_decision_is_in_the_log_once_however_often_it_is_sent(store, event, waiting):
    decision = replace(a_decision("reject", waiting), reason="Advertising")

    for _ in range(3):
        await store.posts.decide(event.slug, decision, now=NOW)

    (entry,) = await entries(store, event)
    assert (entry.kind, entry.by_name, entry.post) == ("reject", "Mia", waiting.post.id)
    assert (entry.reason, entry.number) == ("Advertising", 1)


async def test_who_was_second_is_not_in_the_log(store, event, waiting):
    await store.posts.decide(event.slug, a_decision("approve", waiting), now=NOW)

    with pytest.raises(AlreadyDecided):
        await store.posts.decide(event.slug, a_decision("reject", waiting, by="max"), now=NOW)

    assert [entry.by for entry in await entries(store, event)] == ["mia"]


async def test_what_an_author_does_is_no_act_of_the_staff(store, event, waiting):
    await store.posts.withdraw(event.slug, waiting.post.uid, now=NOW)

    assert await entries(store, event) == []


async def test_many_at_once_get_numbers_without_gaps(store, event):
    await asyncio.gather(*(store.audit.note(event.slug, an_entry(about=str(n))) for n in range(30)))

    assert [entry.number for entry in await entries(store, event)] == list(range(30, 0, -1))


async def test_a_setting_and_its_entry_are_one_step(store, event):
    await store.events.change(
        event.slug,
        lambda event: replace(event, title="New"),
        entry=lambda before, after: an_entry("settings", about=f"{before.title} → {after.title}"),
    )

    (entry,) = await entries(store, event)
    assert (entry.kind, entry.about) == ("settings", "PyCon Example → New")


async def test_sources_screens_and_trust_are_noted_with_the_act(store, event, waiting):
    source = SourceSettings(id="m1", kind="mastodon")
    await store.sources.save(event.slug, source, entry=an_entry("source added"))
    await store.sources.delete(event.slug, "m1", entry=an_entry("source deleted"))
    screen, _ = await store.screens.open(event.slug, "Hall", now=NOW, entry=an_entry("screen opened"))
    await store.screens.revoke(event.slug, screen.id, entry=an_entry("screen revoked"))
    for kind, by in (("trust", "Mia"), ("distrust", None)):
        await store.authors.judge(event.slug, waiting, by=by, entry=an_entry(kind), now=NOW)

    assert [entry.kind for entry in reversed(await entries(store, event))] == [
        "source added",
        "source deleted",
        "screen opened",
        "screen revoked",
        "trust",
        "distrust",
    ]
    assert await store.sources.all(event.slug) == []
    assert await store.screens.all(event.slug) == []


async def test_pages_follow_each_other_to_the_first_entry(store, event):
    for n in range(5):
        await store.audit.note(event.slug, an_entry(about=str(n)))

    first, older = await store.audit.page(event.slug, Filter(), limit=3)
    rest, end = await store.audit.page(event.slug, Filter(), limit=3, before=older)

    assert [entry.about for entry in first + rest] == ["4", "3", "2", "1", "0"]
    assert (older, end) == (3, None)


async def test_a_log_longer_than_is_read_at_once_is_read_whole(store, event, monkeypatch):
    monkeypatch.setattr(audit, "CHUNK", 4)
    for n in range(11):
        await store.audit.note(event.slug, an_entry(about=str(n)))

    forwards = [entry.number async for page in store.audit.forwards(event.slug, Filter()) for entry in page]

    assert [entry.number for entry in await entries(store, event)] == list(range(11, 0, -1))
    assert forwards == list(range(1, 12))


async def test_what_matches_rarely_ends_a_page_early_and_says_where_to_go_on(store, event, monkeypatch):
    monkeypatch.setattr(audit, "MOST_LOOKED_AT", 3)
    for n in range(5):
        await store.audit.note(event.slug, an_entry(by="max" if n == 0 else "mia", about=str(n)))

    found, older = await store.audit.page(event.slug, Filter(by="max"), limit=3)
    more, end = await store.audit.page(event.slug, Filter(by="max"), limit=3, before=older)

    assert (found, older) == ([], 3)
    assert ([entry.about for entry in more], end) == (["0"], None)


async def test_people_have_the_name_they_had_last(store, event):
    await store.audit.note(event.slug, an_entry())
    await store.audit.note(event.slug, an_entry(by_name="Mia Maier"))

    assert await store.audit.people(event.slug) == {"mia": "Mia Maier"}


async def test_a_change_of_rules_and_its_entry_are_one_step(store, event):
    rule = Rule(id="r1", kind="bots", name="No bots")

    await store.rules.change(event.slug, lambda rules: [*rules, rule], entry=an_entry("rules"))

    (entry,) = await entries(store, event)
    assert (entry.kind, entry.by_name, entry.about) == ("rules", "Mia", "added “No bots”")
