from dataclasses import replace
from datetime import timedelta

import pytest

from tests.cast import NOW
from wall.core.audit import Entry, Filter
from wall.core.leave_request import leave_request
from wall.errors import NotFound
from wall.store import leave_requests

ANA = leave_request("mastodon", "@ana@x.example", "It is me.", now=NOW)
BEN = replace(leave_request("mastodon", "@ben@x.example", "", now=NOW), asked_at=NOW - timedelta(minutes=1))
ENTRY = Entry(kind="left out", by="mia", by_name="Mia", at=NOW, about="Mastodon")


async def test_requests_wait_oldest_first_and_each_once(store, event):
    for one in (ANA, BEN, replace(ANA, words="Once more")):
        assert await store.leave_requests.ask(event.slug, one)

    assert await store.leave_requests.all(event.slug) == [BEN, ANA]
    assert await store.leave_requests.count(event.slug) == 2


async def test_one_that_was_answered_is_forgotten_and_told_in_the_log(store, event):
    await store.leave_requests.ask(event.slug, ANA)

    await store.leave_requests.answered(event.slug, ANA, ENTRY)

    with pytest.raises(NotFound, match="answered this request already"):
        await store.leave_requests.get(event.slug, ANA.id)
    entries, _ = await store.audit.page(event.slug, Filter(), limit=5)
    assert [replace(entry, number=0) for entry in entries] == [ENTRY]


async def test_only_so_many_wait(store, event, monkeypatch):
    monkeypatch.setattr(leave_requests, "MOST", 1)

    taken = [await store.leave_requests.ask(event.slug, one) for one in (ANA, BEN)]

    assert taken == [True, False]
