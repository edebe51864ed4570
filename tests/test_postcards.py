import asyncio

import pytest

from wall.errors import PictureError
from wall.media import postcards
from wall.media.postcards import PNG, Postcards, drawn, key_of


@pytest.fixture
def cards(tmp_path):
    return Postcards(tmp_path)


@pytest.fixture
def program(tmp_path, monkeypatch):
    """Let another program draw, one that misbehaves."""

    def program(source):
        path = tmp_path / "program.py"
        path.write_text(f"import sys, time\nsaid = sys.stdin.buffer.read()\n{source}\n")
        monkeypatch.setattr(postcards, "PROGRAM", path)

    return program


@pytest.mark.parametrize(
    "source",
    ["sys.exit(1)", "sys.stdout.write('no picture')", "sys.exit(0)", "import os; os.abort()", "raise MemoryError"],
)
async def test_a_process_that_fails_makes_no_picture(cards, program, source):
    program(source)

    with pytest.raises(PictureError, match="cannot be drawn"):
        await cards.draw(b"{}")
    assert cards.find(key_of(b"{}")) is None


async def test_a_process_that_hangs_is_ended(program, monkeypatch):
    monkeypatch.setattr(postcards, "SECONDS", 0.3)
    program("time.sleep(60)")

    with pytest.raises(PictureError, match="too much time"):
        await drawn(b"{}")


async def test_what_the_process_is_given_as_nonsense_is_no_picture():
    with pytest.raises(PictureError, match="cannot be drawn"):
        await drawn(b'{"words": 1}')


async def test_many_who_ask_at_once_have_it_drawn_once(cards, monkeypatch):
    drawings = []

    async def counted(said):
        drawings.append(said)
        await asyncio.sleep(0)
        return PNG + said

    monkeypatch.setattr(postcards, "drawn", counted)
    paths = await asyncio.gather(*(cards.draw(said) for said in [b"a", b"b", b"a", b"a"]))

    assert sorted(drawings) == [b"a", b"b"]
    assert [path.read_bytes()[len(PNG) :] for path in paths] == [b"a", b"b", b"a", b"a"]


async def test_a_folder_that_cannot_be_written_to_is_told_in_words(tmp_path, monkeypatch):
    (tmp_path / "cards").write_text("in the way")

    async def picture(said):
        return PNG

    monkeypatch.setattr(postcards, "drawn", picture)
    with pytest.raises(PictureError, match="cannot be stored"):
        await Postcards(tmp_path).draw(b"a")
