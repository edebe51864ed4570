"""What screens and stage views show of questions."""

import re

import pytest

from tests.cast import NOW, a_decision
from tests.web.hall import run, scene
from wall.core.moderation import Status, Verdict

ON_THE_WALL = Verdict(status=Status.APPROVED)


@pytest.fixture
def shown(store, event, hall, ask_plan):
    async def shown():
        if not await store.scenes.all(event.slug):
            await run(store, event, hall[1], scene("questions"))
        return (await ask_plan()).json()["scenes"][0]

    return shown


@pytest.fixture
def stage(site, event):
    async def stage():
        browser, _ = await site.browser_of_screen(event.slug, "stage")
        return (await browser.get(f"/{event.slug}/stage/state")).json()

    return stage


async def test_while_nobody_has_asked_the_scene_says_where_to(shown, event):
    html = (await shown())["html"]

    assert f"/{event.slug}/questions" in html
    assert "What would you like to know?" in html


async def test_the_scene_has_what_is_answered_first_then_the_top_ones_with_votes(
    shown, browser, event, phone, put_up, vote
):
    ids = [await put_up(f"Question {number}?", minutes=number) for number in range(3)]
    await vote(await phone(), ids[1])
    await browser.post(f"/{event.slug}/moderate/questions", data={"do": "answering", "post": ids[0]})

    told = await shown()

    assert re.findall(r'data-post="(\w+)"', told["html"]) == [ids[0], ids[1], ids[2]]
    assert f'data-post="{ids[0]}" data-always' in told["html"]
    assert "<strong>1</strong> vote<" in told["html"]
    assert told["news"] == ids[0]


async def test_neither_shows_what_waits_is_warned_of_or_has_left(shown, stage, store, event, put_up):
    for fields in ({"verdict": Verdict()}, {"content_warning": "Spoiler"}, {"sensitive": True}):
        await put_up(**fields)
    gone = await put_up("Gone?")
    await store.posts.decide(event.slug, a_decision("remove", await store.posts.get(event.slug, gone)), now=NOW)

    assert "data-post" not in (await shown())["html"]
    assert (await stage())["questions"] == []


async def test_a_stage_has_those_of_the_session_in_its_room(site, store, event, talks, put_up):
    left, _ = await put_up("Left?", session="left"), await put_up("Right?", session="right")
    _, token = await store.screens.open(event.slug, "Left", now=NOW, kind="stage", room="Left")
    browser = site.browser()
    browser.cookies.set(f"stage-{event.slug}", token)

    told = (await browser.get(f"/{event.slug}/stage/state")).json()

    assert [(one["id"], one["votes"], one["answering"]) for one in told["questions"]] == [(left, 0, False)]
    assert told["next"] == {"session": "left", "waits": True}
    assert told["shown"] == [] or left not in {one["id"] for one in told["shown"]}


async def test_a_stage_view_alone_goes_on_to_no_question_and_a_moderator_before_it_does(
    site, event, browser, put_up, told
):
    id = await put_up()
    stage, _ = await site.browser_of_screen(event.slug, "stage")
    path = f"/{event.slug}/moderate/questions/next"

    refused = await stage.post(path, json={"session": ""})
    pages = [(await one.get(f"/{event.slug}/stage")).text for one in (stage, browser)]
    answer = await browser.post(path, json={"session": ""})

    assert refused.status_code == 401
    assert ["data-next-url" in page for page in pages] == [False, True]
    assert answer.json() == {"id": id}
    assert [one["state"] for one in await told()] == ["answering"]


async def test_a_curtain_hides_questions_from_the_stage_too(stage, store, event, put_up):
    await put_up()
    await store.curtains.draw(event.slug, "blank", by="mia", by_name="Mia", now=NOW)

    assert (await stage())["questions"] == []
