from dataclasses import replace
from urllib.parse import quote

import pytest

from tests.cast import a_decision, a_post
from tests.web.mastodon.conftest import Program
from wall.core.circle import CircleRule
from wall.core.event import Event
from wall.core.hashtag import tagkey
from wall.core.moderation import Status, Verdict
from wall.core.post import Tag
from wall.store.keys import EVENT_SLUGS
from wall.store.submission import Submission

TAG, PUBLIC, TRENDS = "/api/v1/timelines/tag/PyConEx", "/api/v1/timelines/public", "/api/v1/trends/statuses"
ROADS = [TAG, PUBLIC, "/e/{slug}" + TAG, "/e/{slug}" + PUBLIC]


def words(statuses):
    return [one["content"].removeprefix("<p>").partition(" ")[0] for one in statuses]


@pytest.mark.parametrize("road", ROADS)
async def test_what_is_approved_is_on_the_next_answer_and_what_is_removed_is_not(program, show, act, event, road):
    road = road.format(slug=event.slug)
    one, _two = await show("one #PyConEx"), await show("two #PyConEx")

    before = await program.posts(road)
    tag = (await program.get(road)).headers["etag"]
    same = await program.get(road, headers={"if-none-match": tag})
    await act("remove", one)
    after = await program.posts(road)
    other = await program.get(road, headers={"if-none-match": tag})

    assert words(before) == ["two", "one"]
    assert words(after) == ["two"]
    assert (same.status_code, other.status_code) == (304, 200)


@pytest.mark.parametrize("road", ROADS)
async def test_what_waits_is_rejected_or_stashed_is_never_there(program, store, event, act, site, road):
    for kind in (None, "reject", "stash"):
        post = a_post(f"{kind} #PyConEx")
        await store.posts.submit(event.slug, [Submission(post, Verdict())], now=site.time)
        if kind:
            await act(kind, await store.posts.get(event.slug, post.id))

    assert await program.posts(road.format(slug=event.slug)) == []


@pytest.mark.parametrize("closed", [{"mastodon_api": False}, {"circle": CircleRule()}, {"part_of": "other"}])
@pytest.mark.parametrize("road", ROADS)
async def test_an_event_that_is_closed_again_is_gone_with_the_next_request(
    program, show, store, event, site, olga, closed, road
):
    road = road.format(slug=event.slug)
    await show("Hello #PyConEx")
    assert len(await program.posts(road)) == 1

    await store.events.change(event.slug, lambda before: replace(before, **closed))
    answers = [await program.get(road), await (await site.browser_of(olga)).get(road)]

    assert not [answer for answer in answers if "Hello" in answer.text]


async def test_an_event_that_nobody_opened_answers_as_if_there_were_none(site, event, show):
    await show()
    program = Program(site, event.slug)

    closed = await program.get(f"/e/{event.slug}{TAG}")
    none = await program.get(f"/e/no-such-event{TAG}")

    assert (closed.status_code, none.status_code) == (404, 404)
    assert closed.text == none.text
    assert list(closed.json()) == ["error"]
    assert isinstance(closed.json()["error"], str)


@pytest.mark.parametrize("written", ["PyConEx", "pyconex", "PYCONEX", "p%C3%BDconex", "alias"])
async def test_a_hashtag_is_found_however_it_is_written(program, show, store, event, written):
    await store.events.change(event.slug, lambda before: replace(before, keys=("pyconex", "alias")))
    await show("Hello #PyConEx")

    assert words(await program.posts(f"/api/v1/timelines/tag/{written}")) == ["Hello"]


@pytest.mark.parametrize("written", ["other", "%20", "%00", "a" * 5000, "%F0%9F%A6%9C", "%ff"])
async def test_a_hashtag_of_no_event_has_an_empty_timeline(program, show, written):
    await show("Hello #PyConEx")

    assert await program.posts(f"/api/v1/timelines/tag/{written}") == []


async def test_below_an_event_another_hashtag_has_the_posts_that_have_it(program, show, event):
    await show("one #PyConEx"), await show("two #keynote", tags=(Tag("Keynote", "keynote"),))

    assert words(await program.posts(f"/e/{event.slug}/api/v1/timelines/tag/keynote")) == ["two"]
    assert await program.posts("/api/v1/timelines/tag/keynote") == []


async def test_of_two_events_with_a_hashtag_the_newest_that_is_not_over_is_meant(
    program, store, event, show, site
):
    await show("Hello #PyConEx")
    today = site.time.date()
    old = Event(
        slug=f"{event.slug}-b", title="Old", hashtags=("PyConEx",), keys=("pyconex",), mastodon_api=True,
        starts=today.replace(year=2025), ends=today.replace(year=2025),
    )  # fmt: skip
    await store.events.create(old)

    over = await program.posts()
    site.later(seconds=5)
    await store.events.change(old.slug, lambda before: replace(before, starts=today, ends=today))
    newest = await program.posts()
    await store.database.command("SREM", EVENT_SLUGS, old.slug)

    assert (words(over), newest) == (["Hello"], [])


