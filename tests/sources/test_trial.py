"""A source that is tried: read for a moment, in a tenth of a second here, and never further than one post."""

import asyncio

import pytest

from tests.cast import a_post
from tests.sources.world import EVENT, NOW
from wall.core.post import Tag
from wall.errors import SourceError
from wall.sources.base import Checkpoint, Health, SetAside, Upsert
from wall.sources.trial import tried

WANTED = Upsert(a_post("Hello", tags=(Tag("PyConDE", "pyconde"),)))
OTHER = Upsert(a_post("Hello", tags=(Tag("food", "food"),)))
WELL = Health("healthy", "Reading one server.")


def scripted(*batches, then=None):
    """Return a kind of source that yields these batches, then fails, or says nothing more."""

    class Scripted:
        kind = "test"
        closed = False

        def __init__(self, context):
            self.context = context

        async def posts(self, since):
            try:
                for batch in batches:
                    yield batch
                if then:
                    raise then
                await asyncio.Event().wait()
            finally:
                Scripted.closed = True

    return Scripted


async def trial_of(source, seconds=0.1):
    return await tried(source, {}, EVENT, None, lambda: NOW, seconds=seconds)


async def test_a_source_that_works_shows_one_post_and_is_let_go():
    source = scripted([OTHER], [WANTED, OTHER], [WELL])

    trial = await trial_of(source, seconds=60)

    assert (trial.post, trial.health, trial.unwanted) == (WANTED.post, WELL, 2)
    assert source.closed


async def test_a_source_that_fails_says_why():
    trial = await trial_of(scripted([SetAside("It has no id.")], then=SourceError("The token is wrong.")))

    assert (trial.error, trial.set_aside) == ("The token is wrong.", "It has no id.")


@pytest.mark.parametrize("batches", [[], [[WELL]], [[OTHER]]])
async def test_a_source_that_says_nothing_more_is_let_go_in_time(batches):
    source = scripted(*batches)

    trial = await trial_of(source)

    assert trial.post is None
    assert source.closed or not batches


async def test_what_a_server_forgets_once_it_is_asked_further_is_left_for_the_saved_source():
    source = scripted([WELL], [OTHER, Checkpoint("1")], [WANTED])
    source.forgets = True

    trial = await trial_of(source, seconds=60)

    assert (trial.post, trial.unwanted) == (None, 1)
