import pytest

from wall.errors import NotFound
from wall.store.sealing import PADDED_TO, Sealer, blinded

OLD, NEW = b"o" * 32, b"n" * 32


def test_what_is_sealed_is_read_at_its_place_only():
    sealer = Sealer([NEW])
    sealed = sealer.seal(b'{"a":1}', "event-1", "message", "t1", "1")

    assert sealer.open(sealed, "event-1", "message", "t1", "1").strip() == b'{"a":1}'
    for place in (
        ("event-2", "message", "t1", "1"),
        ("event-1", "message", "t1", "2"),
        ("event-1", "message", "t11"),
    ):
        with pytest.raises(NotFound):
            sealer.open(sealed, *place)


@pytest.mark.parametrize("at", [0, 5, 20, -1])
def test_one_changed_byte_is_noticed(at):
    sealed = bytearray(Sealer([NEW]).seal(b"{}", "here"))
    sealed[at] ^= 1

    with pytest.raises(NotFound):
        Sealer([NEW]).open(bytes(sealed), "here")


@pytest.mark.parametrize("sealed", [b"", b"\0", b"x" * 15, b"x" * 100])
def test_what_was_never_sealed_is_nothing(sealed):
    assert Sealer([NEW]).opened(sealed, "here") is None


def test_the_first_key_seals_and_all_open_until_one_is_taken_away():
    before = Sealer([OLD]).seal(b"{}", "here")
    both = Sealer([NEW, OLD])
    after = both.seal(b"{}", "here")

    assert both.open(before, "here").strip() == b"{}"
    assert (both.newest(before), both.newest(after)) == (False, True)
    assert Sealer([NEW]).opened(after, "here") is not None
    assert Sealer([NEW]).opened(before, "here") is None


def test_short_words_are_all_of_one_length():
    sealer = Sealer([NEW])

    lengths = {len(sealer.seal(b'"%s"' % (b"x" * length), "here")) for length in range(PADDED_TO - 2)}

    assert len(lengths) == 1


def test_the_same_words_are_never_sealed_the_same():
    assert Sealer([NEW]).seal(b"{}", "here") != Sealer([NEW]).seal(b"{}", "here")


def test_a_blinded_name_is_the_same_each_time_and_another_with_another_secret():
    assert blinded(OLD, "of", "ana") == blinded(OLD, "of", "ana")
    assert (
        len(
            {
                blinded(OLD, "of", "ana"),
                blinded(NEW, "of", "ana"),
                blinded(OLD, "ofana"),
                blinded(OLD, "of", "ben"),
            }
        )
        == 4
    )
