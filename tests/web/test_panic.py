import asyncio
from dataclasses import replace
from typing import get_args

import pytest

from tests.cast import ALICE, BOB, NOW, a_post
from wall.core.audit import Filter
from wall.core.moderation import Status, Verdict
from wall.core.panic import PanicKind
from wall.errors import StoreUnavailable
from wall.store.events import Events
from wall.store.submission import Submission
from wall.store.sweeps import Sweeps

THROUGH = Verdict(status=Status.APPROVED)


@pytest.fixture
async def desk(site, mia):
    return await site.browser_of(mia)


@pytest.fixture
async def panic(desk, event):
    async def act(act, **fields):
        form = {"id": "abcdefgh", "act": act, **fields}
        return await desk.post(f"/{event.slug}/moderate/panic", json=form)

    return act


async def shown(store, event, *, author=ALICE):
    post = a_post(author=author)
    await store.posts.submit(event.slug, [Submission(post, THROUGH)], now=NOW)
    return post


@pytest.mark.parametrize("kind", ["frozen", "blank", "pinned"])
async def test_a_curtain_is_drawn_and_the_desk_is_told_by_whom_and_since_when(panic, desk, event, kind):
    answer = await panic("draw", curtain=kind)

    again = (await desk.get(f"/{event.slug}/moderate/panic")).json()
    assert answer.status_code == 200
    assert again["curtain"] == answer.json()["curtain"]
    assert again["curtain"] == {"kind": kind, "version": 1, "since": "2026-06-12T09:30:00.000Z", "by": "Mia"}


async def test_what_audiences_are_told_of_a_curtain_does_not_say_who_drew_it(site, panic, store, event):
    start = await store.feeds.tip(event.slug, "public")
    await panic("draw", curtain="blank")

    snapshot = (await site.browser().get(f"/{event.slug}/feed")).json()
    updates = (await site.browser().get(f"/{event.slug}/feed?cursor={start}")).json()["updates"]

    curtain = {"kind": "blank", "since": "2026-06-12T09:30:00.000Z"}
    assert snapshot["screen"]["curtain"] == curtain
    assert updates == [{"offset": 1, "kind": "curtained", "at": curtain["since"], "curtain": curtain}]


async def test_a_screen_that_loads_comes_up_under_the_curtain(site, panic, event, approved):
    site.later(seconds=1)
    await panic("draw", curtain="blank")
    browser, _ = await site.browser_of_screen(event.slug)

    page = (await browser.get(f"/{event.slug}/screen")).text

    assert 'data-curtain="blank"' in page


async def test_a_frozen_screen_that_loads_is_told_which_posts_are_too_late(site, panic, store, event):
    early = await shown(store, event)
    await panic("draw", curtain="frozen")
    site.later(seconds=1)
    post = a_post()
    await store.posts.submit(event.slug, [Submission(post, THROUGH)], now=site.time)
    browser, _ = await site.browser_of_screen(event.slug)

    page = (await browser.get(f"/{event.slug}/screen")).text

    assert f'data-held-back="{post.id}"' in page
    assert early.id in page


async def test_the_live_page_goes_on_while_the_screens_are_blank(site, panic, event, approved):
    await panic("draw", curtain="blank")

    page = await site.browser().get(f"/{event.slug}")

    assert approved.post.id in page.text


async def test_the_way_back_tells_who_was_faster(panic, event):
    await panic("draw", curtain="frozen")
    await panic("draw", curtain="blank")

    answer = await panic("draw", curtain="open", seen=1)

    assert answer.status_code == 409
    assert answer.json()["error"]["message"].startswith("Mia changed this meanwhile.")


async def test_everything_waits_until_the_mode_from_before_is_taken_up_again(panic, store, event):
    await store.events.change(event.slug, lambda event: trusting(event))
    waits = (await panic("wait")).json()
    post = await shown(store, event)
    back = (await panic("resume")).json()
    later = await shown(store, event)

    assert (waits["mode"], waits["restricted"][0]["author"], waits["restricted"][0]["by"]) == (
        "everything waits",
        "",
        "Mia",
    )
    assert (back["mode"], back["restricted"]) == ("trusted go through", [])
    assert (await store.posts.get(event.slug, post.id)).status == "waiting"
    assert (await store.posts.get(event.slug, later.id)).status == "approved"


