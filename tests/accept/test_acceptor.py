from dataclasses import replace
from datetime import datetime, timedelta
from threading import current_thread, main_thread

import pytest

from tests.cast import ALICE, BOB, NOW, a_decision, a_post
from wall.accept import Acceptor
from wall.accept.acceptor import TRIES
from wall.core.moderation import REPLY, Status
from wall.core.modes import Modes, Span
from wall.core.panic import Restriction
from wall.core.pictures import Findings
from wall.core.post import Media, Picture, SourceRef, Tag
from wall.core.rules import Rule, words
from wall.errors import NotFound, StoreUnavailable
from wall.media import Pictures
from wall.sources.base import Delete
from wall.store.keys import EventKeys
from wall.store.rules import Tally

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

    assert taken.total == 1
    assert sum((await store.posts.counts(event.slug)).values()) == 1


async def test_posts_arrive_in_the_order_they_were_told_in(event, acceptor, here):
    await acceptor.accept(event.slug, [post(text) for text in "abc"])

    assert await here() == ["a", "b", "c"]


async def test_of_one_post_told_twice_at_once_the_newest_counts(event, acceptor, here):
    taken = await acceptor.accept(event.slug, [post("Old", uid="ap:t"), post("New", uid="ap:t", revision=1)])

    assert taken.total == 1
    assert await here() == ["New"]


async def test_words_are_compiled_beside_the_loop(store, event, acceptor, monkeypatch):
    threads = []
    monkeypatch.setattr(words, "patterns", lambda *_, **__: threads.append(current_thread()) or ["x"])
    await store.rules.change(event.slug, lambda rules: [Rule(id="w", kind="words", entries=("shit",))])

    await acceptor.accept(event.slug, [post(), post()])

    assert len(threads) == 1
    assert threads[0] is not main_thread()


async def test_words_that_cannot_be_compiled_let_posts_wait(store, event, acceptor, monkeypatch):
    monkeypatch.setattr(words, "patterns", lambda *_, **__: 1 / 0)
    await store.rules.change(event.slug, lambda rules: [Rule(id="w", kind="words", entries=("shit",))])

    await acceptor.accept(event.slug, [one := post()])

    assert "this rule failed" in (await store.posts.get(event.slug, one.id)).reason
    assert (await store.rules.tallies(event.slug))["w"] == Tally(0, 1)


async def test_a_post_that_comes_again_changed_is_an_edit(store, event, acceptor):
    first, changed = post("Hello", uid="ap:e"), post("Hullo", uid="ap:e", revision=1)
    await acceptor.accept(event.slug, [first])

    taken = [await acceptor.accept(event.slug, [changed]) for _ in range(2)]

    assert [(len(one.new), len(one.edited)) for one in taken] == [(0, 1), (0, 0)]
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


async def test_a_post_that_its_network_shows_again_waits_again_with_its_words(store, event, acceptor, here):
    one = post("Hello again #PyConEx")
    await acceptor.accept(event.slug, [one])
    await acceptor.withdraw(event.slug, Delete(one.uid))

    assert await acceptor.restore(event.slug, one)
    assert await here() == ["Hello again #PyConEx"]


async def test_a_post_that_comes_back_and_was_never_here_is_taken_in(event, acceptor, here):
    assert await acceptor.restore(event.slug, post("New to us #PyConEx"))
    assert await here() == ["New to us #PyConEx"]


async def test_a_post_that_is_there_is_not_restored(event, acceptor, here):
    one = post("As it was #PyConEx")
    await acceptor.accept(event.slug, [one])

    assert not await acceptor.restore(event.slug, replace(one, text="Otherwise #PyConEx"))
    assert await here() == ["As it was #PyConEx"]


async def test_an_author_who_asks_programs_to_keep_away_meanwhile_is_not_restored(store, event, acceptor):
    one = post()
    await acceptor.accept(event.slug, [one])
    await acceptor.withdraw(event.slug, Delete(one.uid))

    assert not await acceptor.restore(event.slug, replace(one, author=replace(one.author, wishes=("nobot",))))
    assert (await store.posts.get(event.slug, one.id)).status is Status.WITHDRAWN


async def test_an_event_that_is_none_takes_nothing(acceptor):
    with pytest.raises(NotFound):
        await acceptor.accept("no-such-event", [post()])


