from wall.core.participant import Participant
from wall.store.participants import MOST_POSTS

WEEK = 7 * 24 * 3600


async def test_somebody_who_said_nothing_has_no_name_and_no_place(store, event):
    assert await store.participants.get(event.slug, "a1") == Participant(id="a1")


async def test_what_somebody_says_of_themselves_is_kept(store, event):
    ana = Participant(id="a1", name="Ana", place="remote")

    await store.participants.save(event.slug, ana, keep_seconds=WEEK)

    assert await store.participants.get(event.slug, "a1") == ana
    assert await store.participants.get(event.slug, "b2") == Participant(id="b2")


async def test_the_newest_posts_of_somebody_are_kept_each_once(store, event):
    for id in (*map(str, range(MOST_POSTS + 5)), "7"):
        await store.participants.sent(event.slug, "a1", id, keep_seconds=WEEK)

    ids = await store.participants.posts(event.slug, "a1", limit=99)
    assert (ids[:2], len(ids)) == (["7", str(MOST_POSTS + 4)], MOST_POSTS)
