# ruff: noqa: F401, F811 - fixtures of another module are known by their names
"""The words that an event holds back: those who organise and moderate read them, and nobody else learns of them."""

from dataclasses import replace

import pytest

from tests.web.test_access import MAY, ORGANISER, SCREEN, STRANGER, browser_of, names, picture, staff
from wall.core.moderation import Status
from wall.core.participation import NEW
from wall.core.rules import Rule
from wall.core.source import SourceSettings

LISTED = "schnickschnack"


@pytest.fixture
async def listed(store, event, names):
    rule = Rule(id="listed", name="Held words", kind="words", effect="reject", entries=(LISTED,), places=("text",))
    await store.rules.change(event.slug, lambda rules: [*rules, rule])
    return rule


async def told(site, event, staff, names, role):
    """Return where somebody is told of the word, of all there is to read."""
    browser, found = await browser_of(site, event, staff, role), []
    for row in MAY:
        method, path = row.split(" ")
        if method == "GET" and not path.endswith((".sse", "/export", "/archive")):
            answer = await browser.get(path.format(**names), headers={"accept": "text/html"})
            found += [row] if LISTED in answer.text.lower() else []
    return found


@pytest.mark.parametrize("role", [STRANGER, SCREEN])
async def test_nobody_outside_the_team_is_told_a_listed_word(site, event, staff, names, listed, role):
    assert await told(site, event, staff, names, role) == []


async def test_who_organises_reads_them(site, event, staff, names, listed):
    """The control."""
    browser = await site.browser_of(staff[ORGANISER], headers={"accept": "text/html"})

    assert LISTED in (await browser.get(f"/organise/{event.slug}/rules/listed")).text


async def test_who_writes_one_is_told_neither_that_nor_which(site, store, event, names, listed):
    await store.sources.save(event.slug, SourceSettings(id="form", kind="form"))
    await store.events.change(event.slug, lambda before: replace(before, participation=NEW))
    browser = site.browser(headers={"accept": "text/html"})
    browser.follow_redirects = True
    await browser.get(f"/{event.slug}/join")

    said = {"text": f"What a {LISTED.upper()} #PyConEx", "name": "Ana", "nonce": "a" * 32}
    answer = await browser.post(f"/{event.slug}/join", data=said)
    mine = await browser.get(f"/{event.slug}/join/mine")

    ((_, rejected),) = await store.posts.page(event.slug, Status.REJECTED, limit=9)
    assert "Held words" in rejected.rule_name
    assert answer.status_code == 200
    assert "Held words" not in answer.text + mine.text
    assert "word list" not in (answer.text + mine.text).lower()
