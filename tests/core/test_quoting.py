from dataclasses import replace

import pytest

from tests.cast import NOW, a_post
from wall.core.moderation import Standing, Status
from wall.core.quoting import ends_quotes, rewritten, unquoted
from wall.errors import AlreadyDecided

QUOTED = Standing(post=a_post("My words"), status=Status.APPROVED)
ENTRY = Standing(post=a_post("See: “My words”"), status=Status.APPROVED, version=3, pinned=True, approved_at=NOW)


@pytest.mark.parametrize("status", [Status.REJECTED, Status.REMOVED, Status.STASHED, Status.WITHDRAWN])
def test_words_that_were_taken_back_are_quoted_no_longer(status):
    assert ends_quotes(QUOTED, replace(QUOTED, status=status))


def test_words_that_were_changed_are_quoted_no_longer():
    assert ends_quotes(QUOTED, replace(QUOTED, post=replace(QUOTED.post, text="Other words")))


def test_a_pin_or_an_approval_ends_no_quote():
    waiting = replace(QUOTED, status=Status.WAITING)

    assert not ends_quotes(waiting, QUOTED)
    assert not ends_quotes(QUOTED, replace(QUOTED, pinned=True))


def test_an_entry_leaves_the_wall_with_what_it_quotes():
    after = unquoted(ENTRY, replace(QUOTED, status=Status.REMOVED), NOW)

    assert (after.status, after.version, after.pinned) == (Status.REMOVED, 4, False)
    assert after.decided_by_name == "The quoted post left the wall"


def test_an_entry_that_quotes_what_was_deleted_keeps_no_word_of_it():
    after = unquoted(replace(ENTRY, status=Status.REMOVED), replace(QUOTED, status=Status.WITHDRAWN), NOW)

    assert (after.status, after.post.text) == (Status.WITHDRAWN, "")
    assert unquoted(after, replace(QUOTED, status=Status.WITHDRAWN), NOW) is None


def test_an_entry_that_was_taken_down_stays_as_it_is():
    assert unquoted(replace(ENTRY, status=Status.REMOVED), replace(QUOTED, status=Status.REMOVED), NOW) is None


def test_new_words_of_an_entry_stay_where_the_old_ones_are():
    after = rewritten(ENTRY, replace(ENTRY.post, text="Better"), 3)

    assert (after.status, after.version, after.pinned, after.post.text) == (Status.APPROVED, 4, True, "Better")


def test_an_entry_that_somebody_else_changed_is_not_written_over():
    with pytest.raises(AlreadyDecided):
        rewritten(ENTRY, ENTRY.post, 2)