# Rules


INSULTS = Rule(id="i", kind="words", name="insults", entries=("shit",), places=("text", "handle"), effect="reject")
SENTENCE = "The same advertisement for the same shop, again and again #PyConEx"


async def set_rules(store, event, *rules):
    await store.rules.change(event.slug, lambda _: rules)


async def standings(store, event, *posts):
    return await store.posts.get_all(event.slug, [post.id for post in posts])


async def test_what_a_rule_rejects_is_kept_aside_with_its_reason_and_can_be_approved(store, event, acceptor):
    await set_rules(store, event, INSULTS)
    rude = post("What a sh1t talk #PyConEx")

    await acceptor.accept(event.slug, [rude])

    (rejected,) = await standings(store, event, rude)
    assert (rejected.status, rejected.reason) == (
        Status.REJECTED,
        "Word list “insults”: “shit” in the text.",
    )
    approved = await store.posts.decide(event.slug, a_decision("approve", rejected), now=NOW)
    assert approved.status is Status.APPROVED


async def test_a_rule_is_in_force_for_the_next_post(store, event, acceptor):
    before, after, later = (post("Shit #PyConEx") for _ in range(3))

    await acceptor.accept(event.slug, [before])
    await set_rules(store, event, INSULTS)
    await acceptor.accept(event.slug, [after])
    await set_rules(store, event)
    await acceptor.accept(event.slug, [later])

    found = await standings(store, event, before, after, later)
    assert [one.status for one in found] == [Status.WAITING, Status.REJECTED, Status.WAITING]


async def test_an_approved_post_that_is_edited_into_what_a_rule_rejects_leaves_the_wall(store, event, acceptor):
    await set_rules(store, event, INSULTS)
    kind = post("Kind words #PyConEx", uid="ap:turn")
    await acceptor.accept(event.slug, [kind])
    (waiting,) = await standings(store, event, kind)
    await store.posts.decide(event.slug, a_decision("approve", waiting), now=NOW)

    await acceptor.accept(event.slug, [post("Shit #PyConEx", uid="ap:turn", revision=1)])

    (after,) = await standings(store, event, kind)
    assert (after.status, after.decided_by_name) == (Status.REJECTED, "Word list “insults”")


@pytest.mark.parametrize(
    ("mode", "status"), [("everything waits", Status.WAITING), ("hold the suspicious", Status.APPROVED)]
)
async def test_what_a_rule_rejected_goes_where_the_mode_says_once_it_is_edited_harmless(
    store, event, acceptor, mode, status
):
    await store.events.change(event.slug, lambda event: replace(event, mode=mode))
    await store.authors.trust(event.slug, ALICE.uid, by="Mia")
    await set_rules(store, event, INSULTS)
    rude = post("Shit #PyConEx", uid="ap:better")
    await acceptor.accept(event.slug, [rude])

    await acceptor.accept(event.slug, [post("Sorry #PyConEx", uid="ap:better", revision=1)])

    (after,) = await standings(store, event, rude)
    tally = await store.posts.tally(event.slug)
    assert (after.status, after.post.text, tally.causes) == (status, "Sorry #PyConEx", {})
    assert tally.counts[Status.REJECTED] == 0


async def test_damaged_rules_let_everything_wait(store, event, acceptor):
    await store.authors.trust(event.slug, ALICE.uid, by="mia")
    await store.events.change(event.slug, lambda event: replace(event, mode="trusted go through"))
    await store.database.command("HSET", EventKeys(event.slug).rules, "version", 1, "chain", "broken")
    trusted = post()

    await acceptor.accept(event.slug, [trusted])

    (waiting,) = await standings(store, event, trusted)
    assert waiting.status is Status.WAITING
    assert waiting.reason == "The rules of this event cannot be read, so everything waits."


async def test_what_rules_did_is_counted_once_for_each_post(store, event, acceptor):
    await set_rules(store, event, INSULTS, replace(INSULTS, id="n", kind="newer"))
    rude, calm = post("Shit #PyConEx"), post()

    for _ in range(2):
        await acceptor.accept(event.slug, [rude, calm])

    assert await store.rules.tallies(event.slug) == {"i": Tally(1, 0), "n": Tally(0, 1)}


