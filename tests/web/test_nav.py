"""The head of the audience's pages: the same rows and announcements on each of them."""

import re
from dataclasses import replace

import pytest

from tests.cast import NOW
from wall.core.announcing import announcement
from wall.core.audit import Entry
from wall.core.participation import NEW
from wall.core.programme import Session
from wall.core.story import Story

# The rows in their order, by what follows the event's address, and the pages that are none of them.
ROWS = ["", "/sessions", "/polls", "/questions", "/back-channels", "/join", "/stories"]
ENTRY = Entry(kind="story", by="olga", by_name="Olga", at=NOW)


@pytest.fixture
async def busy(store, event):
    """The event with all that there may be, which announces lunch."""
    talk = Session(id="talk", title="Wool", starts=NOW)
    story = Story(id="s" * 32, title="A day", name="a-day", published=True, published_at=NOW)
    lunch = announcement(
        "Lunch is served",
        id="l" * 32,
        starts=None,
        until=None,
        places=("live",),
        pinned=True,
        by_name="Olga",
        now=NOW,
    )
    await store.programmes.change(event.slug, lambda before: before.with_session(talk), now=NOW)
    await store.stories.create(event.slug, story, now=NOW, entry=ENTRY)
    await store.announcements.announce(event.slug, lunch, now=NOW, entry=ENTRY)
    return await store.events.change(
        event.slug,
        lambda before: replace(before, polls=True, questions="open", back_channels=True, participation=NEW),
    )


@pytest.mark.parametrize("path", [*ROWS, "/about"])
async def test_every_page_has_the_same_rows_and_says_which_of_them_it_is(site, busy, path):
    page = (await site.browser().get(f"/{busy.slug}{path}")).text

    (nav,) = re.findall(r'<nav class="live__nav".*?</nav>', page, re.DOTALL)
    rows = re.findall(rf'href="/{busy.slug}(/[^"]*)?"( aria-current)?', nav)
    assert [row for row, _ in rows] == ROWS
    assert [row for row, current in rows if current] == [row for row in ROWS if row == path]
    assert page.count("Lunch is served") == 1


@pytest.mark.parametrize("path", ["/about", "/join", "/sessions", "/stories"])
async def test_there_is_no_row_for_what_there_is_not(site, event, path):
    page = (await site.browser().get(f"/{event.slug}{path}")).text

    assert "live__nav" not in page
    assert "announced__one" not in page
