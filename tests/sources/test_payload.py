from datetime import UTC, datetime

import pytest

from wall.errors import InvalidPost
from wall.sources.payload import identifier, loads, mapping, mappings, moment, string, strings


@pytest.mark.parametrize("text", ["", "{", b"\xff", "[" * 100_000, '{"a":' * 100_000, "1" * 10_000])
def test_what_is_no_json_is_refused(text):
    with pytest.raises(InvalidPost):
        loads(text)


@pytest.mark.parametrize("value", ["id", "https://x.example/ü", "a b"])
def test_an_id_is_kept_exactly(value):
    assert identifier({"id": value}, "id") == value


def test_a_number_is_an_id():
    assert identifier({"id": 7}, "id") == "7"


@pytest.mark.parametrize(
    "value", [None, "", "  ", True, 1.5, [], {}, "x" * 2001, "a\nb", "a\ud800", "a\u202eb", 10**40]
)
def test_what_cannot_be_an_id_is_refused_by_name(value):
    with pytest.raises(InvalidPost) as refusal:
        identifier({"id": value}, "id")

    assert refusal.value.field == "id"


@pytest.mark.parametrize("value", [None, 7, "x", []])
def test_another_type_is_empty(value):
    assert mapping(value) == {}
    assert string({"a": [value]}, "a") == ""
    assert list(mappings({"a": value})) == []
    assert strings({"a": value}) == []


def test_lists_are_cut_and_cleaned_of_other_types():
    assert strings(["a", 7, "b", "c"], limit=3) == ["a", "b"]
    assert list(mappings([{"a": 1}, None, {"b": 2}], limit=2)) == [{"a": 1}]


def test_a_long_text_is_cut_before_anybody_reads_it():
    assert len(string({"a": "x" * 10_000_000}, "a")) == 100_000


@pytest.mark.parametrize("value", ["2026-11-22T10:00:00Z", "2026-11-22T11:00:00+01:00", "2026-11-22T10:00:00"])
def test_a_time_is_in_utc(value):
    assert moment(value) == datetime(2026, 11, 22, 10, tzinfo=UTC)


@pytest.mark.parametrize("value", [None, 7, "", "soon", "9" * 100, "0001-01-01T00:00:00+23:59"])
def test_what_is_no_time_is_none(value):
    assert moment(value) is None