async def test_who_chooses_a_mode_ends_that_everything_waits(panic, desk, event):
    await panic("wait")

    await desk.post(f"/{event.slug}/moderate/mode", json={"mode": "trusted go through"})

    state = (await desk.get(f"/{event.slug}/moderate/panic")).json()
    assert (state["mode"], state["restricted"]) == ("trusted go through", [])


async def test_who_lets_posts_through_by_choosing_the_mode_that_holds_is_in_the_audit_log(
    panic, desk, store, event
):
    await panic("wait")

    await desk.post(f"/{event.slug}/moderate/mode", json={"mode": "everything waits"})

    assert await store.authors.restricted(event.slug) == []
    assert await noted(store, event) == ["resume", "wait"]


async def test_everything_of_an_author_goes_and_what_comes_later_waits(site, panic, store, event):
    await store.events.change(event.slug, lambda event: trusting(event))
    await store.authors.trust(event.slug, ALICE.uid, by="Max")
    post, others = await shown(store, event), await shown(store, event, author=BOB)

    answer = (await panic("restrict", author=ALICE.uid)).json()
    later = a_post(author=ALICE)
    await site.services["acceptor"].accept(event.slug, [later])

    tip = await store.feeds.tip(event.slug, "public")
    standing = await store.posts.get(event.slug, later.id)
    assert (answer["posts"], answer["cursor"]) == (1, str(tip))
    assert [one["name"] for one in answer["restricted"]] == ["Alice"]
    assert (await store.posts.get(event.slug, post.id)).status == "removed"
    assert (await store.posts.get(event.slug, others.id)).status == "approved"
    assert (standing.status, standing.reason) == ("waiting", "Mia restricted this author.")


async def test_an_author_is_let_go_on(panic, store, event):
    await shown(store, event)
    await panic("restrict", author=ALICE.uid)

    answer = await panic("lift", author=ALICE.uid)

    assert answer.json()["restricted"] == []
    assert await store.authors.restricted(event.slug) == []


async def test_the_desk_is_told_whose_posts_are_on_the_wall(desk, store, event):
    await shown(store, event)
    await shown(store, event, author=BOB)
    await shown(store, event)

    authors = (await desk.get(f"/{event.slug}/moderate/panic")).json()["authors"]

    assert [(one["author"], one["name"], one["posts"]) for one in authors] == [
        (ALICE.uid, "Alice", 2),
        (BOB.uid, "Bob", 1),
    ]


@pytest.mark.parametrize(
    ("form", "status"),
    [
        ({"id": "abcdefgh", "act": "explode"}, 422),
        ({"id": "abcdefgh", "act": "draw", "curtain": "red"}, 422),
        ({"id": "short", "act": "wait"}, 422),
        ({"id": "abcdefgh", "act": "restrict", "author": ""}, 404),
        ({"id": "abcdefgh", "act": "restrict", "author": "nobody"}, 404),
        ({"id": "abcdefgh", "act": "restrict", "author": "x" * 501}, 422),
        ({"act": "wait"}, 422),
        ([], 422),
    ],
)
async def test_what_makes_no_sense_changes_nothing_and_is_told_in_words(desk, store, event, form, status):
    answer = await desk.post(f"/{event.slug}/moderate/panic", json=form)

    assert answer.status_code == status
    assert answer.json()["error"]["message"]
    assert await store.authors.restricted(event.slug) == []
    assert (await store.curtains.get(event.slug)).kind == "open"


async def test_panic_of_a_moderator_of_another_event_does_nothing_here(site, store, event, max_):
    browser = await site.browser_of(max_)

    answer = await browser.post(
        f"/{event.slug}/moderate/panic", json={"id": "abcdefgh", "act": "draw", "curtain": "blank"}
    )

    assert answer.status_code == 403
    assert (await store.curtains.get(event.slug)).kind == "open"


