from dataclasses import replace

import pytest

from tests.cast import ALICE, BOB, NOW, a_decision, a_post
from wall.accept import Acceptor
from wall.core.moderation import Status
from wall.core.post import SourceRef, Tag
from wall.errors import NotFound
from wall.media import Pictures
from wall.sources.base import Delete

UNWANTED = (Tag("Other", "other"),)
SOURCE = SourceRef(id="s1", kind="scripted")


@pytest.fixture
def acceptor(store, tmp_path):
    return Acceptor(store, Pictures(tmp_path, None), now=lambda: NOW)


@pytest.fixture
def here(store, event):
    async def here():
        """Return the words of all that waits, oldest first."""
        snapshot = await store.feeds.snapshot(event.slug, "desk", limit=100)
        return [standing.post.text for standing in snapshot.standings]

    return here


def post(text="Hello #PyConEx", **fields):
    return a_post(text, **{"source": SOURCE, **fields})


async def test_posts_the_event_does_not_want_are_left_out(store, event, acceptor):
    taken = await acceptor.accept(event.slug, [post(), post(tags=UNWANTED), post(tags=())])

    assert taken == 1
    assert sum((await store.posts.counts(event.slug)).values()) == 1


async def test_posts_arrive_in_the_order_they_were_told_in(event, acceptor, here):
    await acceptor.accept(event.slug, [post(text) for text in "abc"])

    assert await here() == ["a", "b", "c"]


async def test_of_one_post_told_twice_at_once_the_newest_counts(event, acceptor, here):
    taken = await acceptor.accept(event.slug, [post("Old", uid="ap:t"), post("New", uid="ap:t", revision=1)])

    assert taken == 1
    assert await here() == ["New"]


async def test_a_post_that_comes_again_changed_is_an_edit(store, event, acceptor):
    first, changed = post("Hello", uid="ap:e"), post("Hullo", uid="ap:e", revision=1)
    await acceptor.accept(event.slug, [first])

    taken = [await acceptor.accept(event.slug, [changed]) for _ in range(2)]

    assert taken == [1, 0]
    assert (await store.posts.get(event.slug, first.id)).post.text == "Hullo"


async def test_an_edit_that_drops_the_hashtag_is_still_an_edit(store, event, acceptor):
    first = post("Hello", uid="ap:d")
    await acceptor.accept(event.slug, [first])
    approve = a_decision("approve", await store.posts.get(event.slug, first.id))
    await store.posts.decide(event.slug, approve, now=NOW)

    await acceptor.accept(event.slug, [post("Buy now", uid="ap:d", revision=1, tags=())])

    after = await store.posts.get(event.slug, first.id)
    assert (after.status, after.post.text) == (Status.WAITING, "Buy now")


async def test_trusted_authors_go_through_only_while_the_event_says_so(store, event, acceptor):
    await store.authors.trust(event.slug, ALICE.uid, by="mia")
    careful, trusted, stranger = post(), post(), post(author=BOB)

    await acceptor.accept(event.slug, [careful])
    await store.events.change(event.slug, lambda event: replace(event, mode="trusted go through"))
    await acceptor.accept(event.slug, [trusted, stranger])

    standings = await store.posts.get_all(event.slug, [one.id for one in (careful, trusted, stranger)])
    assert [standing.status for standing in standings] == [Status.WAITING, Status.APPROVED, Status.WAITING]


async def test_what_its_author_marked_as_sensitive_waits_even_of_a_trusted_author(store, event, acceptor):
    await store.authors.trust(event.slug, ALICE.uid, by="mia")
    await store.events.change(event.slug, lambda event: replace(event, mode="trusted go through"))
    sensitive = post(sensitive=True)

    await acceptor.accept(event.slug, [sensitive])

    standing = await store.posts.get(event.slug, sensitive.id)
    assert standing.status is Status.WAITING
    assert standing.reason


async def test_a_position_is_kept_even_when_nothing_is_wanted(store, event, acceptor):
    await acceptor.accept(event.slug, [post(tags=UNWANTED)], source_id="s1", position="page 7")

    assert await store.sources.position(event.slug, "s1") == "page 7"


async def test_a_delete_by_another_name_of_the_post_counts(store, event, acceptor):
    one = post(aliases=("local:social.example/77",))
    await acceptor.accept(event.slug, [one])

    assert await acceptor.withdraw(event.slug, Delete("local:social.example/77"))
    assert (await store.posts.get(event.slug, one.id)).status is Status.WITHDRAWN


async def test_a_delete_by_somebody_else_does_not(store, event, acceptor):
    one = post()
    await acceptor.accept(event.slug, [one])

    assert not await acceptor.withdraw(event.slug, Delete(one.uid, author=BOB.uid))


async def test_an_event_that_is_none_takes_nothing(acceptor):
    with pytest.raises(NotFound):
        await acceptor.accept("no-such-event", [post()])
