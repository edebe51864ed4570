import pytest

from tests.cast import ALICE, BOB, NOW, a_decision, a_post
from tests.chats import show
from wall.core.moderation import Verdict
from wall.store.amplifiers import MOST_AMPLIFIERS
from wall.store.keys import EventKeys
from wall.store.submission import Submission


@pytest.fixture
def amplifiers(store, event):
    async def amplifiers(post):
        return (await store.amplifiers.get_all(event.slug, [post.id]))[0]

    return amplifiers


@pytest.fixture
async def post(store, event):
    (post,) = await show(store, event, a_post())
    return post


async def test_who_passed_a_post_on_is_kept_once_in_the_order_heard(store, event, post, amplifiers):
    assert await store.amplifiers.note(event.slug, post.id, ["zed", "bob", "zed"], now=NOW) == 2
    assert await store.amplifiers.note(event.slug, post.id, ["bob"], now=NOW) == 0

    assert sorted(await amplifiers(post)) == ["bob", "zed"]


async def test_of_a_post_that_is_not_on_the_wall_nothing_is_kept(store, event, amplifiers):
    waiting = a_post()
    await store.posts.submit(event.slug, [Submission(waiting, Verdict())], now=NOW)

    assert await store.amplifiers.note(event.slug, waiting.id, ["bob"], now=NOW) == 0
    assert await store.amplifiers.note(event.slug, "nothing", ["bob"], now=NOW) == 0
    assert await amplifiers(waiting) == ()


async def test_only_so_many_people_of_a_post_are_kept(store, event, post, amplifiers):
    await store.amplifiers.note(event.slug, post.id, ["early"], now=NOW)
    await store.amplifiers.note(event.slug, post.id, [f"p{n}" for n in range(MOST_AMPLIFIERS + 9)], now=NOW)

    found = await amplifiers(post)

    assert (len(found), found[0]) == (MOST_AMPLIFIERS, "early")


async def test_who_left_is_not_kept_and_whose_post_is_taken_back_is_forgotten(store, event, post, amplifiers):
    await store.absences.leave(event.slug, BOB.uid, at=NOW)
    await store.amplifiers.note(event.slug, post.id, [BOB.uid, "zed"], now=NOW)
    assert await amplifiers(post) == ("zed",)

    await store.posts.withdraw(event.slug, post.uid, now=NOW)
    assert await amplifiers(post) == ()


async def test_a_post_that_a_moderator_removes_keeps_who_passed_it_on_for_it_may_be_back(
    store, event, post, amplifiers
):
    await store.amplifiers.note(event.slug, post.id, ["zed"], now=NOW)

    await store.posts.decide(event.slug, a_decision("remove", await store.posts.get(event.slug, post.id)), now=NOW)

    assert await amplifiers(post) == ("zed",)


async def test_of_whoever_is_forgotten_no_post_and_no_key_knows(store, event, post, amplifiers):
    (other,) = await show(store, event, a_post(author=ALICE))
    for one in (post, other):
        await store.amplifiers.note(event.slug, one.id, ["zed", BOB.uid], now=NOW)

    await store.amplifiers.forget(event.slug, BOB.uid)

    assert [await amplifiers(one) for one in (post, other)] == [("zed",), ("zed",)]
    assert not await store.database.command("EXISTS", EventKeys(event.slug).amplified(BOB.uid))
