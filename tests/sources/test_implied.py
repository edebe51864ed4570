from dataclasses import replace

import pytest

from tests.cast import a_post
from tests.sources.world import EVENT
from wall.core.matching import Terms
from wall.core.post import Tag
from wall.sources.implied import implied

BOTH = replace(EVENT, terms=Terms(every=("Berlin",), none=("ad",)))
BERLIN = Tag("berlin", "berlin")


@pytest.mark.parametrize(
    ("tags", "added"),
    [((), ["PyConDE", "Berlin"]), ((BERLIN,), ["PyConDE"]), ((Tag("pyconde", "pyconde"),), ["Berlin"])],
)
def test_what_is_sent_to_the_event_need_not_name_its_hashtags(tags, added):
    given = implied(BOTH, tags)

    assert given[: len(tags)] == tags
    assert [(tag.raw, tag.where) for tag in given[len(tags) :]] == [(raw, "sent") for raw in added]
    assert BOTH.wants(a_post(tags=given))


def test_what_is_left_out_stays_left_out():
    assert not BOTH.wants(a_post(tags=implied(BOTH, (Tag("Ad", "ad"),))))
