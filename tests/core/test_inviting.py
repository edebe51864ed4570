from dataclasses import replace
from datetime import timedelta

import pytest

from tests.cast import NOW
from tests.core.test_proposal import ANA, BEN, polled
from wall.core.inviting import check_invitable, invitable
from wall.core.proposal import settled
from wall.errors import ChangedMeanwhile, NotAllowed


def test_the_link_is_made_by_who_proposed_or_else_an_organiser():
    accepted = settled(polled("++"), NOW)
    organiser = replace(BEN, office=True)
    gone = replace(ANA, left="left", left_at=NOW)

    check_invitable(accepted, ANA, ANA, now=NOW)
    check_invitable(accepted, organiser, gone, now=NOW)
    assert invitable(accepted, ANA, ANA, now=NOW)
    assert not invitable(accepted, BEN, ANA, now=NOW)
    with pytest.raises(NotAllowed):
        check_invitable(accepted, organiser, ANA, now=NOW)
    with pytest.raises(ChangedMeanwhile):
        check_invitable(replace(accepted, joined="x"), ANA, ANA, now=NOW)
    with pytest.raises(ChangedMeanwhile):
        check_invitable(accepted, ANA, ANA, now=NOW + timedelta(days=31))
    with pytest.raises(ChangedMeanwhile):
        check_invitable(polled("+"), ANA, ANA, now=NOW)
