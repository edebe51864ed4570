from datetime import timedelta
from typing import get_args

import pytest

from tests.cast import NOW
from wall.core.curtain import Curtain, CurtainKind

BEFORE, AFTER = NOW - timedelta(milliseconds=1), NOW + timedelta(milliseconds=1)


@pytest.mark.parametrize(("approved_at", "held"), [(BEFORE, False), (NOW, False), (AFTER, True), (None, True)])
def test_frozen_screens_hold_back_what_was_approved_since(approved_at, held):
    assert Curtain(kind="frozen", since=NOW).holds_back(approved_at) is held


@pytest.mark.parametrize("kind", [kind for kind in get_args(CurtainKind) if kind != "frozen"])
def test_no_other_curtain_asks_when_a_post_was_approved(kind):
    assert not Curtain(kind=kind, since=NOW).holds_back(AFTER)
