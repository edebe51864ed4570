import json

import pytest

from tests.sources.relay import MIA, ZED
from tests.sources.world import FIXTURES
from wall.errors import InvalidPost
from wall.sources.nostr.event import verified

RECORDED = [json.loads(line) for line in (FIXTURES / "nostr" / "events.jsonl").read_text("utf-8").splitlines()]


@pytest.mark.parametrize("raw", RECORDED[:-1], ids=lambda raw: str(raw["kind"]))
def test_recorded_events_are_who_they_say_they_are(raw):
    event = verified(raw)

    assert (event.id, event.pubkey, event.kind) == (raw["id"], raw["pubkey"], raw["kind"])


def test_a_recorded_event_that_was_tampered_with_is_refused():
    with pytest.raises(InvalidPost, match="somebody changed it"):
        verified(RECORDED[-1])


def test_somebody_else_s_signature_is_refused():
    with pytest.raises(InvalidPost, match="somebody else wrote it"):
        verified({**MIA.note(), "sig": ZED.note()["sig"]})


@pytest.mark.parametrize(
    "change",
    [
        {"pubkey": "ab"},
        {"pubkey": MIA.pubkey.upper()},
        {"pubkey": MIA.pubkey + "\n"},
        {"pubkey": 7},
        {"sig": "00"},
        {"sig": None},
        {"id": []},
        {"kind": "1"},
        {"kind": True},
        {"created_at": 1.5},
        {"content": None},
        {"content": "\ud800"},
        {"tags": "t"},
        {"tags": [["t", 7]]},
        {"tags": [["t"]] * 2001},
        {"content": "x" * 70_000},
    ],
    ids=str,
)
def test_what_is_no_event_is_refused(change):
    with pytest.raises(InvalidPost):
        verified({**MIA.note(), **change})


def test_a_key_that_is_no_point_of_the_curve_has_signed_nothing():
    nobody = type(MIA)(1003)
    nobody.pubkey = "ff" * 32

    with pytest.raises(InvalidPost, match="signature is wrong"):
        verified(nobody.note())


@pytest.mark.parametrize("raw", [None, "text", 7, [], {}])
def test_what_is_not_even_an_object_is_refused(raw):
    with pytest.raises(InvalidPost):
        verified(raw)
