import asyncio
from contextlib import suppress
from dataclasses import replace

import pytest

from tests.cast import a_post
from tests.sources.world import EVENT
from wall.errors import SourceError
from wall.sources.base import Asked
from wall.sources.replies import Pace, ask_about_posts

PACE = Pace(look=(0.0, 0.0), pause=(0.0, 0.0), longest_wait=0.0)
REFUSED = SourceError("Not to strangers.", permanent=True, status=403)
ASLEEP = SourceError("Asleep.", status=503)


@pytest.fixture
def asked(world):
    async def asked(trouble=None, *, about="First: who answers it", replies="wait", posts=("First", "Second")):
        """Return what was asked in one round, trouble being with one question, and of which posts it is told that."""
        found, questions, enough = [a_post(text) for text in posts], [], asyncio.Event()
        left = [found]
        told = []

        async def question(put, post, words):
            questions.append(words)
            if trouble and words == about:
                raise trouble
            return True

        async def who_answers(put, post):
            await question(put, post, f"{post.text}: who answers it")
            await put([Asked(post.uid)])
            return True

        async def who_amplified(put, post):
            return await question(put, post, f"{post.text}: who passed it on")

        async def to_ask():
            if left:
                return left.pop()
            enough.set()
            return []

        async def keep(batch):
            told.extend(batch)

        context = replace(world(event=replace(EVENT, replies=replies)), to_ask=to_ask)
        task = asyncio.create_task(ask_about_posts(context, who_answers, who_amplified, PACE, keep))
        await asyncio.wait_for(enough.wait(), 10)
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task
        names = {post.uid: post.text for post in found}
        return questions, [names[one.uid] for one in told]

    return asked


async def test_it_is_asked_who_answers_a_post_and_then_who_passed_it_on(asked):
    questions, told = await asked(posts=("First",))

    assert questions == ["First: who answers it", "First: who passed it on"]
    assert told == ["First"]


async def test_where_replies_are_not_wanted_nobody_is_asked_for_them(asked):
    questions, told = await asked(replies="no")

    assert questions == ["First: who passed it on", "Second: who passed it on"]
    assert told == ["First", "Second"]


async def test_a_post_that_cannot_be_asked_about_is_not_asked_about_again_before_its_time(asked):
    _, told = await asked(REFUSED)

    assert told == ["First", "Second"]


async def test_trouble_about_one_post_leaves_it_for_the_next_time_and_holds_up_no_other(asked):
    questions, told = await asked(ASLEEP)

    assert "First: who passed it on" not in questions
    assert told == ["Second"]


async def test_who_does_not_tell_who_passed_a_post_on_tells_who_answers_it_all_the_same(asked):
    questions, told = await asked(REFUSED, about="First: who passed it on")

    assert len(questions) == 4
    assert told == ["First", "Second"]
