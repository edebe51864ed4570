from dataclasses import replace

import pytest

from tests.cast import NOW
from wall.core.audit import Entry, Filter
from wall.core.event_report import EventReport
from wall.core.ledger import Scope
from wall.errors import InvalidInput, NotFound
from wall.store import event_reports

REPORT = EventReport(token="t", title="Days", words="Thanks", scope=Scope(begins=1, session="talk"), made_at=NOW)
MADE = Entry(kind="settings", by="olga", by_name="Olga", at=NOW, about="made the report “Days”")


async def test_a_report_is_found_by_its_token_until_it_is_taken_back(store, event):
    await store.event_reports.keep(event.slug, REPORT, entry=MADE)
    found = await store.event_reports.get(event.slug, "t")

    await store.event_reports.revoke(event.slug, "t", entry=replace(MADE, about="took a report back"))

    assert found == REPORT
    with pytest.raises(NotFound):
        await store.event_reports.get(event.slug, "t")
    entries, _ = await store.audit.page(event.slug, Filter(), limit=9)
    assert [one.about for one in entries] == ["took a report back", "made the report “Days”"]


@pytest.mark.parametrize("token", ["", "x", "\ud800", "t" * 5_000])
async def test_no_other_end_of_a_link_finds_one(store, event, token):
    with pytest.raises(NotFound):
        await store.event_reports.get(event.slug, token)


async def test_an_event_has_so_many_reports_and_no_more(store, event, monkeypatch):
    monkeypatch.setattr(event_reports, "MOST", 1)
    await store.event_reports.keep(event.slug, REPORT, entry=MADE)

    with pytest.raises(InvalidInput, match="1 reports at most"):
        await store.event_reports.keep(event.slug, replace(REPORT, token="u"), entry=MADE)

    assert [one.token for one in await store.event_reports.all(event.slug)] == ["t"]
