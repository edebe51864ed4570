import pytest

from wall.core.measures import Measures
from wall.errors import TooManyStreams
from wall.web.doors import Doors


def doors(**bounds):
    return Doors(**({"most": 100, "most_per_address": 100} | bounds), refused=Measures().refused)


def test_a_place_is_free_again_once_somebody_leaves():
    few = doors(most=1)
    assert few.enter("192.0.2.1")
    few.leave("192.0.2.1")

    assert few.enter("192.0.2.2")
    assert dict(few.addresses) == {"192.0.2.2": 1}


def test_each_bound_has_a_count_of_its_own():
    all_told, each = doors(most=1), doors(most_per_address=1)
    for one in (all_told, each):
        one.enter("192.0.2.1")

    assert not all_told.enter("192.0.2.2")
    assert not each.enter("192.0.2.1")
    assert all_told.refused.values == {("all",): 1}
    assert each.refused.values == {("address",): 1}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("2001:db8:1:2::1", "2001:db8:1:2:ffff:ffff:ffff:ffff"),
        ("2001:db8:1:2::1", "2001:DB8:1:2:0:0:0:5"),
        ("fe80::1%eth0", "fe80::2%eth1"),
        ("192.0.2.1", "::ffff:192.0.2.1"),
        ("192.0.2.1", "::ffff:c000:201"),
        ("not an address:", "not an address:"),
        ("", ""),
    ],
)
def test_what_one_caller_can_call_itself_is_one_address(one, other):
    few = doors(most_per_address=1)
    few.enter(one)

    assert not few.enter(other)
    few.leave(other)
    assert not few.addresses


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("2001:db8:1:2::1", "2001:db8:1:3::1"),
        ("192.0.2.1", "192.0.2.2"),
        ("::ffff:192.0.2.1", "::ffff:192.0.2.2"),
    ],
)
def test_neighbours_are_counted_apart(one, other):
    few = doors(most_per_address=1)
    few.enter(one)

    assert few.enter(other)


def test_who_passes_is_counted_for_as_long_as_it_stays_and_no_other():
    few = doors(most=1)

    with few.passing("192.0.2.1"), pytest.raises(TooManyStreams), few.passing("192.0.2.2"):
        pass

    assert few.open == 0
    assert not few.addresses
