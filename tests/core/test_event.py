from dataclasses import replace
from datetime import date

import pytest

from tests.cast import a_post
from tests.sources.world import CONTINUED, EVENT
from wall.core.matching import Terms
from wall.core.post import Tag

TAGGED, OTHER = (Tag("PyConDE", "pyconde"),), (Tag("Other", "other"),)
STRICT = replace(EVENT, terms=Terms(every=("berlin",), languages=("de",), until=date(2020, 1, 1)))


@pytest.mark.parametrize(
    ("event", "post", "wanted", "told"),
    [
        (EVENT, a_post(tags=TAGGED), True, True),
        (EVENT, a_post(tags=OTHER), False, False),
        (EVENT, a_post(tags=(), reply_to="ap:1"), False, False),
        (CONTINUED, a_post(tags=(), reply_to="ap:1"), False, True),
        (CONTINUED, a_post(tags=()), False, False),
        # With the hashtag its author may ask to be left out, whatever the event asks of posts.
        (STRICT, a_post("#PyConDE leave-abcdefgh", tags=TAGGED, language="en"), False, True),
        (STRICT, a_post(tags=OTHER), False, False),
    ],
)
def test_sources_tell_of_all_that_an_event_may_want(event, post, wanted, told):
    assert (event.wants(post), event.may_want(post)) == (wanted, told)


def test_networks_are_asked_for_the_hashtags_and_for_their_other_spellings():
    event = replace(EVENT, keys=("pyconde", "pycon26"), terms=Terms(aliases=("PyCon26",), every=("Berlin",)))

    assert list(zip(event.sought, event.keys, strict=True)) == [("PyConDE", "pyconde"), ("PyCon26", "pycon26")]
    assert event.match(a_post(tags=(Tag("pycon26", "pycon26"), Tag("Berlin", "berlin")))).tag.raw == "pycon26"
