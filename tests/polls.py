"""Polls for tests, and answers to them."""

from tests.cast import NOW
from wall.core.ballot import ballot
from wall.core.poll import Poll


def a_poll(**fields):
    """Return a draft, of one answer out of three unless told otherwise."""
    given = {"id": "lunch", "kind": "single", "question": "What for lunch?", "options": ("Soup", "Rice", "Bread")}
    return Poll(created_at=NOW, version=1, **(given | fields))


def answer(*given):
    """Return what makes the ballot of somebody who chose this."""
    return lambda poll: ballot(poll, given)
