"""How far each kind says it was read."""

import json
from datetime import UTC, datetime

import pytest

from wall.core.source import Place
from wall.sources.registry import KINDS, source_class

TIME = datetime(2026, 6, 12, 9, 30, tzinfo=UTC)
SECONDS = int(TIME.timestamp())
SNOWFLAKE = SECONDS * 1000 << 22
UNREADABLE = ("", "nonsense", "{", "[]", '{"a": {}}', "-1", "9" * 5000, '{"time": 1e300, "newest": "9"}')
DESCRIBING = [kind for kind in KINDS if hasattr(source_class(kind), "describe")]


@pytest.mark.parametrize(
    ("kind", "position", "place"),
    [
        (
            "bluesky",
            json.dumps({"time": SECONDS * 1_000_000, "host": "j.example"}),
            Place("all that j.example told", TIME, steady=True),
        ),
        (
            "nostr",
            json.dumps({"wss://b.example": SECONDS, "wss://a.example": SECONDS + 9}),
            Place("a.example and b.example", TIME),
        ),
        ("mastodon", json.dumps({"a.example": TIME.isoformat()}), Place("the newest of a.example", TIME)),
        ("misskey", json.dumps({"b.example": TIME.isoformat()}), Place("the newest of b.example", TIME)),
        ("irc", json.dumps({"time": TIME.isoformat(), "msgid": "x"}), Place("the channel", TIME)),
        ("mail", "17/204", Place("message 204 of the folder")),
        ("telegram", "4711", Place("message 4711 of the bot")),
        ("replay", "12", Place("line 12 of the recording")),
        (
            "x",
            json.dumps({"since": str(SNOWFLAKE - (1288834974657 << 22))}),
            Place(f"post {SNOWFLAKE - (1288834974657 << 22)}", TIME),
        ),
        (
            "threads",
            json.dumps({"newest": {"a": SECONDS - 9, "b": SECONDS}}),
            Place("the newest that its search found", TIME),
        ),
        (
            "discord",
            json.dumps({"at": {"1": "2", "3": str(SNOWFLAKE - (1420070400000 << 22))}}),
            Place("the newest of its channels", TIME),
        ),
        ("matrix", json.dumps({"since": "s1_2"}), Place("a mark that the server set in the room")),
        (
            "feed",
            json.dumps({"if-none-match": '"x"'}),
            Place("its present version, which is asked for only once it changes"),
        ),
    ],
)
def test_a_position_is_told_in_words(kind, position, place):
    assert source_class(kind).describe(position) == place


@pytest.mark.parametrize("position", UNREADABLE)
def test_a_position_that_cannot_be_read_is_told_in_few_words_or_none(position):
    places = [source_class(kind).describe(position) for kind in DESCRIBING]

    assert all(place is None or len(place.words) < 100 for place in places)


@pytest.mark.parametrize("kind", KINDS)
def test_what_a_kind_cannot_see_is_told_in_sentences(kind):
    assert all(words.endswith(".") for words in getattr(source_class(kind), "blind_spots", ()))