async def test_panic_from_another_site_does_nothing(site, mia, store, event):
    browser = await site.browser_of(mia, headers={"sec-fetch-site": "cross-site"})

    answer = await browser.post(
        f"/{event.slug}/moderate/panic", json={"id": "abcdefgh", "act": "draw", "curtain": "blank"}
    )

    assert answer.status_code == 403
    assert (await store.curtains.get(event.slug)).kind == "open"


async def test_every_act_is_in_the_audit_log(panic, store, event):
    await shown(store, event)

    await panic("draw", curtain="blank")
    await panic("wait")
    await panic("resume")
    await panic("restrict", author=ALICE.uid)
    await panic("lift", author=ALICE.uid)

    entries, _ = await store.audit.page(event.slug, Filter(kinds=get_args(PanicKind)), limit=10)
    assert [(entry.by_name, entry.kind, entry.about) for entry in reversed(entries)] == [
        ("Mia", "draw", "blank"),
        ("Mia", "wait", ""),
        ("Mia", "resume", ""),
        ("Mia", "restrict", "1 post to take away"),
        ("Mia", "lift", ""),
    ]


async def noted(store, event):
    return [entry.kind for entry in (await store.audit.page(event.slug, Filter(), limit=20))[0]]


async def test_an_act_that_is_cut_short_is_in_the_audit_log_all_the_same(panic, store, event, monkeypatch):
    post = await shown(store, event)

    async def lost(*_, **__):
        raise StoreUnavailable("Gone.")

    with monkeypatch.context() as away:
        away.setattr(Sweeps, "sweep", lost)
        away.setattr(Events, "change", lost)
        for act in ({"act": "restrict", "author": ALICE.uid}, {"act": "wait"}):
            assert (await panic(**act)).status_code == 503

    entries, _ = await store.audit.page(event.slug, Filter(), limit=10)
    assert [(entry.kind, entry.post) for entry in entries] == [("wait", None), ("restrict", post.id)]


async def test_an_act_that_changes_nothing_is_not_in_the_audit_log_again(panic, store, event):
    for act in ({"act": "draw", "curtain": "blank"}, {"act": "wait"}, {"act": "resume"}):
        await panic(**act)
        await panic(**act)

    assert await noted(store, event) == ["resume", "wait", "draw"]


async def test_who_was_too_late_for_the_way_back_is_not_in_the_audit_log(panic, store, event):
    await panic("draw", curtain="frozen")
    await panic("draw", curtain="blank")
    await panic("draw", curtain="open", seen=1)

    assert await noted(store, event) == ["draw", "draw"]


async def test_everything_waits_again_when_the_mode_changed_behind_it(panic, store, event):
    await panic("wait")
    await store.events.change(event.slug, trusting)
    await panic("wait")

    assert (await store.events.get(event.slug)).mode == "everything waits"
    assert await noted(store, event) == ["wait", "wait"]


async def test_who_is_let_go_on_is_found_by_a_post(panic, store, event):
    post = await shown(store, event)
    await panic("restrict", author=ALICE.uid)
    await panic("lift", author=ALICE.uid)

    entries, _ = await store.audit.page(event.slug, Filter(kinds=("lift",)), limit=10)
    assert [entry.post for entry in entries] == [post.id]


async def test_many_moderators_who_panic_at_once_draw_one_curtain(site, store, event, mia):
    browsers = [await site.browser_of(mia) for _ in range(8)]
    form = {"id": "abcdefgh", "act": "draw", "curtain": "blank"}

    answers = await asyncio.gather(
        *(browser.post(f"/{event.slug}/moderate/panic", json=form) for browser in browsers)
    )

    assert {answer.status_code for answer in answers} == {200}
    assert (await store.feeds.tip(event.slug, "public")).offset == 1
    assert await noted(store, event) == ["draw"]


def trusting(event):
    return replace(event, mode="trusted go through")
