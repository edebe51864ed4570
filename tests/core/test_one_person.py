from dataclasses import replace

from tests.cast import ALICE, BOB
from wall.core.one_person import people

THERE = replace(ALICE, uid="did:plc:alice", handle="alice.example", links=("https://alice.example",))
HERE = replace(ALICE, links=("https://alice.example/",))


def test_accounts_that_share_a_checked_address_are_one_person():
    assert len(set(people([HERE, THERE]).values())) == 1


def test_accounts_of_one_name_alone_are_two_people():
    assert len(set(people([ALICE, replace(BOB, name=ALICE.name)]).values())) == 2


def test_who_is_tied_to_both_of_two_accounts_ties_those():
    first = replace(ALICE, uid="a", url=None, links=("https://one.example",))
    second = replace(ALICE, uid="b", url=None, links=("https://two.example",))
    both = replace(ALICE, uid="c", url=None, links=("https://one.example", "https://two.example"))

    assert set(people([second, first, both]).values()) == {"a"}
