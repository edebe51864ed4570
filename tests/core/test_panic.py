import pytest

from tests.cast import ALICE, NOW
from wall.core.panic import EVERYONE, Restriction


@pytest.mark.parametrize(
    ("author", "words"), [(ALICE.uid, "Mia restricted this author."), (EVERYONE, "Mia lets everything wait.")]
)
def test_a_restriction_says_why_a_post_waits(author, words):
    assert Restriction(author=author, name="", by="mia", by_name="Mia", at=NOW).reason == words
