import pytest

from wall.core import portable
from wall.core.portable import (
    MANIFEST,
    POSTS,
    Manifest,
    Member,
    Packed,
    check_manifest,
    check_packed,
    picture_path,
)
from wall.errors import InvalidInput

PARTS = frozenset((MANIFEST, POSTS))
ID = "0123456789abcdef" * 2


def packed(*members):
    return [Packed(MANIFEST, 10, compressed=False), *members]


def manifest(**changed):
    given = {"format": 1, "program": "1.0", "slug": "a", "title": "A", "counts": {}, "missing": (), "members": {}}
    return Manifest(**(given | changed))


def test_a_file_with_our_parts_and_pictures_may_be_read():
    members = packed(Packed(POSTS, 20, compressed=False), Packed(picture_path(ID, "thumb"), 30, compressed=False))

    assert check_packed(members, PARTS, size=100) is None


@pytest.mark.parametrize(
    "member",
    [
        Packed("../posts.jsonl", 1, compressed=False),
        Packed(f"pictures/{ID}-screen.webp/..", 1, compressed=False),
        Packed(f"pictures/{ID.upper()}-screen.webp", 1, compressed=False),
        Packed(POSTS, 1, compressed=True),
        Packed(POSTS, 1_000, compressed=False),
        Packed(picture_path(ID, "screen"), portable.LARGEST_PICTURE + 1, compressed=False),
        Packed(MANIFEST, 1, compressed=False),
    ],
)
def test_what_is_no_part_or_too_large_is_refused(member):
    with pytest.raises(InvalidInput):
        check_packed(packed(member), PARTS, size=100)


def test_no_more_parts_are_read_than_an_event_has(monkeypatch):
    monkeypatch.setattr(portable, "MOST_MEMBERS", 1)

    with pytest.raises(InvalidInput, match="more parts"):
        check_packed(packed(Packed(POSTS, 1, compressed=False)), PARTS, size=100)


@pytest.mark.parametrize(("format", "words"), [(2, "newer wall"), (0, "unknown")])
def test_another_format_is_not_guessed(format, words):
    with pytest.raises(InvalidInput, match=words):
        check_manifest(manifest(format=format), {MANIFEST: 1})


@pytest.mark.parametrize("there", [{}, {POSTS: 7}, {POSTS: 8, "rules.jsonl": 1}])
def test_what_a_manifest_says_must_be_there_and_nothing_else(there):
    with pytest.raises(InvalidInput, match="damaged"):
        check_manifest(manifest(members={POSTS: Member("00", 8)}), {MANIFEST: 1, **there})
