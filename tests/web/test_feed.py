"""A wall followed by updates is the wall that a fresh look shows: for every act, and whatever acts in a row."""

import asyncio
from contextlib import suppress
from dataclasses import replace
from itertools import product
from typing import get_args

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from tests.cast import a_decision, a_post
from tests.conftest import slugs
from tests.web.reader import DeskReader, Reader
from tests.web.site import SOON_SECONDS
from wall.core.card import Match
from wall.core.decision import Kind
from wall.core.moderation import Status, Verdict
from wall.errors import InvalidInput
from wall.store.submission import Submission

WAIT = Verdict()
THROUGH = Verdict(status=Status.APPROVED)
KINDS = ("approve", "reject", "remove", "pin", "unpin", "stash", "part", "join", "undo")
MADE = {
    "nothing": (),
    "waiting": ("submit",),
    "approved": ("submit", "approve"),
    "trusted": ("submit through",),
    "pinned": ("submit", "approve", "pin"),
    "pinned at once": ("submit", "pin"),
    "rejected": ("submit", "reject"),
    "removed": ("submit", "approve", "remove"),
    "removed when pinned": ("submit", "pin", "remove"),
    "stashed": ("submit", "stash"),
    "withdrawn": ("submit", "approve", "withdraw"),
    "grouped": ("submit", "submit copy"),
}
ACTS = ("submit", "submit through", "edit", "edit through", "withdraw", *KINDS)


class Room:
    """An event in which authors and moderators act, one post at a time."""

    def __init__(self, site, event):
        self.site = site
        self.store = site.store
        self.slug = event.slug
        self.revision = 0

    def post(self, name, text="Hello #PyConEx"):
        return a_post(text, uid=f"ap:{self.slug}/{name}", revision=self.revision)

    async def act(self, act, name="post"):
        """Do one thing to a post; what makes no sense for it is refused, and changes nothing."""
        self.site.later(seconds=1)
        self.revision += 1
        post, now = self.post(name, f"Words {self.revision} #PyConEx"), self.site.time
        verdict = THROUGH if act.endswith("through") else WAIT
        if act == "submit copy":
            copy = Submission(
                self.post(f"{name} elsewhere"), WAIT, card=post.id, match=Match(post.id, "same", sure=False)
            )
            await self.store.posts.submit(self.slug, [copy], now=now)
            await self.store.cards.settle(self.slug, now=now)
            return
        if act.startswith("submit"):
            await self.store.posts.submit(self.slug, [Submission(post, verdict)], now=now)
        elif act.startswith("edit"):
            await self.store.posts.edit(self.slug, Submission(post, verdict), now=now)
        elif act == "withdraw":
            await self.store.posts.withdraw(self.slug, post.uid, now=now)
        else:
            await self.decide(act, post, now)
        for feed in ("public", "desk"):
            await self.heard(feed)

    async def heard(self, name):
        """Wait until this process has heard what was done; its answers are as it knows the feed."""
        tip = await self.store.feeds.tip(self.slug, name)
        channel = self.site.services["hub"].channels.get((self.slug, name))
        async with asyncio.timeout(SOON_SECONDS):
            while channel and channel.epoch and channel.tip != tip:
                await asyncio.sleep(0)

    async def decide(self, kind, post, now):
        (standing,) = await self.store.posts.get_all(self.slug, [post.id])
        if standing:
            with suppress(InvalidInput):
                await self.store.posts.decide(self.slug, a_decision(kind, standing), now=now)


@pytest.fixture
async def desk_browser(site, owner):
    return await site.browser_of(owner)


@pytest.fixture
async def room(site, event):
    return Room(site, event)


def readers_of(room, browser):
    hub = room.site.services["hub"]
    return (
        Reader(browser, room.slug, "json"),
        Reader(browser, room.slug, "html"),
        DeskReader(browser, room.slug, hub),
    )


@pytest.mark.parametrize("made", MADE)
async def test_after_every_act_a_reader_of_updates_sees_what_a_fresh_look_shows(room, desk_browser, made):
    for act, one in product(ACTS, MADE[made]):
        await room.act(one, act)
    texts, pages, desk = readers_of(room, desk_browser)
    for reader in (texts, pages, desk):
        await reader.start()

    for act in ACTS:
        await room.act(act, act)
        for reader in (texts, pages, desk):
            await reader.catch_up()

        assert texts.wall == await texts.look(), act
        assert pages.wall == await pages.look(), act
        assert desk.desk == await desk.look(), act


