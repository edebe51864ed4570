from dataclasses import replace

import pytest

from tests.cast import ALICE, BOB, NOW, a_post
from tests.chats import show
from wall.accept.amplifying import Amplifying
from wall.core.rules import Chain, Rule
from wall.sources.base import Amplified


@pytest.fixture
def kept(store, event):
    async def kept(*people):
        """Return who is kept of those that a network tells of."""
        (post,) = await show(store, event, a_post())
        await Amplifying(store).take(event.slug, Amplified(post.uid, people), now=NOW)
        return set((await store.amplifiers.get_all(event.slug, [post.id]))[0])

    return kept


@pytest.fixture
def ruled(store, event, monkeypatch):
    def ruled(**chain):
        async def get(slug):
            return Chain(**chain)

        monkeypatch.setattr(store.rules, "get", get)

    return ruled


async def test_who_passed_a_post_on_is_kept_by_uid(kept):
    assert await kept(ALICE, BOB) == {ALICE.uid, BOB.uid}


async def test_who_asks_programs_to_keep_away_is_kept_only_where_the_event_does_not_heed_that(kept, store, event):
    shy = replace(BOB, wishes=("nobot",))
    assert await kept(ALICE, shy) == {ALICE.uid}

    await store.events.change(event.slug, lambda before: replace(before, wishes="ignore"))
    assert await kept(shy) == {BOB.uid}


async def test_who_is_blocked_is_not_kept_and_nobody_while_the_rules_cannot_be_read(kept, ruled):
    ruled(rules=(Rule(id="r", kind="authors", entries=(BOB.handle,), effect="reject"),))
    assert await kept(ALICE, BOB) == {ALICE.uid}

    ruled(readable=False)
    assert await kept(ALICE, BOB) == set()


@pytest.mark.parametrize("uid", ["", "acct:a\nb", "acct:\ud800", "x" * 501])
async def test_what_names_nobody_is_passed_over(kept, uid):
    assert await kept(replace(BOB, uid=uid), ALICE) == {ALICE.uid}
