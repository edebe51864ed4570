import csv
import io
import json

import pytest

from tests.cast import NOW
from wall.core.audit import Entry, Filter
from wall.core.formula import unformulated
from wall.web.audit import COLUMNS


async def noted(store, event, **fields):
    entry = {"kind": "mode", "by": "mia", "by_name": "Mia", "at": NOW, **fields}
    await store.audit.note(event.slug, Entry(**entry))


async def kinds(store, event):
    entries, _ = await store.audit.page(event.slug, Filter(), limit=100)
    return [(entry.kind, entry.by_name, entry.about) for entry in reversed(entries)]


@pytest.fixture
async def organiser(site, olga):
    return await site.browser_of(olga)


@pytest.fixture
def read(organiser, event):
    async def read(ending="", **query):
        return await organiser.get(f"/organise/{event.slug}/audit{ending}", params=query)

    return read


async def test_what_an_organiser_does_is_in_the_log_with_who_and_what(site, store, event, organiser):
    base = f"/organise/{event.slug}"
    settings = {"title": "PyCon 2026", "hashtags": "#PyConEx", "timezone": "UTC"}
    await organiser.post(f"{base}/settings", data=settings)
    await organiser.post(f"{base}/settings", data=settings)
    await organiser.post(f"{base}/sources", data={"kind": "form"})
    await organiser.post(f"{base}/sources/form/deletion")
    await organiser.post(f"{base}/sources/form/deletion")
    await organiser.post(f"{base}/screens", data={"name": "Main hall"})
    (screen,) = await store.screens.all(event.slug)
    await organiser.post(f"{base}/screens/{screen.id}/revocation")
    await organiser.post(f"{base}/moderators", data={"name": "Sam", "role": "moderator"})
    await organiser.post(f"/{event.slug}/moderate/mode", json={"mode": "trusted go through"})
    await organiser.post(f"/{event.slug}/moderate/mode", json={"mode": "trusted go through"})

    assert await kinds(store, event) == [
        ("settings", "Olga", "title: PyCon Example → PyCon 2026"),
        ("source added", "Olga", "form"),
        ("source deleted", "Olga", "form"),
        ("screen opened", "Olga", "Main hall"),
        ("screen revoked", "Olga", "Main hall"),
        ("person invited", "Olga", "Sam as moderator"),
        ("mode", "Olga", "everything waits → trusted go through"),
    ]


async def test_who_takes_a_role_away_and_who_is_signed_out_is_in_the_log(store, event, mia, organiser):
    await organiser.post(f"/organise/{event.slug}/moderators/{mia.id}/sessions/none")
    await organiser.post(f"/organise/{event.slug}/moderators/{mia.id}/revocation")

    assert await kinds(store, event) == [("signed out", "Olga", "Mia"), ("role taken", "Olga", "Mia, moderator")]


async def test_who_joins_by_an_invitation_is_in_the_log(wall, store, event):
    token = await wall.link("invite", slug=event.slug, role="moderator", name="Sam")

    await wall.browser().post("/sign-in", data={"token": token})

    assert await kinds(store, event) == [("person joined", "Sam", "as moderator")]


async def test_a_decision_shows_the_post_as_it_stands_now_and_nothing_once_it_is_withdrawn(
    store, event, waiting, approved, read
):
    before = (await read()).text
    await store.posts.withdraw(event.slug, waiting.post.uid, now=NOW)
    after = (await read()).text

    assert "Hello from the hall" in before
    assert "Hello from the hall" not in after
    assert "A post that is no more" in after


async def test_nothing_of_a_withdrawn_post_is_in_an_export(store, event, waiting, approved, read):
    await store.posts.withdraw(event.slug, waiting.post.uid, now=NOW)

    text = (await read(".jsonl")).text + (await read(".csv")).text

    assert waiting.post.id in text
    assert "Hello" not in text
    assert "Alice" not in text


@pytest.mark.parametrize(
    ("query", "about"),
    [
        ({}, ["one", "two", "three"]),
        ({"who": "max"}, ["two"]),
        ({"kind": "mode"}, ["one", "three"]),
        ({"kind": "Screens"}, ["two"]),
        ({"day": "2026-06-12"}, ["one", "two", "three"]),
        ({"day": "2026-06-13"}, []),
    ],
)
async def test_a_log_is_narrowed_down_on_the_page_and_in_exports_alike(store, event, read, query, about):
    await noted(store, event, about="one")
    await noted(store, event, about="two", by="max", by_name="Max", kind="screen opened")
    await noted(store, event, about="three")

    page, lines = await read(**query), await read(".jsonl", **query)

    assert [json.loads(line)["about"] for line in lines.text.splitlines()] == about
    assert [word for word in ("one", "two", "three") if f'quiet">{word}<' in page.text] == about


@pytest.mark.parametrize("query", [{"kind": "nonsense"}, {"day": "yesterday"}, {"before": "x"}])
async def test_what_cannot_be_asked_for_is_refused_in_words(read, query):
    assert (await read(**query)).status_code == 422


async def test_older_entries_are_a_page_further_on(store, event, read, monkeypatch):
    monkeypatch.setattr("wall.web.audit.PAGE_ENTRIES", 2)
    for n in range(3):
        await noted(store, event, about=f"entry {n}")

    first, second = await read(), await read(before="2")

    assert "entry 2" in first.text
    assert "entry 0" not in first.text
    assert "before=2" in first.text
    assert "entry 0" in second.text
    assert "entry 1" not in second.text


async def test_an_exported_table_is_carried_out_by_no_spreadsheet(store, event, read):
    await noted(store, event, about='=HYPERLINK("https://evil.example")', by_name="@SUM(A1)")

    answer = await read(".csv")

    (head, row) = csv.reader(io.StringIO(answer.text))
    assert tuple(head) == COLUMNS
    assert row[head.index("about")] == '\'=HYPERLINK("https://evil.example")'
    assert row[head.index("who")] == "'@SUM(A1)"
    assert answer.headers["content-disposition"].startswith("attachment;")


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠"])
def test_what_a_spreadsheet_takes_for_a_formula_is_quoted(start):
    assert unformulated(f"{start}1+1") == f"'{start}1+1"


def test_other_cells_stay_as_they_are():
    assert unformulated("12 = 12") == "12 = 12"


async def test_an_export_of_an_empty_log_is_its_head(read):
    assert (await read(".csv")).text.strip() == ",".join(f'"{name}"' for name in COLUMNS)
    assert (await read(".jsonl")).text == ""


async def test_nothing_changes_the_log_through_the_application(organiser, event, store):
    await noted(store, event)

    answers = [
        await organiser.request(method, f"/organise/{event.slug}/audit") for method in ("POST", "PUT", "DELETE")
    ]

    assert {answer.status_code for answer in answers} == {405}
    assert len(await kinds(store, event)) == 1


async def test_what_stands_in_an_entry_is_no_markup(store, event, read):
    await noted(store, event, about="<script>alert(1)</script>", reason="<b>", by_name="<i>")

    assert "<script>alert" not in (await read()).text
