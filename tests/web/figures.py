"""What tests of figures begin with: what a process knows of an event, who reads it, and where."""

from html import unescape

import pytest

from tests.ledgers import Ledgers, a_ledger


@pytest.fixture
def know(site, event):
    """Have the process know a ledger of the event, or of another one; one more takes the place of the last."""
    found = {}
    site.services["ledgers"] = Ledgers()

    def know(*said, slug=event.slug):
        found[slug] = a_ledger(*said)
        site.services["ledgers"] = Ledgers(**found)

    return know


@pytest.fixture
def base(event):
    return f"/organise/{event.slug}/figures"


@pytest.fixture
async def olgas(site, olga):
    return await site.browser_of(olga)


def text(answer):
    """Return what an answer says, on one line."""
    return " ".join(unescape(answer.text).split())
