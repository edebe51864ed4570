import asyncio

import pytest

from tests.cast import ALICE, BOB, NOW, a_decision, a_post
from wall.core.moderation import Status, Verdict
from wall.core.post import SourceRef
from wall.errors import AlreadyDecided, InvalidInput, LeaseLost, NotFound
from wall.store.submission import Submission

WAIT = Verdict()
THROUGH = Verdict(status=Status.APPROVED, reason="Its author is trusted.")


async def submitted(store, event, post, verdict=WAIT):
    await store.posts.submit(event.slug, [Submission(post, verdict)], now=NOW)
    return await store.posts.get(event.slug, post.id)


async def public(store, event):
    updates = await store.feeds.after(event.slug, "public", 0, limit=100)
    return [(update.offset, update.kind) for update in updates]


async def test_a_post_waits_until_a_moderator_approves_it(store, event):
    standing = await submitted(store, event, a_post())

    assert standing.status is Status.WAITING
    assert await public(store, event) == []

    after = await store.posts.decide(event.slug, a_decision("approve", standing), now=NOW)

    assert after.status is Status.APPROVED
    assert await public(store, event) == [(1, "posted")]
    assert await store.posts.get(event.slug, standing.post.id) == after


async def test_a_trusted_authors_post_is_on_the_wall_at_once(store, event):
    standing = await submitted(store, event, a_post(), THROUGH)

    assert standing.status is Status.APPROVED
    assert await public(store, event) == [(1, "posted")]


async def test_a_post_seen_twice_is_one_post(store, event):
    post = a_post()

    first = await store.posts.submit(event.slug, [Submission(post, WAIT)], now=NOW)
    second = await store.posts.submit(event.slug, [Submission(post, WAIT), Submission(post, WAIT)], now=NOW)

    assert (first, second) == ([post], [])
    assert (await store.posts.counts(event.slug))[Status.WAITING] == 1


async def test_the_position_is_kept_in_the_same_step_as_the_posts(store, event):
    submission = Submission(a_post(), WAIT)

    await store.posts.submit(event.slug, [submission], now=NOW, source_id="m1", position="page 7")

    assert await store.sources.position(event.slug, "m1") == "page 7"


@pytest.mark.parametrize("holder", ["", "the other"])
async def test_who_has_not_the_lease_moves_no_position_and_loses_no_post(store, event, holder):
    await store.leases.take(event.slug, "m1", "the reader", seconds=60)
    await store.posts.submit(event.slug, [], now=NOW, source_id="m1", position="7", holder="the reader")
    post = a_post()

    with pytest.raises(LeaseLost):
        await store.posts.submit(
            event.slug, [Submission(post, WAIT)], now=NOW, source_id="m1", position="3", holder=holder
        )

    assert await store.sources.position(event.slug, "m1") == "7"
    assert (await store.posts.get(event.slug, post.id)).post == post


async def test_the_same_decision_sent_twice_is_carried_out_once(store, event):
    standing = await submitted(store, event, a_post())
    decision = a_decision("approve", standing)

    first = await store.posts.decide(event.slug, decision, now=NOW)
    second = await store.posts.decide(event.slug, decision, now=NOW)

    assert first == second
    assert await public(store, event) == [(1, "posted")]


async def test_of_two_moderators_one_wins_and_the_other_is_told_who(store, event):
    standing = await submitted(store, event, a_post())

    answers = await asyncio.gather(
        store.posts.decide(event.slug, a_decision("approve", standing, by="mia"), now=NOW),
        store.posts.decide(event.slug, a_decision("reject", standing, by="max"), now=NOW),
        return_exceptions=True,
    )

    refused = [answer for answer in answers if isinstance(answer, AlreadyDecided)]
    winner = (await store.posts.get(event.slug, standing.post.id)).decided_by_name
    assert len(refused) == 1
    assert refused[0].by == winner
    assert winner in refused[0].message


async def test_a_decision_about_words_that_changed_is_refused(store, event):
    seen = await submitted(store, event, a_post("Hello", uid="ap:1"))
    edit = Submission(a_post("Buy now", uid="ap:1", revision=1), WAIT)
    await store.posts.edit(event.slug, edit, now=NOW)

    with pytest.raises(AlreadyDecided):
        await store.posts.decide(event.slug, a_decision("approve", seen), now=NOW)

    assert await public(store, event) == []


async def test_an_edit_of_an_approved_post_takes_it_off_the_wall(store, event):
    standing = await submitted(store, event, a_post("Hello", uid="ap:2"))
    await store.posts.decide(event.slug, a_decision("approve", standing), now=NOW)

    changed = await store.posts.edit(event.slug, Submission(a_post("Buy", uid="ap:2", revision=1), WAIT), now=NOW)

    after = await store.posts.get(event.slug, standing.post.id)
    assert changed
    assert (after.status, after.post.text) == (Status.WAITING, "Buy")
    assert await public(store, event) == [(1, "posted"), (2, "removed")]


