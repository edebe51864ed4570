import json
from dataclasses import replace
from datetime import timedelta

import pytest

from tests.sources.skies import NOW_US
from tests.sources.world import NOW
from wall.sources.bluesky.hosts import Hosts, Position, read_position

ONE, TWO, THREE = (f"wss://{name}.example" for name in ("one", "two", "three"))
SECOND = 1_000_000
HERE = Position(time=NOW_US - 60 * SECOND, seq=77, host=ONE)


def test_a_source_that_was_never_read_begins_half_an_hour_ago():
    assert Hosts([ONE], Position()).cursor(NOW) == NOW_US - 1800 * SECOND


def test_on_the_same_host_reading_goes_on_five_seconds_before():
    assert Hosts([ONE, TWO], HERE).cursor(NOW) == HERE.time - 5 * SECOND


def test_on_another_host_reading_goes_on_a_minute_before_by_time():
    hosts = Hosts([ONE, TWO], HERE)

    hosts.went_wrong(None, permanent=False)

    assert (hosts.current, hosts.cursor(NOW)) == (TWO, HERE.time - 60 * SECOND)


def test_the_second_wire_goes_on_by_sequence_number_on_its_own_host_only():
    hosts = Hosts([ONE + "/xrpc/network.bsky.jetstream.subscribeEvents", TWO], HERE)

    assert (hosts.wire, hosts.protocol, hosts.cursor(NOW)) == ("v2", "xrpc.v1.json", 77)
    assert Hosts([ONE, TWO], replace(HERE, host=TWO)).current == TWO


def test_a_sequence_number_that_is_too_old_is_given_up_for_the_time():
    hosts = Hosts([ONE + "/xrpc/network.bsky.jetstream.subscribeEvents"], HERE)

    hosts.went_wrong(400, permanent=True)

    assert (hosts.current, hosts.wire, hosts.cursor(NOW)) == (ONE, "v2", HERE.time - 5 * SECOND)
    assert not hosts.all_refuse


def test_a_host_that_does_not_know_one_wire_is_asked_by_the_other_once():
    hosts = Hosts([ONE, TWO], Position())

    hosts.went_wrong(404, permanent=True)
    assert (hosts.current, hosts.wire) == (ONE, "v2")

    hosts.went_wrong(404, permanent=True)
    assert (hosts.current, hosts.wires[ONE]) == (TWO, "v1")


def test_the_wire_that_a_host_was_heard_by_is_kept():
    hosts = Hosts([ONE], Position())
    hosts.went_wrong(404, permanent=True)

    hosts.went_well()
    hosts.went_wrong(503, permanent=False)

    assert hosts.wire == "v2"


def test_only_when_every_host_refuses_for_good_is_there_nothing_to_try():
    hosts = Hosts([ONE, TWO, THREE], Position())

    for _ in range(2):
        hosts.went_wrong(403, permanent=True)
    assert not hosts.all_refuse

    hosts.went_wrong(403, permanent=True)
    assert hosts.all_refuse


def test_more_than_a_day_away_may_have_missed_something():
    long_ago = Position(time=NOW_US - 86_401 * SECOND)

    assert Hosts([ONE], long_ago).missed(NOW)
    assert not Hosts([ONE], HERE).missed(NOW)
    assert not Hosts([ONE], HERE).missed(NOW + timedelta(hours=23))


def test_a_position_comes_back_as_it_was_written():
    position = replace(HERE, hidden={"did:plc:x": ["at://a", "at://b"]})

    assert read_position(position.written()) == position


@pytest.mark.parametrize(
    "saved",
    [None, "", "[]", "{", '{"time": "now", "seq": true}', '{"time": 5, "seq": -1}', '{"hidden": {"a": 7}}'],
)
def test_a_position_that_cannot_be_read_is_none(saved):
    assert read_position(saved) == Position()


def test_what_is_kept_of_hidden_posts_is_bounded():
    saved = json.dumps({"hidden": {f"did:{number}": ["a"] for number in range(5000)}})

    assert len(read_position(saved).hidden) == 100
