import json
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.sources.skies import MIA, NOW_US, account, commit, identity, in_v1, in_v2
from tests.sources.world import FIXTURES
from wall.errors import InvalidPost, SourceError
from wall.sources.bluesky.wire import Account, Commit, Identity, Other, address, read_frame, revision

RECORDED = (FIXTURES / "bluesky" / "jetstream_v1.jsonl").read_bytes().splitlines()


def test_what_a_real_server_sent_is_understood():
    heard = [read_frame("v1", line) for line in RECORDED if line]

    assert [type(one).__name__ for one in heard] == [
        "Identity", "Account", "Commit", "Commit", "Commit", "Commit", "Commit", "Identity", "Account",
    ]  # fmt: skip
    assert [one.operation for one in heard if isinstance(one, Commit)] == ["create"] * 3 + ["update", "delete"]
    assert heard[-1] == Account(did="did:plc:gfb4x3rrc7tm25l4ju3ingm2", active=False, time=1795303822984365)


@pytest.mark.parametrize(
    "event", [commit(), commit(operation="delete"), account(False), account(True), identity()]
)
def test_both_wires_say_the_same(event):
    first = read_frame("v1", in_v1(event).encode())
    second = read_frame("v2", in_v2(event, 12).encode())

    assert (first.did, first.time, first.seq) == (MIA, event["time"], None)
    assert (second.did, second.time, second.seq) == (MIA, event["time"], 12)
    assert type(first) is type(second)
    assert json.loads(getattr(first, "record", b"") or "{}") == json.loads(getattr(second, "record", b"") or "{}")


def test_other_collections_are_passed_over():
    event = commit()
    event["commit"]["collection"] = "app.bsky.feed.like"

    assert read_frame("v1", in_v1(event).encode()) == Other(time=event["time"])


def test_an_outdated_cursor_is_noticed():
    frame = b'{"$type":"message","payload":{"$type":"network.bsky.jetstream.subscribeEvents#info","name":"OutdatedCursor"}}'

    assert read_frame("v2", frame) == Other(missed=True)


def test_a_stream_that_is_ended_says_why():
    with pytest.raises(SourceError, match="ConsumerTooSlow"):
        read_frame("v2", b'{"$type":"error","error":"ConsumerTooSlow","message":"too slow"}')


@pytest.mark.parametrize(
    "frame",
    [
        b"",
        b"{",
        b"[]",
        b"\xff\xfe",
        b"[" * 100_000,
        b'{"did": 7, "time_us": 1}',
        b'{"did": "did:plc:x"}',
        in_v1(commit(did="did:plc:short")).encode(),
        in_v1(commit(did="at://../..")).encode(),
        in_v1(commit("a/b")).encode(),
        in_v1(account(False, did="")).encode(),
        in_v1(commit(time=-1)).encode(),
        in_v1(commit(time=1 << 62)).encode(),
    ],
)
def test_what_is_no_event_is_refused_in_words(frame):
    with pytest.raises(InvalidPost):
        read_frame("v1", frame)


@pytest.mark.parametrize("time", ["", "yesterday", "9" * 50])
def test_an_event_of_the_second_wire_without_its_time_is_refused(time):
    frame = json.loads(in_v2(commit(), 1))
    frame["payload"]["time"] = time

    with pytest.raises(InvalidPost):
        read_frame("v2", json.dumps(frame).encode())


@given(st.binary(max_size=200), st.sampled_from(["v1", "v2"]))
def test_no_bytes_crash_the_reading(frame, wire):
    with suppress(InvalidPost, SourceError):
        read_frame(wire, frame)


def test_a_revision_is_the_time_inside_it():
    earlier, later = revision("3n2u6rxujr22g"), revision("3n2u6ryetak2g")

    assert 0 < earlier < later
    assert abs(later - NOW_US // 1000) < 30 * 24 * 3600 * 1000
    assert revision("not one") == 0


def test_the_filters_of_each_wire_have_names_of_their_own():
    assert address("wss://a.example", "v1", 7) == (
        "wss://a.example/subscribe?wantedCollections=app.bsky.feed.post&cursor=7"
    )
    assert address("wss://a.example", "v2", None) == (
        "wss://a.example/xrpc/network.bsky.jetstream.subscribeEvents"
        "?kinds=commit&kinds=account&kinds=identity&collections=app.bsky.feed.post"
    )
    assert isinstance(read_frame("v1", in_v1(identity()).encode()), Identity)
