import pytest

from tests.cast import NOW
from wall.core.leave_request import leave_request
from wall.errors import InvalidInput


def test_what_is_kept_is_cleaned_and_short():
    asked = leave_request("mastodon", " @ana\u202e@x.example\n", "It is\u200b me. " * 1000, now=NOW)

    assert asked.handle == "@ana@x.example"
    assert asked.words.startswith("It is me.")
    assert len(asked.words) <= 501


def test_asking_again_is_no_second_request():
    first = leave_request("mastodon", "@Ana@x.example", "once", now=NOW)
    again = leave_request("mastodon", "@ana@X.example", "twice", now=NOW)
    other = leave_request("nostr", "@ana@x.example", "once", now=NOW)

    assert first.id == again.id != other.id


@pytest.mark.parametrize("handle", ["", "  ", "\u202e\u200b", "\ud800"])
def test_nobody_is_asked_for_by_nothing(handle):
    with pytest.raises(InvalidInput) as refused:
        leave_request("mastodon", handle, "", now=NOW)

    assert refused.value.field == "handle"
