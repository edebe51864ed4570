import pytest

from tests.cast import NOW, a_decision, a_post
from wall.core.moderation import Status, Verdict
from wall.store.submission import Submission

DEVICE = "0123456789abcdef"


@pytest.fixture
async def hall(site, store, event):
    """The browser of a screen that was opened, and what it says it shows."""
    browser, screen = await site.browser_of_screen(event.slug)
    await store.screens.saw(event.slug, screen, now=site.time)

    async def says(cursor, **fields):
        form = {"device": DEVICE, "cursor": str(cursor), "posts": 4, **fields}
        return await browser.post(f"/{event.slug}/screen/showing", json=form)

    return says


@pytest.fixture
async def desk(site, mia, event):
    browser = await site.browser_of(mia)

    async def asks(**what):
        return (await browser.get(f"/{event.slug}/moderate/screens", params=what)).json()

    return asks


async def test_a_screen_that_painted_a_removal_is_named_as_having_confirmed_it(
    site, store, event, hall, desk, approved
):
    await hall(await store.feeds.tip(event.slug, "public"))
    await store.posts.decide(event.slug, a_decision("remove", approved), now=site.time)
    site.later(milliseconds=200)
    before = await desk(post=approved.post.id)

    answer = await hall(await store.feeds.tip(event.slug, "public"), width=1920, height=1080, road="websocket")
    after = await desk(post=approved.post.id)

    (silent,), (done,) = before["screens"], after["screens"]
    assert answer.status_code == 204
    assert (silent["name"], silent["painted"], silent["after"]) == ("Main hall", False, None)
    assert silent["silent"] == pytest.approx(0.2)
    assert (done["painted"], done["after"]) == (True, pytest.approx(0.2))
    assert (done["devices"][0]["width"], done["devices"][0]["road"], done["devices"][0]["posts"]) == (
        1920,
        "websocket",
        4,
    )


async def test_posts_that_came_after_a_removal_do_not_put_its_proof_off(site, store, event, hall, desk, approved):
    await store.posts.decide(event.slug, a_decision("remove", approved), now=site.time)
    await hall(await store.feeds.tip(event.slug, "public"))
    later = Submission(a_post(), Verdict(status=Status.APPROVED))
    await store.posts.submit(event.slug, [later], now=NOW)

    (screen,) = (await desk(post=approved.post.id))["screens"]

    assert screen["painted"]


async def test_a_curtain_is_asked_about_when_nothing_else_is(site, store, event, hall, desk):
    await hall(await store.feeds.tip(event.slug, "public"))
    await store.curtains.draw(event.slug, "blank", by="mia", by_name="Mia", now=site.time)

    (before,) = (await desk())["screens"]
    await hall(await store.feeds.tip(event.slug, "public"), curtain="blank", posts=0)
    (after,) = (await desk())["screens"]

    assert (before["painted"], after["painted"]) == (False, True)


async def test_a_screen_that_was_opened_and_never_spoke_is_named(site, hall, desk):
    site.later(seconds=12)

    (screen,) = (await desk())["screens"]

    assert (screen["painted"], screen["silent"]) == (False, pytest.approx(12))


async def test_a_screen_that_was_closed_is_not_waited_for(store, event, hall, desk):
    await hall(await store.feeds.tip(event.slug, "public"), left=True)

    assert (await desk())["screens"] == []


@pytest.mark.parametrize("kind", ["overlay", "stage"])
async def test_what_stands_before_others_by_a_link_confirms_as_a_screen_does(
    site, store, event, desk, approved, kind
):
    browser, screen = await site.browser_of_screen(event.slug, kind)
    await store.screens.saw(event.slug, screen, now=site.time)
    await store.posts.decide(event.slug, a_decision("remove", approved), now=site.time)
    (before,) = (await desk(post=approved.post.id))["screens"]

    tip = await store.feeds.tip(event.slug, "public")
    form = {"device": DEVICE, "cursor": str(tip), "posts": 0}
    answer = await browser.post(f"/{event.slug}/{kind}/showing", json=form)
    (after,) = (await desk(post=approved.post.id))["screens"]

    assert answer.status_code == 204
    assert (before["painted"], after["painted"]) == (False, True)


async def test_a_screen_whose_link_was_taken_back_is_not_waited_for(store, event, hall, desk):
    await hall(await store.feeds.tip(event.slug, "public"))
    (screen,) = await store.screens.all(event.slug)
    await store.screens.revoke(event.slug, screen.id)

    assert (await hall(await store.feeds.tip(event.slug, "public"))).status_code == 403
    assert (await desk())["screens"] == []


async def test_staff_who_look_at_a_screen_are_no_witness(site, store, event, mia):
    browser = await site.browser_of(mia)

    answer = await browser.post(f"/{event.slug}/screen/showing", json={"device": DEVICE, "cursor": "Vq3k:1"})

    assert answer.status_code == 204
    assert await store.showings.all(event.slug) == []


@pytest.mark.parametrize(
    "wrong",
    [
        {"cursor": "nonsense"},
        {"cursor": "x" * 5000},
        {"device": ""},
        {"device": "../../etc"},
        {"device": "a" * 41},
        {"posts": -1},
        {"posts": "many"},
        {"width": 10**9},
        {"road": "pigeon"},
        {"curtain": "red"},
        {"version": "v" * 41},
    ],
)
async def test_nonsense_is_refused_and_not_kept(store, event, hall, wrong):
    answer = await hall("Vq3k:1", **wrong) if "cursor" not in wrong else await hall(wrong["cursor"])

    assert answer.status_code == 422
    assert await store.showings.all(event.slug) == []


async def test_a_desk_that_asks_about_nonsense_is_told_so(site, mia, event):
    browser = await site.browser_of(mia)

    answer = await browser.get(f"/{event.slug}/moderate/screens?cursor=nonsense")

    assert answer.status_code == 422


async def test_a_post_that_never_was_is_confirmed_by_every_screen(store, event, hall, desk):
    await hall(await store.feeds.tip(event.slug, "public"))

    (screen,) = (await desk(post="nothing"))["screens"]

    assert screen["painted"]
