from datetime import UTC, datetime

import pytest

from wall.core.look import Look, look_values, parse_look
from wall.core.people import Screen
from wall.errors import InvalidInput
from wall.store.codec import decode, encode


def test_a_look_is_read_as_it_was_filled_in():
    look = Look(layout="room", height=2.1, distance=9, shade="light", scale=110, margin=3)

    assert parse_look(look_values(look)) == look
    assert parse_look(look_values(Look())) == Look() == parse_look({})


@pytest.mark.parametrize("text", ["2.1", "2,1", " 2.1 m", "2.10M"])
def test_metres_are_written_as_people_write_them(text):
    assert parse_look({"height": text, "distance": "5"}).height == 2.1


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"height": "tall", "distance": "5"}, "height"),
        ({"height": "0", "distance": "5"}, "height"),
        ({"height": "2", "distance": "nan"}, "distance"),
        ({"height": "2", "distance": "1e3"}, "distance"),
        ({"height": "2", "distance": "٣"}, "distance"),
        ({"height": "2", "distance": "9" * 5000}, "distance"),
        ({"height": "2"}, "distance"),
        ({"distance": "2"}, "height"),
        ({"layout": "balcony"}, "layout"),
        ({"layout": "\ud800"}, "layout"),
        ({"layout": "foyer", "height": "2", "distance": "12"}, "layout"),
        ({"shade": "blue"}, "shade"),
        ({"scale": "20"}, "scale"),
        ({"scale": "-100"}, "scale"),
        ({"margin": "50"}, "margin"),
    ],
)
def test_what_cannot_be_used_is_refused_where_it_stands(values, field):
    with pytest.raises(InvalidInput) as refused:
        parse_look(values)

    assert refused.value.field == field


def test_a_layout_is_chosen_by_the_numbers_and_else_by_the_picture_s_shape():
    assert Look(height=2, distance=12).chosen == "hall"
    assert Look(height=2, distance=12, layout="hall", scale=110).type_size == pytest.approx(7.37)
    assert Look().chosen is None


def test_a_screen_of_an_older_program_has_the_usual_look():
    row = b'{"id":"a","name":"Hall","created_at":"2026-01-01T00:00:00Z","seen_at":null}'

    assert decode(Screen, row).look == Look()


def test_a_screen_keeps_its_look():
    screen = Screen(id="a", name="Hall", created_at=datetime(2026, 1, 1, tzinfo=UTC), look=Look(layout="hall"))

    assert decode(Screen, encode(screen)) == screen
