import pytest
from hypothesis import given
from hypothesis import strategies as st

from wall.core.legibility import LAYOUTS, Seats, choose, height_for, readable, richest, type_size, why_not
from wall.errors import InvalidInput

heights = st.floats(0.1, 50)
distances = st.floats(0.3, 300)
layouts = st.sampled_from(list(LAYOUTS))
scales = st.integers(60, 200)


@pytest.mark.parametrize(
    ("height", "distance", "layout"),
    [
        (2.0, 6.0, "foyer"),  # three heights away: three hundredths
        (2.0, 6.1, "room"),
        (2.0, 10.0, "room"),
        (2.0, 10.1, "hall"),
        (2.0, 13.4, "hall"),
        (2.0, 13.5, None),
        (1.5, 4.5, "foyer"),
        (3.0, 20.1, "hall"),
    ],
)
def test_the_layout_with_most_posts_that_the_last_row_can_read_is_chosen(height, distance, layout):
    assert richest(Seats(height, distance)) == layout


def test_the_sentence_names_a_layout_that_can_be_read_and_the_picture_that_this_one_needs():
    assert why_not("room", Seats(2.1, 14)) == (
        "The last row at 14 m cannot read this. Use Hall layout or a picture ≥ 2.8 m high."
    )


def test_the_sentence_names_hall_and_its_picture_where_nothing_can_be_read():
    assert why_not("foyer", Seats(1.5, 14)) == (
        "The last row at 14 m cannot read this. Use Hall layout and a picture ≥ 2.1 m high."
    )
    assert why_not("hall", Seats(1.5, 14)) == "The last row at 14 m cannot read this. Use a picture ≥ 2.1 m high."


@given(layouts, distances, scales)
def test_the_picture_that_the_sentence_asks_for_can_be_read(layout, distance, scale):
    height = height_for(layout, distance, scale=scale)

    assert why_not(layout, Seats(height, distance), scale=scale) == ""


@given(layouts, heights, distances, scales)
def test_what_can_be_read_is_set_no_smaller_than_distance_by_height(layout, height, distance, scale):
    seats = Seats(height, distance)

    assert readable(layout, seats, scale=scale) == (why_not(layout, seats, scale=scale) == "")
    assert readable(layout, seats, scale=scale) == (type_size(layout, scale=scale) + 1e-9 >= distance / height)


def test_a_layout_that_cannot_be_read_is_refused_with_the_sentence():
    with pytest.raises(InvalidInput, match=r"^The last row at 14 m cannot read this\. ") as refused:
        choose("foyer", Seats(2.1, 14))

    assert refused.value.field == "layout"


def test_numbers_that_no_layout_fits_are_refused_without_one_being_wanted():
    with pytest.raises(InvalidInput, match="a picture ≥ 6 m high"):
        choose(None, Seats(2, 40))


def test_without_numbers_nothing_is_refused():
    assert choose("foyer", None) == "foyer"
    assert choose(None, None) is None


def test_larger_type_is_read_from_further_back():
    assert richest(Seats(2, 16)) is None
    assert richest(Seats(2, 16), scale=120) == "hall"
