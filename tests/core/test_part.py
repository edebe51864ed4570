import pytest

from wall.core.part import Part, parse_part
from wall.errors import InvalidInput


@pytest.mark.parametrize(
    ("typed", "part"),
    [
        ({}, Part()),
        ({"of": "", "nth": " "}, Part()),
        ({"of": "3", "nth": "2"}, Part(of=3, nth=2)),
        ({"of": " 12 ", "nth": "12"}, Part(of=12, nth=12)),
    ],
)
def test_a_part_is_one_of_several_and_at_first_the_whole_wall(typed, part):
    assert parse_part(typed) == part


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"of": "2", "nth": "3"}, "nth"),
        ({"of": "0", "nth": "1"}, "of"),
        ({"of": "13", "nth": "1"}, "of"),
        ({"of": "2", "nth": "0"}, "nth"),
        ({"of": "2", "nth": "-1"}, "nth"),
        ({"of": "two", "nth": "1"}, "of"),
        ({"of": "²", "nth": "1"}, "of"),
        ({"of": "9" * 5000, "nth": "1"}, "of"),
    ],
)
def test_a_part_that_is_none_is_refused_by_its_field(typed, field):
    with pytest.raises(InvalidInput) as refused:
        parse_part(typed)

    assert refused.value.field == field
