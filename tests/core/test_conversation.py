import numpy as np
import pytest

from bench.insight.network import Network
from wall.core.conversation import Conversation, Speaker, Strand, conversation, partners, ties


@pytest.fixture
def network():
    """Two rooms of people who talk among themselves, with one who talks to both."""
    network = Network()
    for room in ("a", "b"):
        for one in range(6):
            for other in range(6):
                if one != other:
                    network.answer(f"{room}{one}", to=f"{room}{other}")
    network.answer("a0", to="b0")
    network.post("alone")
    return network


def by_author(found):
    return {one.author: one for one in found.speakers}


def test_those_who_talk_are_in_the_picture_and_who_talks_to_nobody_is_not(network):
    found = by_author(conversation(network.ledger()))

    assert set(found) == {f"{room}{number}" for room in "ab" for number in range(6)}
    assert (found["b0"].people, found["a1"].people, found["a1"].posts) == (6, 5, 5)


def test_people_stand_with_those_they_talk_with(network):
    found = by_author(conversation(network.ledger()))

    assert len({found[f"a{number}"].group for number in range(6)}) == 1
    assert found["a1"].group != found["b1"].group
    near = np.hypot(found["a1"].x - found["a2"].x, found["a1"].y - found["a2"].y)
    far = np.hypot(found["a1"].x - found["b2"].x, found["a1"].y - found["b2"].y)
    assert near < far / 2


def test_the_same_posts_make_the_same_picture(network):
    assert conversation(network.ledger()) == conversation(network.ledger())


def test_of_very_many_those_with_most_ties_are_shown_and_the_rest_is_counted(network):
    found = conversation(network.ledger(), most=4)

    assert len(found.speakers) == 4
    assert found.left_out == 8
    assert {"a0", "b0"} <= set(by_author(found))
    assert all(one.actor < 4 and one.author < 4 for one in found.strands)


def test_everybody_stands_within_the_picture(network):
    assert all(0 <= one.x <= 1 and 0 <= one.y <= 1 for one in conversation(network.ledger()).speakers)


def test_where_nobody_talks_there_is_no_picture():
    network = Network()
    network.post("ada")

    assert conversation(network.ledger()).speakers == ()


def test_two_are_a_picture():
    network = Network()
    network.answer("ada", to="ben")

    assert len(conversation(network.ledger()).speakers) == 2


def test_whom_somebody_talks_with_is_told_those_most_of_it_is_with_first():
    shown = Conversation(
        speakers=tuple(Speaker(author=one, x=0, y=0, posts=1, people=1, group=0) for one in "abc"),
        strands=(
            Strand(actor=0, author=1, weight=1.0),
            Strand(actor=1, author=0, weight=1.5),
            Strand(actor=2, author=0, weight=2.0),
        ),
    )

    assert [(one.actor, one.author, one.weight) for one in ties(shown)] == [(0, 1, 2.5), (0, 2, 2.0)]
    assert partners(shown, most=3) == [[1, 2], [0], [0]]
    assert partners(shown, most=1)[0] == [1]
