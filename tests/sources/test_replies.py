import asyncio
from contextlib import suppress

import pytest

from tests.cast import a_post
from wall.errors import SourceError
from wall.sources.base import Asked
from wall.sources.replies import Pace, ask_for_replies

PACE = Pace(look=(0.0, 0.0), pause=(0.0, 0.0), longest_wait=0.0)


@pytest.fixture
def asked(world):
    async def asked(trouble):
        """Return what is put when there is trouble about the first of two posts, and of which it was asked until then."""
        posts = [a_post("First"), a_post("Second")]
        put, about, enough = [], [], asyncio.Event()

        async def ask(put, post):
            about.append(post.text)
            if post is posts[0]:
                raise trouble
            await put([Asked(post.uid)])
            enough.set()

        async def keep(batch):
            put.extend(batch)

        task = asyncio.create_task(ask_for_replies(world(to_ask=posts), ask, PACE, keep))
        await asyncio.wait_for(enough.wait(), 10)
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task
        return [posts[0].uid, posts[1].uid], list(dict.fromkeys(one.uid for one in put)), about[:2]

    return asked


async def test_a_post_that_cannot_be_asked_about_is_not_asked_about_again_before_its_time(asked):
    uids, told, about = await asked(SourceError("Not to strangers.", permanent=True, status=403))

    assert (told, about) == (uids, ["First", "Second"])


async def test_trouble_about_one_post_leaves_it_for_the_next_time_and_holds_up_no_other(asked):
    uids, told, about = await asked(SourceError("Asleep.", status=503))

    assert (told, about) == (uids[1:], ["First", "Second"])