async def test_an_author_who_writes_too_fast_waits_whatever_the_batches(store, event, acceptor):
    await set_rules(store, event, Rule(id="p", kind="pace", limit=2, effect="reject"))
    posts = [post() for _ in range(5)]
    other = post(author=BOB)

    await acceptor.accept(event.slug, posts[:1])
    await acceptor.accept(event.slug, [*posts[:4], other])
    await acceptor.accept(event.slug, posts)

    found = await standings(store, event, *posts, other)
    assert [one.status for one in found] == [Status.WAITING] * 2 + [Status.REJECTED] * 3 + [Status.WAITING]
    assert found[-2].reason == "Pace: 5 posts by its author in a minute."


async def test_copies_are_known_across_batches_and_processes(store, event, acceptor, tmp_path):
    await set_rules(store, event, Rule(id="c", kind="copies", limit=2, effect="reject"))
    another = Acceptor(store, Pictures(tmp_path, None), now=lambda: NOW)
    posts = [post(SENTENCE, author=author) for author in (ALICE, BOB, ALICE, BOB)]
    different = post("Lunch is upstairs in the canteen until two today #PyConEx")

    await acceptor.accept(event.slug, posts[:1])
    await another.accept(event.slug, [posts[1], different])
    await acceptor.accept(event.slug, posts[2:3])
    await another.accept(event.slug, posts[2:])

    found = await standings(store, event, *posts, different)
    assert [one.status for one in found] == [Status.WAITING] * 2 + [Status.REJECTED] * 2 + [Status.WAITING]
    assert found[3].reason == "Near-duplicates: nearly the same as 3 others."


async def test_rules_are_remembered_of_a_bounded_number_of_events(event, acceptor, monkeypatch):
    monkeypatch.setattr("wall.accept.acceptor.EVENTS_KEPT", 1)

    await acceptor.accept(event.slug, [post()])
    with pytest.raises(NotFound):
        await acceptor.accept("nowhere", [post()])

    assert list(acceptor.memories) == ["nowhere"]


# Modes


async def test_after_enough_approved_posts_an_author_goes_straight_through(store, event, acceptor):
    await store.events.change(
        event.slug, lambda event: replace(event, mode="trusted go through", modes=Modes(approvals=2))
    )
    first, second, third = [post(text) for text in ("One", "Two", "Three")]
    await acceptor.accept(event.slug, [first, second])
    for one in (first, second):
        standing = await store.posts.get(event.slug, one.id)
        await store.posts.decide(event.slug, a_decision("approve", standing), now=NOW)

    await acceptor.accept(event.slug, [third])

    standing = await store.posts.get(event.slug, third.id)
    assert (standing.status, standing.trust) == (Status.APPROVED, "Trusted: 2 approved posts")


async def test_one_removal_ends_it(store, event, acceptor):
    await store.events.change(
        event.slug, lambda event: replace(event, mode="trusted go through", modes=Modes(approvals=1))
    )
    first, second, third = [post(text) for text in ("One", "Two", "Three")]
    await acceptor.accept(event.slug, [first])
    standing = await store.posts.get(event.slug, first.id)
    await store.posts.decide(event.slug, a_decision("approve", standing), now=NOW)
    await acceptor.accept(event.slug, [second])
    through = await store.posts.get(event.slug, second.id)
    await store.posts.decide(event.slug, a_decision("remove", through), now=NOW)

    await acceptor.accept(event.slug, [third])

    assert through.status is Status.APPROVED
    assert (await store.posts.get(event.slug, third.id)).status is Status.WAITING


@pytest.mark.parametrize(
    ("mode", "author", "status"),
    [
        ("everything waits", ALICE, Status.WAITING),
        ("hold the suspicious", ALICE, Status.WAITING),
        ("hold the suspicious", replace(ALICE, created_at=NOW - timedelta(days=30)), Status.APPROVED),
        ("open with delay", ALICE, Status.WAITING),
    ],
)
async def test_the_mode_says_what_becomes_of_a_post_that_no_rule_holds(
    store, event, acceptor, mode, author, status
):
    await store.events.change(event.slug, lambda event: replace(event, mode=mode))
    one = post(author=author)

    await acceptor.accept(event.slug, [one])

    standing = await store.posts.get(event.slug, one.id)
    assert (standing.status, standing.due is not None) == (status, mode == "open with delay")