async def test_an_edit_of_a_trusted_author_stays_on_the_wall(store, event):
    standing = await submitted(store, event, a_post("Hello", uid="ap:3"), THROUGH)

    await store.posts.edit(event.slug, Submission(a_post("Hello!", uid="ap:3", revision=1), THROUGH), now=NOW)

    assert (await store.posts.get(event.slug, standing.post.id)).post.text == "Hello!"
    assert await public(store, event) == [(1, "posted"), (2, "edited")]


async def test_an_older_version_from_a_slower_server_changes_nothing(store, event):
    await submitted(store, event, a_post("New words", uid="ap:4", revision=5))
    older = Submission(
        a_post("Old words", uid="ap:4", revision=0, source=SourceRef(id="m2", kind="mastodon")), WAIT
    )

    assert not await store.posts.edit(event.slug, older, now=NOW)


async def test_another_servers_copy_is_no_edit(store, event):
    await submitted(store, event, a_post("Words", uid="ap:5"))
    copy = Submission(a_post("Words, cut", uid="ap:5", source=SourceRef(id="m2", kind="mastodon")), WAIT)

    assert not await store.posts.edit(event.slug, copy, now=NOW)


async def test_a_post_its_author_deleted_leaves_the_wall_and_loses_its_words(store, event):
    post = a_post("Regrets", aliases=("local:social.example/77",))
    standing = await submitted(store, event, post)
    await store.posts.decide(event.slug, a_decision("approve", standing), now=NOW)

    before = await store.posts.withdraw(event.slug, "local:social.example/77", now=NOW)

    after = await store.posts.get(event.slug, post.id)
    assert before.post.text == "Regrets"
    assert (after.status, after.post.text) == (Status.WITHDRAWN, "")
    assert await public(store, event) == [(1, "posted"), (2, "removed")]


async def test_only_its_own_author_may_delete_a_post(store, event):
    standing = await submitted(store, event, a_post(author=ALICE))

    assert await store.posts.withdraw(event.slug, standing.post.uid, author=BOB.uid, now=NOW) is None
    assert (await store.posts.get(event.slug, standing.post.id)).status is Status.WAITING


async def test_a_deleted_post_that_comes_again_stays_deleted(store, event):
    post = a_post("Regrets")
    await submitted(store, event, post)
    await store.posts.withdraw(event.slug, post.uid, now=NOW)

    await store.posts.submit(event.slug, [Submission(post, THROUGH)], now=NOW)

    assert (await store.posts.get(event.slug, post.id)).status is Status.WITHDRAWN


async def test_a_delete_of_an_unknown_post_is_nothing(store, event):
    assert await store.posts.withdraw(event.slug, "ap:never-seen", now=NOW) is None


async def test_a_decision_can_be_undone_by_the_one_who_took_it(store, event):
    standing = await submitted(store, event, a_post())
    rejected = await store.posts.decide(event.slug, a_decision("reject", standing), now=NOW)

    with pytest.raises(InvalidInput):
        await store.posts.decide(event.slug, a_decision("undo", rejected, by="max"), now=NOW)
    undone = await store.posts.decide(event.slug, a_decision("undo", rejected), now=NOW)

    assert undone.status is Status.WAITING
    assert await public(store, event) == []


async def test_undoing_an_approval_takes_the_post_off_the_wall(store, event):
    standing = await submitted(store, event, a_post())
    approved = await store.posts.decide(event.slug, a_decision("approve", standing), now=NOW)

    await store.posts.decide(event.slug, a_decision("undo", approved), now=NOW)

    assert await public(store, event) == [(1, "posted"), (2, "removed")]
    assert (await store.posts.counts(event.slug))[Status.WAITING] == 1


async def test_waiting_posts_are_listed_in_order_of_arrival_even_after_an_undo(store, event):
    first, second = [await submitted(store, event, a_post()) for _ in range(2)]
    rejected = await store.posts.decide(event.slug, a_decision("reject", first), now=NOW)
    await store.posts.decide(event.slug, a_decision("undo", rejected), now=NOW)

    snapshot = await store.feeds.snapshot(event.slug, "desk", limit=10)

    assert [standing.post.id for standing in snapshot.standings] == [first.post.id, second.post.id]


async def test_approved_posts_are_listed_newest_approval_first_page_by_page(store, event):
    standings = [await submitted(store, event, a_post()) for _ in range(5)]
    for standing in standings:
        await store.posts.decide(event.slug, a_decision("approve", standing), now=NOW)

    first = await store.posts.page(event.slug, Status.APPROVED, limit=3)
    rest = await store.posts.page(event.slug, Status.APPROVED, limit=3, before=first[-1][0])

    ids = [standing.post.id for _, standing in first + rest]
    assert ids == [standing.post.id for standing in reversed(standings)]


