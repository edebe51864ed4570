"""Values as they are kept."""

from datetime import UTC, datetime

import pytest

from wall.core.audit import Entry
from wall.core.words import _
from wall.store.codec import decode, encode

AT = datetime(2026, 6, 12, 9, 30, tzinfo=UTC)


def test_words_are_kept_in_english():
    entry = Entry(kind="settings", by="ada", by_name="Ada", at=AT, about=_("Word list"))

    assert decode(Entry, encode(entry)).about == "Word list"


def test_what_is_no_value_is_refused():
    with pytest.raises(TypeError, match="Nothing is kept of a object"):
        encode(Entry(kind="settings", by="ada", by_name="Ada", at=AT, about=object()))
