"""What the team writes in private answers the case of whom it writes to, and the log is told nothing."""

import re

import pytest

from wall.core.audit import Filter


@pytest.fixture
def answered(store, event, post):
    async def answered():
        """Return who has been answered in private."""
        return [person for person, held in (await store.cases.all(event.slug)).items() if held.answered]

    return answered


@pytest.fixture
async def author(store, event, post):
    return (await store.posts.get(event.slug, post)).post.author.uid


@pytest.fixture
def joined(event, mia_there):
    async def joined():
        """Have Mia come into the thread of whoever would like to talk with the team."""
        desk = (await mia_there.browser.get(f"/{event.slug}/moderate/back-channels")).text
        come = re.search(r"/moderate/back-channels/asks/\w+", desk)[0]
        await mia_there.browser.post(f"/{event.slug}{come}")

    return joined


async def test_the_team_that_asks_an_author_with_words_has_answered(
    store, event, mia_there, post, author, answered
):
    logged = [entry async for some in store.audit.forwards(event.slug, Filter()) for entry in some]

    form = {"post": post, "do": "ask", "words": "We found your coat"}
    await mia_there.browser.post(f"/{event.slug}/moderate/back-channels", data=form)

    assert await answered() == [author]
    assert [entry async for some in store.audit.forwards(event.slug, Filter()) for entry in some] == logged


async def test_a_message_of_the_team_answers_the_author_and_one_of_anybody_else_does_not(
    ana, ben, thread, mia_there, post, author, answered, joined
):
    await ana.say(thread, "Anybody?")
    await ben.say(thread, "I am here")
    own, _ = await ana.begin(post, "team", words="My coat is gone")
    await joined()
    assert await answered() == []

    await mia_there.say(own, "It is at the desk")

    assert await answered() == [author]


async def test_what_the_team_tells_somebody_else_about_a_post_answers_nobody(
    ben, mia_there, post, answered, joined
):
    other, _ = await ben.begin(post, "team", words="I saw it, too")
    await joined()
    await mia_there.say(other, "Thank you")

    assert await answered() == []
