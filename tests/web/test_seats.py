import json

import pytest

from tests.cast import NOW, a_decision, a_post
from tests.waiting import until
from tests.web.site import next_frame
from wall.core.moderation import Verdict
from wall.store.submission import Submission

MIA, MAX = "miasdesk1", "maxsdesk1"


@pytest.fixture
async def ben(people, event):
    """Ben moderates the same event as Mia."""
    return await people.add("Ben", slug=event.slug, role="moderator")


@pytest.fixture
async def two(store, event):
    """Two posts that wait."""
    posts = [a_post("One #PyConEx"), a_post("Two #PyConEx")]
    await store.posts.submit(event.slug, [Submission(post, Verdict()) for post in posts], now=NOW)
    return [post.id for post in posts]


async def sit(browser, event, desk=MIA, **more):
    return await browser.post(f"/{event.slug}/moderate/seat", json={"desk": desk, **more})


async def test_a_seat_answers_with_the_posts_it_holds_and_the_team(site, event, mia, two):
    answer = (await sit(await site.browser_of(mia), event)).json()

    assert answer["posts"] == two
    assert answer["team"]["desks"] == [
        {"id": answer["desk"], "person": mia.id, "name": "Mia", "busy": True, "posts": sorted(two)}
    ]


async def test_who_is_idle_holds_nothing_and_is_still_there(site, event, mia, two):
    answer = (await sit(await site.browser_of(mia), event, idle_seconds=61)).json()

    assert answer["posts"] == []
    assert [desk["busy"] for desk in answer["team"]["desks"]] == [False]


async def test_who_leaves_is_gone_and_nobody_can_leave_for_another(site, store, event, mia, ben, two):
    mias, bens = await site.browser_of(mia), await site.browser_of(ben)
    await sit(mias, event)

    await sit(bens, event, leaving=True)
    assert len((await store.desks.team(event.slug, now=NOW)).desks) == 1
    await sit(mias, event, leaving=True)
    assert (await store.desks.team(event.slug, now=NOW)).desks == []


@pytest.mark.parametrize("desk", ["", "short", "mia's desk!", "x" * 65, "dësk-mia1", 7])
async def test_a_desk_without_a_proper_id_has_no_seat(site, event, mia, desk):
    answer = await sit(await site.browser_of(mia), event, desk)

    assert answer.status_code == 422


async def test_the_stream_tells_who_is_at_the_desk(served, event, mia, ben, two):
    mias, bens = await served.browser_of(mia), await served.browser_of(ben)
    async with served.stream(f"/{event.slug}/moderate/stream?desk={MIA}", browser=mias) as stream:
        assert (await next_frame(stream, "team"))["desks"] == []

        await sit(bens, event, MAX)

        frame = await next_frame(stream, "team")
    assert [(desk["name"], desk["posts"]) for desk in frame["desks"]] == [("Ben", sorted(two))]


async def test_the_event_streams_of_a_desk_tell_of_the_team_too(served, event, mia):
    browser = await served.browser_of(mia)
    cookies = "; ".join(f"{one.name}={one.value}" for one in browser.cookies.jar)
    async with (
        served.client() as client,
        client.stream(
            "GET", f"/{event.slug}/moderate/stream.sse?desk={MIA}",
            headers={"cookie": cookies, "sec-fetch-site": "same-origin"},
        ) as answer,
    ):  # fmt: skip
        async for line in answer.aiter_lines():
            if '"team"' in line:
                break

    assert json.loads(line.removeprefix("data: "))["desks"] == []


async def test_a_desk_whose_stream_ends_leaves_the_team(served, store, event, mia, two):
    browser = await served.browser_of(mia)
    async with served.stream(f"/{event.slug}/moderate/stream?desk={MIA}", browser=browser) as stream:
        await sit(browser, event)
        await next_frame(stream, "team")

    async def nobody_is_there():
        return not (await store.desks.team(event.slug, now=NOW)).desks

    await until(nobody_is_there)


async def test_a_mode_that_one_desk_changes_is_told_to_the_others(served, event, mia, ben):
    mias, bens = await served.browser_of(mia), await served.browser_of(ben)
    async with served.stream(f"/{event.slug}/moderate/stream", browser=mias) as stream:
        assert (await next_frame(stream, "modes"))["mode"] == "everything waits"

        await bens.post(f"/{event.slug}/moderate/mode", json={"mode": "trusted go through"})

        assert (await next_frame(stream, "modes"))["mode"] == "trusted go through"


async def test_trust_given_at_one_desk_is_told_to_the_others(served, event, mia, ben, waiting):
    mias, bens = await served.browser_of(mia), await served.browser_of(ben)
    async with served.stream(f"/{event.slug}/moderate/stream", browser=mias) as stream:
        await next_frame(stream, "hello")

        for trusted in (True, False):
            await bens.post(f"/{event.slug}/moderate/trust", json={"post": waiting.post.id, "trusted": trusted})

        told = [update for _ in range(2) for update in (await next_frame(stream, "updates"))["updates"]]
    assert [(update["kind"], update["id"]) for update in told] == [
        ("trusted", waiting.post.id), ("distrusted", waiting.post.id),
    ]  # fmt: skip


async def test_one_s_own_decisions_are_listed_newest_first_with_those_that_can_be_taken_back(
    site, store, event, mia, two
):
    first, second = [await store.posts.get(event.slug, id) for id in two]
    await store.posts.decide(event.slug, a_decision("approve", first, by=mia.id), now=NOW)
    await store.posts.decide(event.slug, a_decision("reject", second, by=mia.id), now=NOW)
    approved = await store.posts.get(event.slug, two[0])
    await store.posts.decide(event.slug, a_decision("remove", approved, by="max"), now=NOW)

    browser = await site.browser_of(mia)
    mine = (await browser.get(f"/{event.slug}/moderate/mine")).json()["decisions"]

    assert [(one["kind"], one["may_undo"], one["post"]["status"], one["by"]) for one in mine] == [
        ("reject", True, "rejected", mia.id.capitalize()), ("approve", False, "removed", "Max"),
    ]  # fmt: skip
