"""The stage view: what speakers see of the wall, what the desk tells them, and what stays when the network goes."""

from datetime import timedelta

import pytest
from playwright.async_api import expect

from tests.browser.wall import now
from tests.waiting import until
from wall.core.programme import Session
from wall.core.stage import Stage, StageMessage

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session"), pytest.mark.thorough]

TABLET = {"width": 1280, "height": 800}
KEPT = "async path => Boolean(await caches.match(location.origin + path))"


async def a_stage(windows, wall, event, *, url=None):
    """Return a stage view, and its page on a tablet."""
    screen, token = await wall.store.screens.open(event.slug, "Stage left", now=now(), kind="stage")
    page = await windows.page(f"{url or wall.url}/{event.slug}/stage/open#{token}", viewport=TABLET)
    await page.wait_for_url("**/stage")
    await expect(page.locator(".podium")).to_be_attached()
    return screen, page


async def tell(wall, event, text):
    message = StageMessage(id=f"message{len(text)}", text=text, by_name="Mia", at=now())
    await wall.store.outputs.change(event.slug, Stage, lambda stage: stage.told(message), now=now())


async def end_in(wall, event, **left):
    at = now() + timedelta(**left)
    await wall.store.outputs.change(event.slug, Stage, lambda stage: stage.ending(at, now=now()), now=now())


async def seen(wall, event):
    return all(one.seen_at for one in (await wall.store.outputs.stage(event.slug)).messages)


def questions(page):
    return page.locator(".podium__questions article")


def shown(page):
    return page.locator(".podium__shown article")


async def test_it_shows_questions_and_what_is_on_the_wall_and_what_is_removed_leaves_it(wall, event, windows):
    question, post = await wall.show(event, "Will there be slides? #PyConEx", "What a talk #PyConEx")
    _, page = await a_stage(windows, wall, event)
    await expect(questions(page)).to_contain_text(["Will there be slides?"])
    await expect(shown(page)).to_contain_text(["What a talk"])

    await wall.decide(event, "remove", question, post)
    await wall.show(event, "And another? #PyConEx")

    await expect(page.locator(f"#post-{question.id}")).to_have_count(0)
    await expect(page.locator(f"#post-{post.id}")).to_have_count(0)
    await expect(questions(page)).to_contain_text(["And another?"])


async def test_the_desk_tells_the_stage_something_sees_that_it_stands_there_and_clears_it(wall, event, windows):
    _, page = await a_stage(windows, wall, event)
    desk = await windows.desk(wall, event)
    await desk.keyboard.press("g")
    dialog = desk.get_by_role("dialog", name="The stage")

    await dialog.get_by_label("Tell the speakers").fill("Please repeat it <b>louder</b>")
    await dialog.get_by_role("button", name="Send").click()

    await expect(page.locator(".podium__message")).to_have_text("Please repeat it <b>louder</b>")
    await expect(dialog.locator(".onstage__message")).to_contain_text("Seen on the stage")
    await dialog.get_by_role("button", name="Clear").click()
    await expect(page.locator(".podium__message")).to_have_count(0)
    await expect(dialog.locator(".onstage__message")).to_have_count(0)


async def test_a_message_that_no_stage_shows_is_not_said_to_be_seen(wall, event, windows):
    await wall.store.screens.open(event.slug, "Stage left", now=now(), kind="stage")
    desk = await windows.desk(wall, event)
    await desk.goto(f"{wall.url}/{event.slug}/stage")
    await expect(desk.locator(".podium")).to_be_attached()

    await tell(wall, event, "5 minutes")

    await expect(desk.locator(".podium__message")).to_have_text("5 minutes")
    assert not await seen(wall, event)


async def test_the_time_that_is_left_is_set_at_the_desk_and_counts_down(wall, event, windows):
    _, page = await a_stage(windows, wall, event)
    desk = await windows.desk(wall, event)
    await desk.get_by_role("button", name="Stage").click()

    await desk.get_by_label("Time left").fill("20")
    await desk.get_by_role("button", name="Minutes from now").click()

    await expect(page.locator(".podium__time[data-phase=calm] .podium__figures")).to_have_text("20:00")
    await expect(page.locator(".podium__figures")).to_have_text("19:58")
    await desk.get_by_role("button", name="No end").click()
    await expect(page.locator(".podium__time")).to_be_hidden()


