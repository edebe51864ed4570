"""What left the wall is in no output any more, by whatever act it left, and whatever this process failed to hear."""

import json

import pytest

from tests.cast import ALICE, NOW, a_decision, a_post
from tests.pictures import plain
from tests.waiting import until
from tests.web.site import Site, next_frame
from wall.core.moderation import Status, Verdict
from wall.core.post import Media
from wall.store.submission import Submission

SECRET = "Words that had to go"
THROUGH = Verdict(status=Status.APPROVED)
ACTS = ("remove", "ban", "delete", "edit")
PAGES = (
    "/{slug}", "/{slug}/screen", "/{slug}/feed", "/{slug}/feed?view=html", "/{slug}?before=99999",
    "/{slug}/feed.atom", "/{slug}/feed.json",
)  # fmt: skip
FAULTS = ("none", "pub/sub lost", "started anew")


class Wall:
    """An event with one post that has to go, its picture, and a viewer who knows the wall from before it."""

    def __init__(self, site, store, event, post, start):
        self.site = site
        self.store = store
        self.slug = event.slug
        self.post = post
        self.start = start
        self.picture = post.media[0].picture.id

    async def standing(self):
        return await self.store.posts.get(self.slug, self.post.id)

    async def act(self, act):
        """Take the post off the wall."""
        now = self.site.time
        match act:
            case "remove":
                await self.store.posts.decide(self.slug, a_decision("remove", await self.standing()), now=now)
            case "ban":
                await self.store.sweeps.sweep(self.slug, ALICE.uid, id="act", by="mia", by_name="Mia", now=now)
            case "delete":
                await self.store.posts.withdraw(self.slug, self.post.uid, now=now)
            case "edit":
                edited = a_post("Other words #PyConEx", uid=self.post.uid, revision=1)
                await self.store.posts.edit(self.slug, Submission(edited, Verdict()), now=now)

    async def heard(self, site):
        """Wait until a process knows all there is."""
        tip = await self.store.feeds.tip(self.slug, "public")
        hub = site.services["hub"]
        await until(lambda: self.knows(hub, tip))

    def knows(self, hub, tip):
        channel = hub.channels.get((self.slug, "public"))
        return channel is None or not channel.epoch or channel.tip == tip

    def addresses(self):
        return [
            *(page.format(slug=self.slug) for page in PAGES),
            f"/{self.slug}/feed?cursor={self.start}",
            f"/{self.slug}/feed?cursor={self.start}&view=html",
        ]

    def pictures(self):
        return [f"/{self.slug}/media/{self.post.id}/{self.picture}/{size}" for size in ("thumb", "screen")]


@pytest.fixture
async def shown(served, store, event):
    """The wall while the post is on it, with everything that this process keeps of it in its caches."""
    picture = await served.services["pictures"].keep_bytes(plain(), kind="photo")
    post = a_post(SECRET, media=(Media(kind="image", url="https://x.example/a.png", picture=picture),))
    start = await store.feeds.tip(event.slug, "public")
    await store.posts.submit(event.slug, [Submission(post, THROUGH)], now=NOW)
    wall = Wall(served, store, event, post, start)
    browser, _ = await served.browser_of_screen(event.slug)
    for _ in range(2):
        for address in wall.addresses():
            assert SECRET in (await browser.get(address)).text, address
        await wall.heard(served)
    return wall


async def fault(monkeypatch, wall, served, fault):
    """Let something go wrong just before the act; returns what mends it."""

    async def nothing(*heard):
        pass

    if fault == "pub/sub lost":
        monkeypatch.setattr(served.services["hub"].reader, "receive", nothing)


async def asked_after(fault, served, redis_server, tmp_path, check):
    """Check the process that was there, or one that was started anew; one that was deaf has looked for itself."""
    if fault == "started anew":
        async with Site(tmp_path / "anew", redis_server.url).listening() as anew:
            await check(anew)
        return
    if fault == "pub/sub lost":
        await served.services["hub"]._look()
    await check(served)


@pytest.mark.parametrize("fault_", FAULTS)
@pytest.mark.parametrize("act", ACTS)
async def test_no_page_and_no_feed_holds_what_was_retracted(
    served, shown, redis_server, tmp_path, monkeypatch, act, fault_
):
    await fault(monkeypatch, shown, served, fault_)
    await shown.act(act)

    async def check(site):
        await shown.heard(site)
        browser, _ = await site.browser_of_screen(shown.slug)
        for address in shown.addresses():
            answer = await browser.get(address)
            assert answer.status_code == 200
            assert SECRET not in answer.text, address

    await asked_after(fault_, served, redis_server, tmp_path, check)


