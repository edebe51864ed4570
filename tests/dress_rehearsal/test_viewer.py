"""That the viewers see what goes wrong: each fault in what they are told is counted, and nothing sound is."""

import json

import pytest

from wall.core.feed import Cursor
from wall.dress_rehearsal.clocked import Book
from wall.dress_rehearsal.viewer import Frames, Viewer


def frame(*updates, epoch="Vq3k"):
    told = [{"offset": offset, "kind": kind, "id": id} for offset, kind, id in updates]
    return json.dumps({"type": "updates", "cursor": f"{epoch}:{updates[-1][0]}", "updates": told})


@pytest.fixture
def book():
    book = Book()
    book.approving |= {"a": 0.0, "b": 0.0, "c": 0.0}
    return book


@pytest.fixture
def hears(book):
    viewer = Viewer("http://wall.example/x", str, book, Frames(), None)
    viewer.cursor, viewer.heard = Cursor("Vq3k", 0), 0

    async def hears(*texts):
        for text in texts:
            await viewer.hear(viewer.frames.read(text))
        return book.measured

    return hears


async def test_what_comes_in_order_is_seen_and_timed(hears, book):
    book.removing["a"] = 0.0

    measured = await hears(frame((1, "posted", "a"), (2, "posted", "b")), frame((3, "removed", "a")))

    assert (measured.lost, measured.repeated, measured.leaked) == (0, 0, 0)
    assert (len(measured.posted), len(measured.removed)) == (2, 1)


async def test_a_hole_is_something_lost(hears):
    assert (await hears(frame((1, "posted", "a")), frame((3, "posted", "c")))).lost == 1


async def test_the_same_again_is_a_repeat(hears):
    assert (await hears(frame((1, "posted", "a")), frame((1, "posted", "a")))).repeated == 1


async def test_what_nobody_approved_is_leaked(hears):
    assert (await hears(frame((1, "posted", "raider")))).leaked == 1