async def test_the_programme_says_whose_time_it_is_and_the_desk_sees_what_counts(wall, event, windows):
    talk = Session(
        id="maps",
        title="Maps <b>of mud</b>",
        starts=now() - timedelta(minutes=20),
        ends=now() + timedelta(minutes=10),
        room="Depot",
        speakers=("Ana Lima", "Bo Chen"),
    )
    await wall.store.programmes.change(event.slug, lambda one: one.with_session(talk), now=now())
    _, page = await a_stage(windows, wall, event)
    desk = await windows.desk(wall, event)

    await desk.get_by_role("button", name="Stage").click()

    await expect(page.locator(".podium__whose")).to_have_text("Maps <b>of mud</b>")
    await expect(page.locator(".podium__who")).to_have_text("Ana Lima, Bo Chen")
    await expect(page.locator(".podium__figures")).to_contain_text("9:")
    counts = desk.locator(".onstage__counts")
    await expect(counts).to_contain_text("From the programme: ‘⁨Maps <b>of mud</b>⁩’ until")
    await desk.get_by_label("Time left").fill("3")
    await desk.get_by_role("button", name="Minutes from now").click()
    await expect(counts).to_contain_text("as the desk says")
    await desk.get_by_role("button", name="By the programme").click()
    await expect(counts).to_contain_text("From the programme")


async def test_the_end_of_the_time_is_said_by_words_and_nothing_blinks(wall, event, windows):
    _, page = await a_stage(windows, wall, event)

    await end_in(wall, event, seconds=-30)

    await expect(page.locator(".podium__time")).to_contain_text("Time is up")
    assert await page.evaluate("document.getAnimations().length") == 0


async def test_a_stage_whose_network_goes_keeps_what_it_knows_counts_on_and_says_so_quietly(
    wall, event, windows, line
):
    await wall.show(event, "Will there be slides? #PyConEx")
    await end_in(wall, event, minutes=30)
    _, page = await a_stage(windows, wall, event, url=line.url)
    await expect(questions(page)).to_have_count(1)
    await expect(page.locator(".podium__mark")).to_be_hidden()
    await until(lambda: page.evaluate(KEPT, f"/{event.slug}/stage"))
    await line.cut()

    await expect(page.locator(".podium__mark")).to_be_visible()
    before = await page.locator(".podium__figures").text_content()
    await expect(page.locator(".podium__figures")).not_to_have_text(before)
    await page.reload()

    await expect(questions(page)).to_have_count(1)
    await expect(page.locator(".podium__figures")).to_contain_text("29:")
    line.mend()
    await wall.show(event, "And another? #PyConEx")
    await expect(questions(page)).to_have_count(2)


async def test_a_blanked_hall_blanks_the_stage_but_not_what_the_desk_says(wall, event, windows):
    await wall.show(event, "Will there be slides? #PyConEx")
    await tell(wall, event, "5 minutes")
    _, page = await a_stage(windows, wall, event)
    await expect(questions(page)).to_have_count(1)

    await wall.store.curtains.draw(event.slug, "blank", by="max", by_name="Max", now=now())

    await expect(page.locator("article")).to_have_count(0)
    await expect(page.locator(".podium__message")).to_have_text("5 minutes")


async def test_a_stage_that_is_taken_back_shows_nothing_from_then_on(wall, event, windows):
    await wall.show(event, "Will there be slides? #PyConEx")
    await tell(wall, event, "5 minutes")
    screen, page = await a_stage(windows, wall, event)
    await expect(questions(page)).to_have_count(1)
    await until(lambda: seen(wall, event))

    await wall.store.screens.revoke(event.slug, screen.id)

    await expect(page.locator("article, .podium__message")).to_have_count(0)
    answer = await page.reload()
    assert answer.status == 403
    kept = await page.evaluate("Object.keys(localStorage)")
    assert kept == ["wall:device"]  # what the machine is called; nothing of the event
