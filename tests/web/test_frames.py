import asyncio
import json

import pytest

from tests.web.roads import events, through, websocket
from wall.core.feed import Cursor
from wall.web import frames
from wall.web.frames import LARGEST_KEPT, MOST_KEPT, Built, Road

PLAIN = Road("plain", lambda frame, place: f"{place}: {frame}")
START = Cursor("Vq3k", 1)
END = Cursor("Vq3k", 2)


@pytest.fixture
def joined(monkeypatch):
    """The frames of updates that are put together, as they are."""
    joined = []
    updates = frames.updates

    def noted(cursor, encoded):
        joined.append(updates(cursor, encoded))
        return joined[-1]

    monkeypatch.setattr(frames, "updates", noted)
    return joined


async def test_an_update_is_encoded_once_and_framed_once_a_road_for_all_who_are_told(served, store, event, joined):
    hub = served.services["hub"]
    encoded = []
    encode = hub.encode
    hub.encode = lambda *what: encoded.append(what) or encode(*what)
    start = await store.feeds.tip(event.slug, "public")
    path = f"/{event.slug}/stream"

    async with (
        websocket(served.base, path) as one,
        websocket(served.base, path) as two,
        events(served.base, f"{path}.sse") as (_, three),
        events(served.base, f"{path}.sse") as (_, four),
        served.client() as poller,
    ):
        await asyncio.gather(one.recv(), two.recv(), anext(three), anext(four))
        await through(store, event, "Hello")
        heard = [json.loads(await one.recv()), json.loads(await two.recv())]
        heard += [(await anext(three))["data"], (await anext(four))["data"]]
        polled = [(await poller.get(f"/{event.slug}/feed?cursor={start}")).json() for _ in range(2)]

    assert [one["updates"] for one in (*heard, *polled)] == [heard[0]["updates"]] * 6
    assert len(encoded) == 1
    assert len(joined) == 2


def test_a_beat_is_put_together_without_encoding(monkeypatch):
    monkeypatch.setattr(frames, "dump", None)

    assert json.loads(frames.beat(END)) == {"type": "beat", "cursor": "Vq3k:2"}


def test_a_frame_is_built_once_for_those_who_are_told_the_same(joined):
    built = Built()

    told = [built.updates(PLAIN, "json", START, END, ["1"]) for _ in range(3)]

    assert told == ['Vq3k:2: {"type":"updates","cursor":"Vq3k:2","updates":[1]}'] * 3
    assert len(joined) == 1


def test_a_post_taken_off_the_wall_meanwhile_is_in_no_frame_that_was_kept():
    built = Built()
    built.updates(PLAIN, "json", START, END, ['"secret"'])

    assert "secret" not in built.updates(PLAIN, "json", START, END, ['"void"'])


@pytest.mark.parametrize("other", [Road("other", PLAIN.written), PLAIN])
def test_each_road_and_view_has_frames_of_its_own(other, joined):
    built = Built()
    for road, view in ((PLAIN, "json"), (other, "html"), (PLAIN, "json"), (other, "html")):
        built.updates(road, view, START, END, [f'"{view}"'])

    assert len(joined) == 2


def test_only_so_many_frames_are_kept_and_no_large_one():
    built = Built()
    built.updates(PLAIN, "json", START, END, ["1" * LARGEST_KEPT])
    assert not built.kept

    for offset in range(MOST_KEPT + 10):
        built.updates(PLAIN, "json", START, Cursor("Vq3k", offset), ["1"])
    assert len(built.kept) == MOST_KEPT