@pytest.mark.parametrize("act", ACTS)
async def test_a_cache_that_asks_whether_its_copy_is_still_good_is_told_no(served, shown, act):
    browser, _ = await served.browser_of_screen(shown.slug)
    feed, picture = f"/{shown.slug}/feed", shown.pictures()[0]
    tags = [(await browser.get(address)).headers["etag"] for address in (feed, picture)]

    await shown.act(act)
    await shown.heard(served)

    answers = [
        await browser.get(address, headers={"if-none-match": tag})
        for address, tag in zip((feed, picture), tags, strict=True)
    ]
    assert [answer.status_code for answer in answers] == [200, 404]


@pytest.mark.parametrize("act", ACTS)
async def test_the_page_and_the_pictures_of_a_post_go_with_it(served, shown, act):
    browser = served.browser()
    page = f"/{shown.slug}/post/{shown.post.id}"
    oembed = f"/oembed?url={shown.site.base}{page}"
    addresses = [page, f"{page}/card.png", f"{page}/frame", oembed, *shown.pictures()]
    before = [(await browser.get(address)).status_code for address in addresses]

    await shown.act(act)

    after = [await browser.get(address) for address in addresses]
    part = await browser.get(addresses[-1], headers={"range": "bytes=0-10"})
    assert before == [200] * 6
    assert [answer.status_code for answer in (*after, part)] == [404] * 7
    assert not any(SECRET in answer.text for answer in after)


@pytest.mark.parametrize("view", ["json", "html"])
@pytest.mark.parametrize("fault_", FAULTS)
@pytest.mark.parametrize("act", ACTS)
async def test_a_stream_tells_who_was_away_that_it_went_and_not_what_it_was(
    served, shown, redis_server, tmp_path, monkeypatch, act, fault_, view
):
    await fault(monkeypatch, shown, served, fault_)
    await shown.act(act)

    async def check(site):
        await shown.heard(site)
        async with site.stream(f"/{shown.slug}/stream?cursor={shown.start}&view={view}") as stream:
            frame = await next_frame(stream, "updates")
        assert [update["kind"] for update in frame["updates"]] == ["void", "removed"]
        assert SECRET not in json.dumps(frame)

    await asked_after(fault_, served, redis_server, tmp_path, check)


@pytest.mark.parametrize("act", ACTS)
async def test_events_tell_who_was_away_that_it_went_and_not_what_it_was(served, shown, act):
    await shown.act(act)
    await shown.heard(served)

    async with (
        served.client() as client,
        client.stream("GET", f"/{shown.slug}/stream.sse?cursor={shown.start}") as answer,
    ):
        said = await until_said(answer, '"removed"')

    assert SECRET not in said


@pytest.mark.parametrize("act", ACTS)
async def test_whoever_follows_is_told_once(served, shown, store, act):
    tip = await store.feeds.tip(shown.slug, "public")

    async with served.stream(f"/{shown.slug}/stream?cursor={tip}") as stream:
        await shown.act(act)
        frame = await next_frame(stream, "updates")

    assert [(update["kind"], update["id"]) for update in frame["updates"]] == [("removed", shown.post.id)]


@pytest.mark.parametrize("fault_", FAULTS)
async def test_a_curtain_is_in_every_output_of_screens(served, shown, redis_server, tmp_path, monkeypatch, fault_):
    start = await shown.store.feeds.tip(shown.slug, "public")
    await fault(monkeypatch, shown, served, fault_)
    await shown.store.curtains.draw(shown.slug, "blank", by="mia", by_name="Mia", now=served.time)

    async def check(site):
        await shown.heard(site)
        browser, _ = await site.browser_of_screen(shown.slug)
        feed = (await browser.get(f"/{shown.slug}/feed?view=html")).json()
        updates = (await browser.get(f"/{shown.slug}/feed?cursor={start}")).json()["updates"]
        async with site.stream(f"/{shown.slug}/screen/stream?cursor={start}", browser=browser) as stream:
            frame = await next_frame(stream, "updates")
        assert feed["screen"]["curtain"]["kind"] == "blank"
        assert [update["curtain"]["kind"] for update in (*updates, *frame["updates"])] == ["blank", "blank"]
        assert 'data-curtain="blank"' in (await browser.get(f"/{shown.slug}/screen")).text

    await asked_after(fault_, served, redis_server, tmp_path, check)


async def until_said(answer, words):
    """Return what an answer that goes on says, up to these words."""
    said = ""
    async for text in answer.aiter_text():
        said += text
        if words in said:
            return said
    raise AssertionError(f"The answer ended without {words}.")