async def test_everything_is_of_all_events_that_are_open_the_newest_first(program, store, event, show, site):
    other = Event(slug=f"{event.slug}-c", title="O", hashtags=("Other",), keys=("other",), mastodon_api=True)
    await store.events.create(other)
    await show("one #PyConEx")
    site.later(seconds=1)
    verdict = Verdict(status=Status.APPROVED)
    await store.posts.submit(other.slug, [Submission(a_post("two #Other"), verdict)], now=site.time)
    await show("three #PyConEx")

    found = await program.posts(PUBLIC)
    await store.database.command("SREM", EVENT_SLUGS, other.slug)

    assert words(found) == ["three", "two", "one"]


@pytest.mark.parametrize("tag", ["żółw", "日本", "مرحبا"])
async def test_a_hashtag_of_any_script_has_pages(program, show, store, event, tag):
    await store.events.change(event.slug, lambda before: replace(before, hashtags=(tag,), keys=(tagkey(tag),)))
    await show("one #x"), await show("two #x")

    first = await program.get(f"/api/v1/timelines/tag/{quote(tag)}", params={"limit": "1", "none": '>\r\n"'})
    older = await program.get(first.links["next"]["url"])

    assert (words(first.json()), words(older.json())) == (["two"], ["one"])


async def test_pages_follow_each_other_without_a_hole_or_a_repeat(program, show):
    for number in range(5):
        await show(f"{number} #PyConEx")

    first = await program.get(TAG, params={"limit": "2"})
    older = await program.get(first.links["next"]["url"])
    oldest = await program.get(older.links["next"]["url"])
    newer = await program.get(older.links["prev"]["url"])

    assert [words(one.json()) for one in (first, older, oldest)] == [["4", "3"], ["2", "1"], ["0"]]
    assert words(newer.json()) == ["4", "3"]


async def test_a_post_that_was_approved_late_is_newer_than_those_before(program, show, act, site, store, event):
    late = a_post("late #PyConEx")
    await store.posts.submit(event.slug, [Submission(late, Verdict())], now=site.time)
    await show("early #PyConEx")
    newest = (await program.posts())[0]["id"]
    site.later(seconds=9)
    waiting = await store.posts.get(event.slug, late.id)
    await store.posts.decide(event.slug, a_decision("approve", waiting), now=site.time)

    assert words(await program.posts(min_id=newest)) == ["late"]


async def test_a_pin_is_passed_on_with_a_fresh_time_at_the_root_alone(program, show, act, event):
    pinned = await show("pinned #PyConEx")
    await act("pin", pinned), await show("newest #PyConEx")

    root = await program.posts(exclude_reblogs="no")
    below = await program.posts(f"/e/{event.slug}{TAG}")
    without = await program.posts(exclude_reblogs="True")
    later = await program.posts(since_id="1")

    wrapper, newest, inner = root
    assert wrapper["reblog"] == inner
    assert wrapper["created_at"] > newest["created_at"]
    assert wrapper["account"]["acct"] == "wall@127.0.0.1"
    assert wrapper["emojis"] == []
    assert len({one["id"] for one in root}) == 3
    assert {one["reblog"] for one in (*below, *without, *later)} == {None}


async def test_a_pin_is_passed_on_however_long_ago_it_was_approved(program, show, act):
    pinned = await show("pinned #PyConEx")
    await act("pin", pinned), await show("two #PyConEx"), await show("three #PyConEx")

    assert words(await program.posts(limit=2)) == ["pinned", "three"]


async def test_an_answer_with_a_pin_stays_the_same_for_a_minute(program, show, act):
    await act("pin", await show())
    await program.posts()

    tag = (await program.get(TAG)).headers["etag"]

    assert (await program.get(TAG, headers={"if-none-match": tag})).status_code == 304


async def test_what_a_curtain_hides_from_screens_is_hidden_here(program, show, act, store, event, site):
    await act("pin", await show("pinned #PyConEx"))
    await show("one #PyConEx")
    seen = {}

    for kind in ("frozen", "pinned", "blank", "open"):
        await store.curtains.draw(event.slug, kind, by="mia", by_name="Mia", now=site.time)
        await show(f"{kind} #PyConEx")
        seen[kind] = words(await program.posts(exclude_reblogs="1"))

    assert seen == {
        "frozen": ["one", "pinned"],
        "pinned": ["pinned"],
        "blank": [],
        "open": ["open", "blank", "pinned", "frozen", "one", "pinned"],
    }


async def test_trends_are_what_the_room_reacted_to(program, show, store, event):
    liked, _ = await show("liked #PyConEx", reposts=3), await show("new #PyConEx")

    assert words(await program.posts(TRENDS)) == ["liked"]
    assert (await program.posts(TRENDS))[0]["reblogs_count"] == liked.post.reposts
