from dataclasses import replace

import pytest

from tests.cast import ALICE, BOB
from wall.core.post import Author
from wall.sources.form import SOMEONE
from wall.web.views import author_key

PHONE = Author(uid="form:device-1", handle="", name="Mia")


def test_a_key_tells_authors_apart_and_says_nothing_of_them():
    keys = [author_key("demo", author) for author in (ALICE, BOB, ALICE)]

    assert keys[0] == keys[2] != keys[1]
    assert "alice" not in keys[0].lower()
    assert keys[0] not in ALICE.uid


def test_on_another_wall_an_author_has_another_key():
    assert author_key("demo", ALICE) != author_key("other", ALICE)


@pytest.mark.parametrize("author", [replace(PHONE, name="Max"), replace(PHONE, uid="form:device-2")])
def test_a_phone_that_writes_under_another_name_is_not_known_by_its_key(author):
    assert author_key("demo", author) != author_key("demo", PHONE)


def test_who_gave_no_name_has_no_key():
    assert author_key("demo", replace(PHONE, name=SOMEONE)) is None
