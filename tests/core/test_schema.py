"""Who may share a Redis with whom."""

import pytest

from wall.core.schema import Found, Schema, objection

PROGRAM = Schema(number=4, oldest=3)


@pytest.mark.parametrize(
    "found",
    [
        Found(number=4, oldest=1, lowest=4),
        Found(number=3, oldest=3, lowest=3),
        Found(number=6, oldest=4, lowest=4),
    ],
    ids=["of its own", "of the one before", "of a newer one that left it readable"],
)
def test_a_program_uses_what_it_gets_along_with(found):
    assert objection(PROGRAM, found) == ""


@pytest.mark.parametrize(
    ("found", "words"),
    [
        (Found(number=6, oldest=5, lowest=4), "A newer version changed what this Redis keeps (schema 5)"),
        (Found(number=2, oldest=1, lowest=4), "What this Redis keeps is too old for this version (schema 2"),
        (
            Found(number=3, oldest=1, lowest=2),
            "A version too old to run beside this one uses this Redis (schema 2",
        ),
    ],
    ids=["shut out", "data too old", "neighbour too old"],
)
def test_a_program_that_may_not_says_why_in_one_sentence(found, words):
    said = objection(PROGRAM, found)

    assert said.startswith(words)
    assert said.count("\n") == 0