@pytest.mark.parametrize("mode", ["trusted go through", "hold the suspicious", "open with delay"])
async def test_in_no_mode_does_a_sensitive_post_go_by_itself(store, event, acceptor, mode):
    await store.events.change(event.slug, lambda event: replace(event, mode=mode))
    await store.authors.trust(event.slug, ALICE.uid, by="Mia")
    one = post(sensitive=True)

    await acceptor.accept(event.slug, [one])

    standing = await store.posts.get(event.slug, one.id)
    assert (standing.status, standing.due) == (Status.WAITING, None)


# Replies


@pytest.mark.parametrize(
    ("replies", "shown", "taken"),
    [
        ("no", True, None),
        ("wait", False, None),
        ("wait", True, (Status.WAITING, REPLY)),
        ("judge", True, (Status.WAITING, None)),
    ],
)
async def test_a_reply_without_a_hashtag_comes_in_if_the_event_wants_it_and_what_it_answers_is_shown(
    store, event, acceptor, replies, shown, taken
):
    await store.events.change(event.slug, lambda event: replace(event, replies=replies))
    answered, reply = post("Hello", uid="ap:q"), post("So true", uid="ap:r", reply_to="ap:q", tags=())
    await acceptor.accept(event.slug, [answered])
    if shown:
        standing = await store.posts.get(event.slug, answered.id)
        await store.posts.decide(event.slug, a_decision("approve", standing), now=NOW)

    await acceptor.accept(event.slug, [reply, reply])

    (standing,) = await store.posts.get_all(event.slug, [reply.id])
    assert (standing and (standing.status, standing.reason)) == taken


async def test_the_schedule_decides_at_the_time_a_post_comes(store, event, acceptor):
    delayed = Span(
        starts=datetime.fromisoformat("2026-06-12T09:00"),
        ends=datetime.fromisoformat("2026-06-12T10:00"),
        mode="open with delay",
    )
    await store.events.change(event.slug, lambda event: replace(event, modes=Modes(schedule=(delayed,))))
    during, after = post("During"), post("After")

    await acceptor.accept(event.slug, [during])
    acceptor.now = lambda: NOW + timedelta(minutes=30)
    await acceptor.accept(event.slug, [after])

    assert (await store.posts.get(event.slug, during.id)).due == NOW + timedelta(seconds=30)
    assert (await store.posts.get(event.slug, after.id)).due is None


async def test_a_post_that_comes_again_passed_on_more_often_is_recounted_and_no_edit(store, event, acceptor):
    await acceptor.accept(event.slug, [post("Hello", uid="ap:r", revision=5)])
    version = (await store.posts.get(event.slug, post(uid="ap:r").id)).version

    changed = await acceptor.accept(event.slug, [post("Hello", uid="ap:r", revision=5, reposts=4)])

    after = await store.posts.get(event.slug, post(uid="ap:r").id)
    assert (changed.total, after.post.reposts, after.version) == (0, 4, version)


# What happens between the judging and the taking in


@pytest.fixture
def meanwhile(store, monkeypatch):
    """Return a function that has something happen once posts were judged, before they are taken in."""

    def meanwhile(step, happens, *, times=1):
        taken_in = getattr(type(store.posts), step)
        left = [happens] * times

        async def later(self, *arguments, **fields):
            if left:
                await left.pop()()
            return await taken_in(self, *arguments, **fields)

        monkeypatch.setattr(type(store.posts), step, later)
        return left

    return meanwhile


@pytest.fixture
def undressed(acceptor, monkeypatch):
    """Posts bring their pictures."""

    async def dress(self, post):
        return post

    monkeypatch.setattr(Pictures, "dress", dress)


def pictured(likeness="00000000ffffffff", **fields):
    picture = Picture("0" * 32, 8, 6, likeness=likeness)
    return post(media=(Media(kind="image", url="https://a.example/1.png", picture=picture),), **fields)


async def refuse_picture(store, event, waits):
    """Refuse a post for its picture, as the desk does, and reject what waits like it."""
    standing = await store.posts.get(event.slug, waits.id)
    decision = replace(a_decision("reject", standing), for_picture=True)
    await store.posts.decide(event.slug, decision, now=NOW)
    await store.sweeps.alike(event.slug, waits.id, now=NOW)


