"""That the checker complains: whoever is told wrongly says so."""

import json

import pytest

from tests.faults.model import Model, Shown
from tests.faults.witness import Witness
from wall.core.feed import Cursor

ONE = Shown("p1", "words-1", False)


@pytest.fixture
def witness():
    """A viewer who has the first update of a history."""
    witness = Witness({"words-1", "words-2", "words-3"}, cursor=Cursor("now", 1), wall=(ONE,))
    witness.connected()
    return witness


def hears(witness, *updates, cursor=None):
    """Send a viewer updates: offset, kind, post and words."""
    told = [
        {"offset": offset, "kind": kind, "id": post, "post": {"id": post, "text": words, "pinned": False}}
        for offset, kind, post, words in updates
    ]
    frame = {"type": "updates", "cursor": cursor or f"now:{updates[-1][0]}", "updates": told}
    return witness.hears(frame, json.dumps(frame))


def test_who_is_told_everything_in_order_has_the_wall_and_nothing_to_complain_of(witness):
    hears(witness, (2, "posted", "p2", "words-2"))
    hears(witness, (3, "edited", "p1", "words-3"), (4, "void", "p3", ""), (5, "removed", "p2", ""))

    assert witness.wall == (Shown("p1", "words-3", False),)
    assert (witness.cursor, witness.faults) == (Cursor("now", 5), [])


@pytest.mark.parametrize(
    ("updates", "cursor", "complaint"),
    [
        ([(3, "posted", "p3", "words-3")], None, "a hole"),
        ([(2, "posted", "p2", "words-2"), (4, "removed", "p2", "")], None, "a hole"),
        ([(1, "posted", "p1", "words-1")], None, "a repeat"),
        ([(2, "posted", "p2", "words-2"), (2, "posted", "p2", "words-2")], None, "a repeat"),
        ([(2, "posted", "p2", "words-4")], None, "words that are not on the wall"),
        ([(2, "posted", "p2", "words-2")], "then:2", "another history"),
        ([(2, "posted", "p2", "words-2")], "now:3", "a cursor that is not its last update's"),
    ],
)
def test_who_is_told_wrongly_complains(witness, updates, cursor, complaint):
    hears(witness, *updates, cursor=cursor)

    assert witness.faults[0].startswith(complaint)


def test_a_beat_from_further_on_is_a_hole(witness):
    witness.hears({"type": "beat", "cursor": "now:2"}, "")

    assert witness.faults[0].startswith("a hole")


def test_who_starts_over_may_hear_once_more_what_its_new_wall_holds(witness):
    assert witness.hears({"type": "resync"}, "")
    witness.starts({"cursor": "now:3", "posts": [{"id": "p3", "text": "words-3"}]}, "words-3")

    hears(witness, (2, "posted", "p2", "words-2"), (3, "posted", "p3", "words-3"), (4, "removed", "p1", ""))
    assert (witness.wall, witness.faults) == ((Shown("p3", "words-3", False),), [])

    hears(witness, (3, "posted", "p3", "words-3"))
    assert witness.faults[0].startswith("a repeat")


def test_a_removed_post_is_nobodys_to_see_once_everything_is_at_rest():
    model = Model(lambda name: name)
    model.act("appear", "p1", "words-1")
    model.act("remove", "p1", "words-2")
    late = Witness(model.allowed, cursor=Cursor("now", 0))
    late.connected()

    model.settled()
    hears(late, (1, "posted", "p1", "words-1"), (2, "removed", "p1", ""))

    assert late.faults[0].startswith("words that are not on the wall")