async def test_a_pinned_post_is_in_the_snapshot_however_old(store, event):
    standings = [await submitted(store, event, a_post(), THROUGH) for _ in range(4)]
    await store.posts.decide(event.slug, a_decision("pin", standings[0]), now=NOW)

    snapshot = await store.feeds.snapshot(event.slug, "public", limit=2)

    assert [standing.post.id for standing in snapshot.standings if standing.pinned] == [standings[0].post.id]
    assert len(snapshot.standings) == 3


async def test_pinning_a_waiting_post_puts_it_on_the_wall(store, event):
    standing = await submitted(store, event, a_post())

    after = await store.posts.decide(event.slug, a_decision("pin", standing), now=NOW)

    assert after.visible
    assert after.pinned
    assert await public(store, event) == [(1, "posted")]


async def test_the_uids_a_source_may_ask_about_are_those_still_alive(store, event):
    alive, gone = a_post(), a_post()
    await submitted(store, event, alive)
    await submitted(store, event, gone)
    await store.posts.withdraw(event.slug, gone.uid, now=NOW)

    assert await store.posts.uids_of(event.slug, "m1", 10) == [alive.uid]


async def test_an_unknown_post_is_not_found(store, event):
    with pytest.raises(NotFound):
        await store.posts.get(event.slug, "nowhere")


async def test_what_is_known_before_judging_is_read_in_one_go(store, event):
    seen, new = a_post(), a_post(author=BOB)
    await submitted(store, event, seen)
    await store.authors.trust(event.slug, BOB.uid, by="mia")

    known = await store.posts.known(event.slug, [seen, new])

    assert known.event == event
    assert [standing is not None for standing in known.standings] == [True, False]
    assert known.trusted == [False, True]


async def test_without_posts_only_the_event_is_known(store, event):
    known = await store.posts.known(event.slug, [])

    assert known.event == event
    assert known.standings == []
    assert known.trusted == []


async def test_scripts_forgotten_by_redis_are_loaded_again_and_nothing_is_done_twice(store, event):
    await submitted(store, event, a_post())
    await store.database.command("SCRIPT", "FLUSH")

    submissions = [Submission(a_post(), WAIT), Submission(a_post(), WAIT)]
    new = await store.posts.submit(event.slug, submissions, now=NOW, source_id="m1", position="9")

    assert len(new) == 2
    assert (await store.posts.counts(event.slug))[Status.WAITING] == 3


async def test_the_newest_posts_are_known_whatever_became_of_them(store, event):
    posts = [a_post(), a_post(), a_post()]
    for post, status in zip(posts, (Status.REJECTED, Status.APPROVED, Status.WAITING), strict=True):
        await store.posts.submit(event.slug, [Submission(post, Verdict(status=status))], now=NOW)

    newest = await store.posts.newest(event.slug)

    assert [(one.post.id, one.status) for one in newest] == [
        (posts[2].id, Status.WAITING),
        (posts[1].id, Status.APPROVED),
        (posts[0].id, Status.REJECTED),
    ]


async def test_five_hundred_of_the_newest_posts_are_known(store, event):
    sent = [Submission(a_post(), Verdict()) for _ in range(510)]
    await store.posts.submit(event.slug, sent, now=NOW)

    newest = await store.posts.newest(event.slug)

    assert [one.post.id for one in newest] == [one.post.id for one in reversed(sent[10:])]


async def test_reposts_are_told_on_the_wall_and_ask_nobody_to_decide_again(store, event):
    standing = await submitted(store, event, a_post("Hello", uid="ap:r"), THROUGH)
    desk = await store.feeds.tip(event.slug, "desk")

    await store.posts.recount(event.slug, a_post("Hello", uid="ap:r", reposts=5), now=NOW)
    await store.posts.recount(event.slug, a_post("Hello", uid="ap:r", reposts=5), now=NOW)

    after = await store.posts.get(event.slug, standing.post.id)
    assert (after.post.reposts, after.status, after.version) == (5, Status.APPROVED, standing.version)
    assert await public(store, event) == [(1, "posted"), (2, "counted")]
    assert await store.feeds.tip(event.slug, "desk") == desk


async def test_reposts_of_a_waiting_post_are_told_to_no_audience_and_stop_no_decision(store, event):
    standing = await submitted(store, event, a_post("Hello", uid="ap:r"))

    await store.posts.recount(event.slug, a_post("Hello", uid="ap:r", reposts=5), now=NOW)

    assert await public(store, event) == []
    after = await store.posts.decide(event.slug, a_decision("approve", standing), now=NOW)
    assert (after.status, after.post.reposts) == (Status.APPROVED, 5)


async def test_reposts_of_a_post_that_is_not_here_are_nothing(store, event):
    await store.posts.recount(event.slug, a_post(uid="ap:nowhere", reposts=5), now=NOW)

    assert await public(store, event) == []
