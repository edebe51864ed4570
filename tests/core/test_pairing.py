import pytest

from wall.core.pairing import CODES, LENGTH, LETTERS, read_code, spell_code
from wall.errors import InvalidInput


def test_every_number_is_a_code_of_its_own_which_is_read_back():
    numbers = [0, 1, 19, 20, 4711, CODES // 2, CODES - 1]

    codes = [spell_code(number) for number in numbers]

    assert len(set(codes)) == len(numbers)
    assert all(len(code) == LENGTH and set(code) <= set(LETTERS) for code in codes)
    assert [read_code(code) for code in codes] == codes


def test_no_letter_of_a_code_is_taken_for_another_one_or_a_digit():
    assert not set(LETTERS) & set("IOUAEY0123456789")
    assert len(set(LETTERS)) == len(LETTERS)


@pytest.mark.parametrize("typed", ["bcd fgh", " BCD-FGH ", "BcDfGh", "b c d f g h", "BCD\u00a0FGH"])
def test_a_code_is_read_however_it_is_typed(typed):
    assert read_code(typed) == "BCDFGH"


@pytest.mark.parametrize(
    "typed", ["", "BCDFG", "BCDFGHJ", "BCDFG1", "ABCDFG", "ßßßßßß", "\ud800" * 6, "B" * 10_000_000]
)
def test_what_is_no_code_is_refused(typed):
    with pytest.raises(InvalidInput, match="6 letters"):
        read_code(typed)
