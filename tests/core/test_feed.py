import pytest

from wall.core.feed import Cursor, Recovery, recover

TIP = Cursor("Vq3k", 128)

CASES = {
    "current": (Cursor("Vq3k", 128), Recovery.CURRENT),
    "behind": (Cursor("Vq3k", 100), Recovery.BEHIND),
    "just within what is kept": (Cursor("Vq3k", 28), Recovery.BEHIND),
    "older than what is kept": (Cursor("Vq3k", 27), Recovery.RESYNC),
    "of another epoch": (Cursor("zzzz", 128), Recovery.RESYNC),
    "ahead of the feed": (Cursor("Vq3k", 129), Recovery.RESYNC),
    "none": (None, Recovery.RESYNC),
}


@pytest.mark.parametrize("case", CASES, ids=str)
def test_a_returning_reader_is_owed_what_it_missed_or_a_snapshot(case):
    cursor, owed = CASES[case]

    assert recover(cursor, TIP, kept=100) is owed


def test_a_feed_without_any_history_owes_a_reader_at_its_beginning_nothing():
    assert recover(Cursor("a", 0), Cursor("a", 0), kept=100) is Recovery.CURRENT


def test_a_cursor_reads_back_as_it_was_written():
    assert Cursor.parse(str(TIP)) == TIP


@pytest.mark.parametrize(
    "text", [None, "", "Vq3k", "Vq3k:", ":4", "Vq3k:-1", "Vq3k:1e3", "Vq3k:" + "9" * 16, "é:1", "a:1\n"]
)
def test_nonsense_is_no_cursor(text):
    assert Cursor.parse(text) is None
