"""Authors who leave a wall by a post of their own, through the one door that posts come in by."""

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.cast import ALICE, BOB, NOW, a_decision, a_post
from wall.accept import Acceptor
from wall.core.authorship import NOBODY
from wall.core.leaving import leave_code
from wall.core.moderation import Status
from wall.core.trust import Trust
from wall.media import Pictures

LATER = NOW + timedelta(minutes=5)


@pytest.fixture
def acceptor(store, tmp_path):
    return Acceptor(store, Pictures(tmp_path, None), now=lambda: LATER)


@pytest.fixture
async def code(store, event):
    return leave_code(await store.screens.secret(event.slug))


@pytest.fixture
def statuses(store, event):
    async def statuses(*posts):
        standings = await store.posts.get_all(event.slug, [post.id for post in posts])
        return [standing.status if standing else None for standing in standings]

    return statuses


async def shown(store, event, *posts):
    for post in posts:
        standing = await store.posts.get(event.slug, post.id)
        await store.posts.decide(event.slug, a_decision("approve", standing), now=NOW)


async def test_who_leaves_is_withdrawn_everywhere_and_taken_in_no_more(store, event, acceptor, code, statuses):
    on_the_wall, waiting, of_bob = a_post(), a_post(), a_post(author=BOB)
    await acceptor.accept(event.slug, [on_the_wall, waiting, of_bob])
    await shown(store, event, on_the_wall)

    asking, further = a_post(f"#PyConEx leave-{code}"), a_post("And another thing")
    await acceptor.accept(event.slug, [asking])
    await acceptor.accept(event.slug, [further])

    assert await statuses(on_the_wall, waiting, of_bob) == ["withdrawn", "withdrawn", "waiting"]
    assert await statuses(asking, further) == [None, None]
    gone = (await store.posts.get(event.slug, on_the_wall.id)).post
    assert (gone.text, gone.author) == ("", NOBODY)
    updates = await store.feeds.after(event.slug, "public", 0, limit=10)
    assert [update.kind for update in updates] == ["posted", "removed"]
    assert (await store.posts.tally(event.slug)).left == 1


async def test_an_author_who_left_is_trusted_no_more_and_kept_by_no_name(store, event, acceptor, code):
    await store.authors.trust(event.slug, ALICE.uid, by="Mia")

    await acceptor.accept(event.slug, [a_post(f"leave-{code}")])

    assert await store.authors.trusts(event.slug, [ALICE.uid]) == [Trust()]


async def test_whose_an_earlier_withdrawn_post_was_is_forgotten_too(store, event, acceptor, code):
    post = a_post()
    await acceptor.accept(event.slug, [post])
    await store.posts.withdraw(event.slug, post.uid, now=NOW)

    await acceptor.accept(event.slug, [a_post(f"leave-{code}")])

    assert (await store.posts.get(event.slug, post.id)).post.author == NOBODY
    assert await store.posts.of_author(event.slug, ALICE.uid) == []


async def test_nobody_can_make_another_leave(event, acceptor, code, statuses):
    of_alice = a_post()
    await acceptor.accept(event.slug, [of_alice])

    await acceptor.accept(event.slug, [a_post(f"@alice leave-{code}", author=BOB)])

    assert await statuses(of_alice) == ["waiting"]


async def test_a_wrong_code_is_a_post_like_any_other(event, acceptor, statuses):
    post = a_post("leave-aaaaaaaa remove-aaaaaaaa #PyConEx")

    await acceptor.accept(event.slug, [post])

    assert await statuses(post) == ["waiting"]


async def test_who_comes_back_is_taken_in_again_and_old_requests_read_again_change_nothing(
    store, event, acceptor, code, statuses
):
    leaving = a_post(f"leave-{code}")
    returning = replace(a_post(f"return-{code}"), created_at=NOW + timedelta(minutes=1))
    await acceptor.accept(event.slug, [leaving])
    await acceptor.accept(event.slug, [returning])
    new = a_post("I am back #PyConEx")

    await acceptor.accept(event.slug, [new])
    await acceptor.accept(event.slug, [returning, leaving])

    assert await statuses(new, leaving, returning) == ["waiting", None, None]


async def test_a_sweep_that_was_cut_off_is_finished_when_the_request_is_read_again(
    store, event, acceptor, code, statuses
):
    post, asking = a_post(), a_post(f"leave-{code}")
    await acceptor.accept(event.slug, [post])
    await store.absences.leave(event.slug, ALICE.uid, at=asking.created_at)  # and then the worker was killed

    await acceptor.accept(event.slug, [asking])

    assert await statuses(post) == ["withdrawn"]


async def test_one_post_is_removed_by_its_author_only(store, event, acceptor, statuses):
    mine, other = a_post(), a_post()
    await acceptor.accept(event.slug, [mine, other])
    await shown(store, event, mine)

    refused = a_post(f"#PyConEx remove-{mine.id}", author=BOB)
    await acceptor.accept(event.slug, [refused])
    assert await statuses(mine, refused) == ["approved", None]

    asking = a_post(f"#PyConEx remove-{mine.id}")
    await acceptor.accept(event.slug, [asking])
    assert await statuses(mine, other, asking) == ["withdrawn", "waiting", None]


async def test_a_post_that_is_edited_to_ask_leaves_as_well(store, event, acceptor, code, statuses):
    post = a_post("Hello #PyConEx", revision=1)
    await acceptor.accept(event.slug, [post])
    await shown(store, event, post)

    await acceptor.accept(event.slug, [replace(post, text=f"leave-{code} #PyConEx", revision=2)])

    assert await statuses(post) == ["withdrawn"]


async def test_who_asks_programs_to_keep_away_is_not_taken_in_and_counted_once(store, event, acceptor, statuses):
    post = a_post(author=replace(BOB, wishes=("nobot",)))

    for _ in range(2):
        await acceptor.accept(event.slug, [post])

    assert await statuses(post) == [None]
    assert (await store.posts.tally(event.slug)).asked == 1


async def test_a_trusted_author_who_asks_not_to_be_indexed_waits(store, event, acceptor):
    await store.events.change(event.slug, lambda event: replace(event, mode="trusted go through"))
    await store.authors.trust(event.slug, BOB.uid, by="Mia")
    post = a_post(author=replace(BOB, wishes=("noindex",)))

    await acceptor.accept(event.slug, [post])

    standing = await store.posts.get(event.slug, post.id)
    assert standing.status is Status.WAITING
    assert "#noindex" in standing.reason


async def test_the_pictures_of_who_left_are_not_fetched(store, event, acceptor, monkeypatch):
    dressed = []

    async def dress(post):
        dressed.append(post.id)
        return post

    monkeypatch.setattr(acceptor.pictures, "dress", dress)
    await store.absences.leave(event.slug, ALICE.uid, at=NOW)

    await acceptor.accept(event.slug, [a_post(author=replace(ALICE, avatar_url="https://a.example/a.png"))])

    assert dressed == []
