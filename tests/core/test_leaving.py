from dataclasses import replace
from datetime import timedelta

import pytest

from tests.cast import NOW, a_post
from wall.core.leaving import MOST_REQUESTS, Request, leave_code, requests, said_at

SECRET = b"s" * 32


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("#PyConEx leave-abcd2345", [Request("leave", "abcd2345")]),
        ("Leave-ABCD2345 #PyConEx please", [Request("leave", "abcd2345")]),
        ("#PyConEx return‑abcd2345.", [Request("return", "abcd2345")]),
        ("#PyConEx remove-abcdefghij2345abcdef", [Request("remove", "abcdefghij2345abcdef")]),
        ("I leave-early, and return-ticket in hand remove-it", []),
        ("xleave-abcd2345", []),
        ("leave-abcd2345x1", []),
        ("leave-abcd2345-and-more", []),
        ("leave abcd2345", []),
        ("", []),
    ],
)
def test_a_post_asks_in_words_that_nobody_writes_by_chance(text, asked):
    assert requests(a_post(text)) == asked


def test_what_stands_in_a_content_warning_counts_as_well():
    assert requests(a_post("", content_warning="leave-abcd2345")) == [Request("leave", "abcd2345")]


def test_a_post_full_of_requests_asks_for_a_few():
    assert len(requests(a_post("remove-abcdefgh " * 10_000))) == MOST_REQUESTS


def test_each_event_has_a_code_of_its_own_that_a_post_can_say():
    code, other = leave_code(SECRET), leave_code(b"t" * 32)

    assert code != other
    assert requests(a_post(f"leave-{code}")) == [Request("leave", code)]


def test_an_edited_post_asks_at_the_time_of_its_edit():
    later = NOW + timedelta(hours=1)
    edited = replace(a_post(revision=int(later.timestamp() * 1000)), received_at=NOW + timedelta(hours=2))

    assert said_at(edited) == later


@pytest.mark.parametrize("revision", [0, 1, 10**17])
def test_no_post_asks_before_it_was_written_nor_in_the_future(revision):
    assert said_at(a_post(revision=revision)) == NOW
