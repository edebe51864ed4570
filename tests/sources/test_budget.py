import pytest

from wall.errors import InvalidInput
from wall.sources.budget import Budget, kept_number, money, price, whole


def test_what_is_spent_is_no_longer_left():
    assert Budget(100, 30).left == 70
    assert Budget(100, 130).left == 0


@pytest.mark.parametrize(("typed", "kept"), [("1000", "1000"), (" 2,000 ", "2000"), ("10 000", "10000")])
def test_numbers_are_taken_as_people_write_them(typed, kept):
    assert whole(typed, field="most", least=10) == kept


@pytest.mark.parametrize("typed", ["", "9", "-1", "1.5", "many", "٣٠٠", "99999999999", "3000000"])
def test_a_budget_that_is_none_is_refused_by_name(typed):
    with pytest.raises(InvalidInput) as refusal:
        whole(typed, field="most", least=10)

    assert refusal.value.field == "most"


@pytest.mark.parametrize(("typed", "kept"), [("0.015", "0.015"), ("$0.5", "0.5"), ("1e-2", "0.01"), ("0", "0")])
def test_a_price_is_kept_without_its_currency(typed, kept):
    assert price(typed, field="price") == kept


@pytest.mark.parametrize("typed", ["", "cheap", "-1", "NaN", "Infinity", "1e9", "0." + "1" * 40])
def test_a_price_that_is_none_is_refused_by_name(typed):
    with pytest.raises(InvalidInput) as refusal:
        price(typed, field="price")

    assert refusal.value.field == "price"


def test_money_is_counted_to_the_cent():
    assert money(1234, "0.015") == "$18.51"


@pytest.mark.parametrize(("kept", "number"), [(7, 7), (True, 0), (-1, 0), ("7", 0), (None, 0), (10**9, 0)])
def test_a_number_that_was_kept_wrong_is_nothing(kept, number):
    assert kept_number(kept) == number