async def restrict(store, event):
    restriction = Restriction(author=ALICE.uid, name="Alice", by="mia", by_name="Mia", at=NOW)
    await store.authors.restrict(event.slug, restriction, now=NOW)
    await store.sweeps.sweep(event.slug, ALICE.uid, id="act", by="mia", by_name="Mia", now=NOW)


async def test_a_picture_that_is_refused_once_it_was_looked_at_is_not_let_in(
    store, event, acceptor, meanwhile, undressed
):
    first, late, other = pictured(), pictured(), pictured("ffffffff00000000")
    await acceptor.accept(event.slug, [first])
    meanwhile("submit", lambda: refuse_picture(store, event, first))

    taken = await acceptor.accept(event.slug, [late, other], source_id="s1", position="7")

    after, unlike = await store.posts.get_all(event.slug, [late.id, other.id])
    assert (taken.total, after.status, unlike.status) == (2, Status.REJECTED, Status.WAITING)
    assert after.reason == "Like a picture that Mia refused."
    assert await store.sources.position(event.slug, "s1") == "7"
    assert [one.post_id for one in await store.feeds.after(event.slug, "desk", 2, limit=9)] == [late.id, other.id]


async def test_an_edit_with_a_picture_that_is_refused_once_it_was_looked_at_is_not_let_in(
    store, event, acceptor, meanwhile, undressed
):
    first, plain, edit = pictured(), post(uid="ap:p"), pictured(uid="ap:p", revision=1)
    await acceptor.accept(event.slug, [first, plain])
    meanwhile("edit", lambda: refuse_picture(store, event, first))

    await acceptor.accept(event.slug, [edit])

    assert (await store.posts.get(event.slug, plain.id)).status is Status.REJECTED


async def test_an_edit_by_somebody_who_is_restricted_once_it_was_judged_waits(store, event, acceptor, meanwhile):
    await store.authors.trust(event.slug, ALICE.uid, by="mia")
    await store.events.change(event.slug, lambda event: replace(event, mode="trusted go through"))
    rule = Rule(id="w", kind="words", effect="reject", places=("text",), entries=("shit",))
    await store.rules.change(event.slug, lambda rules: [rule])
    rude, edit = post("Shit", uid="ap:r"), post("Sorry", uid="ap:r", revision=1)
    await acceptor.accept(event.slug, [rude])
    meanwhile("edit", lambda: restrict(store, event))

    await acceptor.accept(event.slug, [edit])

    after = await store.posts.get(event.slug, rude.id)
    assert (after.status, after.post.text) == (Status.WAITING, "Sorry")
    assert await store.feeds.after(event.slug, "public", 0, limit=9) == []


async def test_a_post_of_somebody_trusted_no_longer_once_it_was_judged_waits(store, event, acceptor, meanwhile):
    first, late = post(), post()
    await acceptor.accept(event.slug, [first])
    standing = await store.posts.get(event.slug, first.id)
    await store.authors.trust(event.slug, ALICE.uid, by="mia")
    await store.events.change(event.slug, lambda event: replace(event, mode="trusted go through"))
    meanwhile("submit", lambda: store.authors.judge(event.slug, standing, by=None, now=NOW))

    await acceptor.accept(event.slug, [late])

    assert (await store.posts.get(event.slug, late.id)).status is Status.WAITING


async def test_a_rule_that_is_set_once_a_post_was_judged_catches_it(store, event, acceptor, meanwhile):
    rule = Rule(id="w", kind="words", effect="reject", places=("text",), entries=("shit",))
    meanwhile("submit", lambda: store.rules.change(event.slug, lambda rules: [rule]))

    await acceptor.accept(event.slug, [late := post("Shit")])

    assert (await store.posts.get(event.slug, late.id)).status is Status.REJECTED


async def test_a_post_that_was_judged_before_everything_was_to_wait_waits(store, event, acceptor, meanwhile):
    await store.events.change(event.slug, lambda event: replace(event, mode="hold the suspicious"))
    shut = replace(await store.events.get(event.slug), mode="everything waits")
    meanwhile("submit", lambda: store.events.change(event.slug, lambda event: shut))

    await acceptor.accept(event.slug, [late := post()])

    assert (await store.posts.get(event.slug, late.id)).status is Status.WAITING