@pytest.mark.thorough
@settings(
    max_examples=120,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    acts=some.lists(
        some.tuples(some.sampled_from((*ACTS, "approve", "pin", "look")), some.sampled_from("abc")),
        min_size=5,
        max_size=25,
    )
)
async def test_whatever_is_done_in_a_row_readers_of_updates_see_what_a_fresh_look_shows(
    site, event, desk_browser, acts
):
    own = replace(event, slug=next(slugs))
    await site.store.events.create(own)
    room = Room(site, own)
    texts, pages, desk = readers_of(room, desk_browser)
    for reader in (texts, pages, desk):
        await reader.start()
    offsets = []

    for act, name in acts:
        if act == "look":
            offsets += await texts.catch_up()
            assert texts.wall == await texts.look()
        else:
            await room.act(act, name)
    offsets += await texts.catch_up()
    await pages.catch_up()
    await desk.catch_up()

    assert offsets == list(range(1, len(offsets) + 1))
    assert texts.wall == await texts.look()
    assert pages.wall == await pages.look()
    assert desk.desk == await desk.look()


def test_no_kind_of_decision_is_left_out():
    assert set(KINDS) == set(get_args(Kind))


async def test_no_status_is_left_out(room):
    for name, acts in MADE.items():
        for act in acts:
            await room.act(act, name)

    assert all((await room.store.posts.counts(room.slug)).values())


async def test_a_reader_who_is_not_told_of_a_change_would_be_found_out(room, desk_browser):
    reader, *_ = readers_of(room, desk_browser)
    await reader.start()

    await room.act("submit through")

    assert reader.wall != await reader.look()


# The feed's own answers


async def test_a_history_that_is_not_ours_is_gone(site, room, event):
    await room.act("submit through")

    for cursor in ("other:1", "nonsense", "", "Vq3k:-1", "Vq3k:99999999999999999999"):
        answer = await site.browser().get(f"/{event.slug}/feed", params={"cursor": cursor})
        assert answer.status_code == 410
        assert answer.json()["error"]["code"] == "gone"


async def test_a_cursor_ahead_of_the_feed_is_gone(site, room, event):
    await room.act("submit through")
    epoch = (await room.store.feeds.tip(event.slug, "public")).epoch

    answer = await site.browser().get(f"/{event.slug}/feed?cursor={epoch}:2")

    assert answer.status_code == 410


async def test_a_removed_post_is_told_to_those_who_were_away_without_a_word_of_it(site, room, event):
    start = (await site.browser().get(f"/{event.slug}/feed")).json()["cursor"]
    for act in ("submit", "approve", "pin", "edit through", "remove"):
        await room.act(act)

    updates = (await site.browser().get(f"/{event.slug}/feed?cursor={start}")).json()["updates"]

    assert [update["kind"] for update in updates] == ["void", "void", "void", "removed"]
    assert all(update.keys() == {"offset", "kind", "at", "id"} for update in updates)


async def test_an_unknown_view_is_refused_in_words(site, event):
    answer = await site.browser().get(f"/{event.slug}/feed?view=xml")

    assert answer.status_code == 422
    assert "json and html" in answer.json()["error"]["message"]


async def test_what_only_moderators_may_know_is_in_no_public_answer(site, room, event):
    start = (await site.browser().get(f"/{event.slug}/feed")).json()["cursor"]
    post = a_post(aliases=("local:social.example/77",))
    verdict = Verdict(reason="Held back for reason 4711.")
    await room.store.posts.submit(event.slug, [Submission(post, verdict, trusted=True)], now=site.time)
    standing = await room.store.posts.get(event.slug, post.id)
    await room.store.posts.decide(event.slug, a_decision("approve", standing, by="moritz"), now=site.time)
    await room.heard("public")
    browser = site.browser()

    paths = [f"/feed?view={view}{cursor}" for view in ("json", "html") for cursor in ("", f"&cursor={start}")]
    answers = [(await browser.get(f"/{event.slug}{path}")).text for path in [*paths, f"/post/{post.id}", ""]]

    for answer in answers:
        assert post.id in answer
        for secret in ("reason 4711", "oritz", post.author.uid, post.uid, "local:", "trusted", "data-arrived"):
            assert secret not in answer


async def test_a_post_in_the_feed_has_what_its_readers_were_promised(site, room, event):
    await room.act("submit through")

    (post,) = (await site.browser().get(f"/{event.slug}/feed")).json()["posts"]

    assert post.keys() >= {
        "id", "url", "source", "author", "text", "html", "language", "media", "hashtags", "posted_at",
        "approved_at", "pinned", "session", "reply_to", "replies", "reposts", "sensitive",
    }  # fmt: skip
    assert post["author"].keys() == {"name", "handle", "avatar", "url"}
    assert post["hashtags"] == ["PyConEx"]
