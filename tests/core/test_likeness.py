import pytest

from wall.core.likeness import ALIKE_BITS, first_alike

DARK = "00000000ffffffff"


def flipped(likeness, bits):
    """Return a likeness that differs from another in so many bits."""
    return f"{int(likeness, 16) ^ ((1 << bits) - 1):016x}"


@pytest.mark.parametrize(
    ("bits", "alike"), [(0, True), (1, True), (ALIKE_BITS, True), (ALIKE_BITS + 1, False), (64, False)]
)
def test_likenesses_are_alike_up_to_so_many_bits(bits, alike):
    assert (first_alike([flipped(DARK, bits)], [(DARK, "a")]) == "a") is alike


def test_the_first_refused_one_that_is_alike_is_named():
    refused = [(flipped(DARK, 30), "a"), (flipped(DARK, 2), "b"), (DARK, "c")]

    assert first_alike([flipped(DARK, 50), DARK], refused) == "b"
    assert first_alike([flipped(DARK, 50)], refused) is None


def test_a_picture_that_looks_like_nothing_is_like_no_other():
    assert first_alike(["", ""], [(DARK, "a")]) is None
    assert first_alike([DARK], []) is None
