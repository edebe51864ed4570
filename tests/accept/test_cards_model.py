"""Whatever the order of arrivals, deletes and decisions: of one card, one post at most is on the wall, and none unseen."""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from tests.cast import NOW, a_decision
from tests.conftest import slugs
from tests.copied import OTHER_TEXT, TEXT, bridged_skeet, bridged_toot, entry, note, skeet, toot
from wall.accept import Acceptor
from wall.core.card import card_of
from wall.core.moderation import Status
from wall.errors import AlreadyDecided, InvalidInput
from wall.media import Pictures
from wall.sources.base import Delete

POSTS = {
    "toot": toot(),
    "other toot": toot(OTHER_TEXT, uid="ap:https://social.example/2", url="https://social.example/@alice/2"),
    "its copy": bridged_skeet(),
    "half its copy": replace(
        bridged_skeet("The opening …"), uid="at://did:plc:b/app.bsky.feed.post/3kz", url=None
    ),
    "skeet": skeet(),
    "copy of the skeet": bridged_toot(),
    "note": note(handle="alice@alice.example"),
    "claim": note(TEXT, id="12" * 32, name="Mallory", bridged_from=toot().uid),
    "entry": entry(),
}
DECISIONS = ("approve", "reject", "remove", "pin", "stash", "part", "join", "undo")
ACTS = ("comes", "comes", "comes", "edited", "goes", "shown again", "approve", *DECISIONS)


class Model:
    """What a moderator, or a rule, ever let through, by its words."""

    def __init__(self, store, slug, acceptor):
        self.store = store
        self.slug = slug
        self.acceptor = acceptor
        self.seen = set()
        self.revision = 0

    async def act(self, act, name):
        post = POSTS[name]
        self.revision += 1
        if act == "comes":
            await self.acceptor.accept(self.slug, [post])
        elif act == "edited":
            edit = replace(post, text=f"{post.text} {self.revision}", revision=self.revision)
            await self.acceptor.accept(self.slug, [edit])
        elif act == "goes":
            await self.acceptor.withdraw(self.slug, Delete(post.uid))
        elif act == "shown again":
            await self.acceptor.restore(self.slug, post)
        else:
            await self.decide(act, post)

    async def decide(self, kind, post):
        (standing,) = await self.store.posts.get_all(self.slug, [post.id])
        if standing is None:
            return
        try:
            after = await self.store.posts.decide(self.slug, a_decision(kind, standing), now=NOW)
        except (InvalidInput, AlreadyDecided):
            return
        if after.visible:
            self.seen.add(after.post.text)

    async def standings(self):
        found = await self.store.posts.get_all(self.slug, [post.id for post in POSTS.values()])
        return [one for one in found if one]


@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    acts=some.lists(
        some.tuples(some.sampled_from(ACTS), some.sampled_from(sorted(POSTS))), min_size=4, max_size=30
    )
)
async def test_whatever_happens_one_post_of_a_card_is_shown_at_most_and_none_that_nobody_approved(
    store, event, tmp_path, acts
):
    own = replace(event, slug=next(slugs))
    await store.events.create(own)
    model = Model(store, own.slug, Acceptor(store, Pictures(tmp_path, None), now=lambda: NOW))

    for act, name in acts:
        await model.act(act, name)

        standings = await model.standings()
        shown = [one for one in standings if one.visible]
        cards = [card_of(one) for one in shown if not one.parted]
        assert len(cards) == len(set(cards)), act
        assert {one.post.text for one in shown} <= model.seen, act
        listed = (await store.feeds.snapshot(own.slug, "public", limit=50)).standings
        assert {one.post.id for one in listed} == {one.post.id for one in shown}
        await nobody_is_lost(store, own.slug, standings)


async def nobody_is_lost(store, slug, standings):
    """What is grouped is behind somebody who says so, and who a moderator finds."""
    leads = {copy.id for one in standings for copy in one.copies}
    grouped = {one.post.id for one in standings if one.status is Status.GROUPED}
    assert grouped == leads
    assert await store.database.command("HLEN", f"wall:{{{slug}}}:cards:unsettled") == 0


pytestmark = pytest.mark.timeout(120)