async def test_a_batch_that_is_outdated_again_and_again_is_left_for_later_whole(store, event, acceptor, meanwhile):
    meanwhile("submit", lambda: store.rules.change(event.slug, lambda rules: rules), times=TRIES)
    batch = [post(), post()]

    with pytest.raises(StoreUnavailable):
        await acceptor.accept(event.slug, batch, source_id="s1", position="7")

    assert await store.posts.get_all(event.slug, [one.id for one in batch]) == [None, None]
    assert await store.sources.position(event.slug, "s1") is None
    assert (await acceptor.accept(event.slug, batch, source_id="s1", position="7")).total == 2


async def test_pictures_are_classified_once_however_often_a_post_is_judged(
    store, event, acceptor, meanwhile, undressed, monkeypatch
):
    asked = []

    async def classified(self, pictures):
        asked.append(pictures)
        return Findings(labels={"weapon": 0.9})

    monkeypatch.setattr(type(acceptor.inspector), "_classified", classified)
    meanwhile("submit", lambda: store.rules.change(event.slug, lambda rules: rules), times=2)

    await acceptor.accept(event.slug, [one := pictured()])

    assert len(asked) == 1
    assert (await store.posts.get(event.slug, one.id)).reason == "The classifier says: weapon 90%."


# Posts that cannot be kept


UNKEEPABLE = [
    {"text": "Half a letter \ud800 #PyConEx"},
    {"uid": "ap:\udfff"},
    {"tags": (Tag("PyConEx", "pyconex"), Tag("\ud83d", "x"))},
    {"author": replace(ALICE, name="\udc00")},
    {"aliases": ("\ud800",)},
    {"text": 5},
    {"author": None},
    {"url": object()},
    {"spans": ({1, 2},)},
    {"created_at": NOW.replace(tzinfo=None)},
    {"source": SourceRef(id="\ud800", kind="scripted")},
]


@pytest.mark.parametrize("fields", UNKEEPABLE, ids=lambda fields: next(iter(fields)))
async def test_a_post_that_cannot_be_kept_is_set_aside_and_the_others_of_its_batch_come(
    store, event, acceptor, here, fields
):
    batch = [post("Before"), replace(post(), **fields), post("After")]

    taken = await acceptor.accept(event.slug, batch, source_id="s1", position="7")

    health = await store.sources.health(event.slug, "s1")
    assert (taken.total, await here()) == (2, ["Before", "After"])
    assert (health.set_aside, await store.sources.position(event.slug, "s1")) == (1, "7")
    assert health.reasons[0].words.startswith("A post was set aside, for ")


async def test_what_came_by_itself_is_told_at_its_own_source_if_that_can_be_named(store, event, acceptor):
    nameless = SourceRef(id="\ud800", kind="scripted")

    taken = await acceptor.accept(event.slug, [post("\ud800"), post(source=nameless), post(source=None)])

    assert taken.total == 0
    assert (await store.sources.health(event.slug, SOURCE.id)).set_aside == 1


async def test_a_delete_of_what_cannot_be_an_address_deletes_nothing(event, acceptor):
    assert await acceptor.withdraw(event.slug, Delete("ap:\ud800")) is False


async def test_a_boost_of_the_team_marks_a_post_and_approves_nothing(store, event, acceptor):
    waiting = post("Hello #PyConEx", uid="ap:b", revision=5)
    await acceptor.accept(event.slug, [waiting])

    changed = await acceptor.accept(event.slug, [replace(waiting, reposted_by=("team@a.example",))])

    (after,) = await standings(store, event, waiting)
    assert (changed.total, after.status, after.post.reposted_by) == (0, Status.WAITING, ("team@a.example",))


async def test_a_boost_of_the_team_brings_a_post_in_as_any_other(store, event, acceptor):
    boosted = post("Hello #PyConEx", uid="ap:b", reposted_by=("team@a.example",))
    unwanted = post("Hello", uid="ap:c", reposted_by=("team@a.example",), tags=UNWANTED)

    await acceptor.accept(event.slug, [boosted, unwanted])

    first, second = await standings(store, event, boosted, unwanted)
    assert (first.status, first.post.reposted_by) == (Status.WAITING, ("team@a.example",))
    assert second is None
