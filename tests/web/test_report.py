# ruff: noqa: F401, F811 - fixtures of another module are known by their names
"""Reports of an event: made, read by whoever has the link, and taken back."""

import pytest

from tests.cast import ALICE, NOW, a_decision, a_post
from tests.ledgers import HOUR, Ledgers, Said
from tests.web.figures import know, olgas, text
from wall.core.moderation import Status, Verdict
from wall.store.submission import Submission

SHOWN = Verdict(status=Status.APPROVED)
PARTS = ["card", "voices", "posts", "links"]


@pytest.fixture
async def shown(store, event):
    """A post of Alice's that stands on the wall."""
    post = a_post("A bridge of paper #PyConEx")
    await store.posts.submit(event.slug, [Submission(post, SHOWN)], now=NOW)
    return post


@pytest.fixture
def base(event):
    return f"/organise/{event.slug}/figures/reports"


@pytest.fixture
def make(site, store, event, olgas, base):
    """Make a report as Olga does, and return where it is read."""

    async def make(**fields):
        site.later(minutes=10)
        data = {"title": "Three days", "words": "Thank you.", "parts": PARTS, **fields}
        answer = await olgas.post(base, data=data)
        assert answer.status_code == 303
        return f"/{event.slug}/report/{(await store.event_reports.all(event.slug))[0].token}"

    return make


async def test_whoever_has_the_link_reads_it_and_nobody_is_told_to_index_it(site, know, make, shown):
    know(Said(by=ALICE.uid, id=shown.id, replies=3))

    page = await site.browser().get(await make())

    assert page.status_code == 200
    assert page.headers["x-robots-tag"].startswith("noindex")
    assert page.headers["cache-control"] == "no-store"
    told = (
        "Three days",
        "Thank you.",
        "1 person wrote 1 post",
        "Alice",
        "A bridge of paper",
        "Times are those of UTC",
    )
    assert [one for one in told if one not in text(page)] == []


async def test_it_stays_within_its_scope_and_at_its_moment(site, know, make):
    before = (Said(by="a"), Said(by="b", at=-HOUR))
    know(*before)
    path = await make(since="2026-06-12T09:30")

    know(*before, Said(by="c", at=60, received=2 * HOUR), Said(by="d", at=30, shown=3 * HOUR))
    site.later(days=1)

    assert "1 person wrote 1 post" in text(await site.browser().get(path))


async def test_what_is_removed_later_is_in_no_figure_and_said_to_be_gone(site, store, event, know, make, shown):
    know(Said(by=ALICE.uid, id=shown.id, replies=3), Said(by="b"))
    path = await make()
    standing = await store.posts.get(event.slug, shown.id)
    await store.posts.decide(event.slug, a_decision("remove", standing), now=NOW)
    know(Said(by=ALICE.uid, id=shown.id, replies=3, status=Status.REMOVED), Said(by="b"))

    page = text(await site.browser().get(path))

    assert "1 person wrote 1 post" in page
    assert "When this was made it counted 2 posts, 1 more than now." in page
    assert ("Alice" in page, "A bridge of paper" in page) == (False, False)


async def test_an_author_who_leaves_is_named_no_more_even_before_it_is_counted_anew(
    site, store, event, know, make, shown
):
    know(Said(by=ALICE.uid, id=shown.id, replies=3))
    path = await make()

    await store.posts.forget(event.slug, ALICE.uid, now=NOW)

    page = text(await site.browser().get(path))
    assert ("Alice" in page, "A bridge of paper" in page) == (False, False)


async def test_figures_of_the_team_are_in_it_only_where_somebody_ticked_them(site, olga, know, make):
    know(Said(by="a", decider=olga.id))

    without = text(await site.browser().get(await make()))
    with_team = text(await site.browser().get(await make(parts=["card", "team"])))

    assert "Olga" not in without
    assert "Olga" in with_team


async def test_one_that_was_taken_back_is_there_for_nobody(site, store, event, olgas, base, know, make):
    know(Said(by="a"))
    path = await make()
    token = path.rpartition("/")[2]

    answer = await olgas.post(f"{base}/{token}/revocation")

    assert answer.status_code == 303
    assert (await site.browser().get(path)).status_code == 404
    assert (await site.browser().get(f"{path}/most-active.csv")).status_code == 404
    assert "took a report back" in (await olgas.get(f"/organise/{event.slug}/audit")).text


async def test_its_tables_can_be_taken_away(site, know, make, shown):
    know(Said(by=ALICE.uid, id=shown.id))

    answer = await site.browser().get(f"{await make()}/most-active.csv")

    assert answer.text.splitlines() == ["\ufeffWho,Posts,Of all posts", "Alice,1,100%"]
    assert answer.headers["x-robots-tag"].startswith("noindex")


async def test_a_part_that_is_not_in_it_has_no_table_either(site, know, make):
    know(Said(by="a", decider="mia"))

    answer = await site.browser().get(f"{await make()}/moderators.csv")

    assert answer.status_code == 404


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"title": " "}, "Give the report a title."),
        ({"parts": []}, "Choose at least one part."),
        ({"words": "x" * 5_000}, "at most"),
        ({"since": "soon"}, "A time is written like"),
    ],
)
async def test_what_cannot_be_used_makes_no_report(store, event, olgas, base, know, fields, words):
    know(Said(by="a"))

    answer = await olgas.post(base, data={"title": "Days", "parts": PARTS, **fields})

    assert answer.status_code == 422
    assert words in text(answer)
    assert await store.event_reports.all(event.slug) == []


async def test_nothing_is_frozen_before_it_is_counted(site, store, event, olgas, base):
    site.services["ledgers"] = Ledgers()

    answer = await olgas.post(base, data={"title": "Days", "parts": PARTS})

    assert answer.status_code == 422
    assert await store.event_reports.all(event.slug) == []


async def test_while_posts_are_counted_anew_the_page_says_so_and_looks_again(site, know, make):
    know(Said(by="a"))
    path = await make()
    site.services["ledgers"] = Ledgers()

    page = await site.browser().get(path)

    assert 'http-equiv="refresh"' in page.text


async def test_of_a_circle_only_members_read_it_though_they_have_the_link(
    site, store, event, know, make, people_of
):
    know(Said(by="a"))
    path = await make()

    assert (await people_of[0].get(path)).status_code == 200
    assert (await site.browser().get(path)).status_code in (401, 403)
    assert (await site.browser().get(f"{path}/most-active.csv")).status_code in (401, 403)


async def test_moderators_make_none(site, mia, base, know):
    know(Said(by="a"))
    browser = await site.browser_of(mia)

    assert (await browser.post(base, data={"title": "Days", "parts": PARTS})).status_code == 403
