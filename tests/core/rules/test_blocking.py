from datetime import timedelta

import pytest

from tests.cast import ALICE, NOW
from wall.core.rules import Chain, Rule, is_blocked

SERVER = ALICE.handle.rpartition("@")[2]


def blocked(*rules):
    return is_blocked(Chain(tuple(Rule(**{"id": "r", **rule}) for rule in rules)), ALICE, NOW)


AUTHOR = {"kind": "authors", "entries": (ALICE.handle,), "effect": "reject"}
HOST = {"kind": "domains", "entries": (SERVER,), "places": ("server",), "effect": "reject"}


@pytest.mark.parametrize(
    "rule",
    [
        AUTHOR,
        AUTHOR | {"entries": (ALICE.uid,)},
        HOST,
        HOST | {"entries": ("elsewhere.example",), "others": True},
    ],
)
def test_somebody_is_blocked_by_name_or_by_server(rule):
    assert blocked(rule)


@pytest.mark.parametrize(
    "rule",
    [
        AUTHOR | {"effect": "wait"},
        AUTHOR | {"on": False},
        AUTHOR | {"until": NOW - timedelta(minutes=1)},
        AUTHOR | {"entries": ("@somebody@else.example",)},
        HOST | {"places": ("links",)},
        {"kind": "words", "entries": ("alice",), "effect": "reject"},
    ],
)
def test_somebody_is_not_blocked_by_a_rule_about_something_else(rule):
    assert not blocked(rule)


def test_the_first_rule_about_somebody_counts():
    assert not blocked(AUTHOR | {"effect": "skip"}, HOST)
    assert blocked(HOST, AUTHOR | {"effect": "skip"})
