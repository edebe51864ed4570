import pytest

from tests.cast import a_decision
from wall.core.audit import Filter
from wall.core.overlay import Overlay


@pytest.fixture
async def desk(site, event, mia):
    """Mia's hand on the overlay."""
    browser = await site.browser_of(mia)

    async def acts(**act):
        return await browser.post(f"/{event.slug}/moderate/overlay", json=act)

    return acts


@pytest.fixture
async def state(site, event):
    """What an overlay is told."""
    browser, _ = await site.browser_of_screen(event.slug, "overlay")

    async def asked():
        return (await browser.get(f"/{event.slug}/overlay/state")).json()

    return asked


def sent(standing, **fields):
    return {"act": "show", "post": standing.post.id, "hash": standing.post.content_hash, **fields}


async def test_an_overlay_is_told_nothing_until_a_post_is_sent_there(desk, state, approved):
    before = await state()

    answer = await desk(**sent(approved, form="question"))

    assert before["post"] is None
    assert answer.json()["shown"]["by"] == "Mia"
    shown = await state()
    assert (shown["post"]["id"], shown["form"]) == (approved.post.id, "question")
    assert approved.post.id in shown["post"]["html"]


async def test_who_sent_what_there_is_in_the_audit_log(desk, store, event, approved):
    await desk(**sent(approved))

    ((entry, *_), _) = await store.audit.page(event.slug, Filter(), limit=1)
    assert (entry.kind, entry.by_name, entry.post) == ("overlay", "Mia", approved.post.id)


async def test_a_post_that_waits_cannot_lie_over_the_video(desk, state, waiting):
    answer = await desk(**sent(waiting))

    assert answer.status_code == 404
    assert (await state())["post"] is None


async def test_a_post_that_was_changed_since_it_was_seen_is_read_again_first(desk, state, approved):
    answer = await desk(**{**sent(approved), "hash": "another"})

    assert answer.json()["error"]["code"] == "changed_meanwhile"
    assert (await state())["post"] is None


async def test_a_removed_post_is_told_to_no_overlay_and_the_desk_sees_that_nothing_lies_there(
    site, store, event, desk, state, approved
):
    answer = await desk(**sent(approved))
    assert answer.json()["shown"]

    await store.posts.decide(event.slug, a_decision("remove", approved), now=site.time)

    assert (await state())["post"] is None
    assert (await desk(act="form", form="card")).json()["shown"] is None


async def test_under_a_curtain_nothing_lies_there_and_the_desk_knows_why(
    site, store, event, desk, state, approved
):
    await desk(**sent(approved))

    await store.curtains.draw(event.slug, "blank", by="max", by_name="Max", now=site.time)

    assert (await state())["post"] is None
    assert (await desk(act="form", form="card")).json()["shown"]["hidden"] is True


async def test_taking_off_is_refused_when_somebody_sent_another_post_meanwhile(desk, state, approved):
    await desk(**sent(approved))

    late = await desk(act="off", post="another-post")

    assert late.json()["error"]["code"] == "changed_meanwhile"
    assert (await state())["post"]["id"] == approved.post.id


async def test_a_form_that_was_changed_meanwhile_keeps_nobody_from_taking_the_post_off(desk, state, approved):
    await desk(**sent(approved))
    await desk(act="form", form="question")

    await desk(act="off", post=approved.post.id)

    assert (await state())["post"] is None


async def test_what_somebody_took_off_already_is_off(desk, state, approved):
    await desk(**sent(approved))
    await desk(act="off", post=approved.post.id)

    again = await desk(act="off", post=approved.post.id)

    assert (again.status_code, again.json()["shown"]) == (200, None)


async def test_what_is_taken_off_leaves_its_form_for_the_next(desk, state, approved):
    await desk(**sent(approved, form="lower-third"))

    await desk(act="off", post=approved.post.id)

    now = await state()
    assert (now["post"], now["form"]) == (None, "lower-third")


@pytest.mark.parametrize(
    "act",
    [
        {},
        {"act": "explode"},
        {"act": "show", "post": "../x", "hash": ""},
        {"act": "form", "form": "neon"},
        {"act": 1},
    ],
)
async def test_what_is_no_act_changes_nothing(desk, store, event, act):
    answer = await desk(**act)

    assert answer.status_code in (404, 422)
    assert await store.outputs.overlay(event.slug) == Overlay()


async def test_a_link_may_ask_for_one_form_and_nonsense_is_passed_over(site, event):
    browser, _ = await site.browser_of_screen(event.slug, "overlay")

    good = await browser.get(f"/{event.slug}/overlay", params={"form": "lower-third"})
    bad = await browser.get(f"/{event.slug}/overlay", params={"form": '"><script>'})

    assert 'data-fixed-form="lower-third"' in good.text
    assert "data-fixed-form" not in bad.text
