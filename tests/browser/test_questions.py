"""Questions: a phone votes, others see it without anything moving, moderators go on, and it all works without scripts."""

import pytest
from playwright.async_api import expect

from tests.browser.wall import PHONE, now
from wall.core.question import Question

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]


@pytest.fixture
def asked(wall):
    async def asked(event, *texts):
        """Put questions on the wall, and return their ids."""
        posts = await wall.show(event, *texts)
        for post in posts:
            await wall.store.questions.ask(event.slug, Question(post_id=post.id, at=now()))
        return [post.id for post in posts]

    return asked


async def phone_of(windows, wall, event, **options):
    """Return the questions on the phone of somebody who came by a screen's code."""
    page = await windows.page(await wall.join_address(event), **PHONE | options)
    await page.goto(f"{wall.url}/{event.slug}/questions")
    return page


def row(page, id):
    return page.locator(f"#question-{id}")


def order(page):
    return page.locator(".ask").evaluate_all("all => all.map(one => one.dataset.id)")


async def test_votes_are_counted_everywhere_and_rows_move_only_when_somebody_asks(wall, windows, asked):
    event = await wall.event(questions="moderated")
    first, second, third = await asked(event, "First?", "Second?", "Third?")
    watching = await phone_of(windows, wall, event)
    before = await order(watching)
    last = before[-1]

    for _ in range(2):
        voting = await phone_of(windows, wall, event)
        button = row(voting, last).get_by_role("button")
        await button.click()
        await expect(button).to_have_attribute("aria-pressed", "true")

    await expect(row(watching, last).locator(".ask__count")).to_have_text("2")
    assert await order(watching) == before
    await watching.get_by_role("button", name="Sort by votes again").click()
    assert (await order(watching))[0] == last
    (standing,) = await wall.store.posts.get_all(event.slug, [last])
    await wall.decide(event, "remove", standing.post)
    await expect(row(watching, last)).to_have_text("This question is no longer here.")
    assert {first, second, third} == set(before)


async def test_without_scripts_one_asks_votes_and_takes_it_back(wall, windows, asked):
    event = await wall.event(questions="open")
    (id,) = await asked(event, "First?")
    page = await phone_of(windows, wall, event, java_script_enabled=False)

    await row(page, id).get_by_role("button").click()
    await expect(row(page, id).get_by_role("button", pressed=True)).to_contain_text("1")
    await row(page, id).get_by_role("button").click()
    await expect(row(page, id).get_by_role("button", pressed=False)).to_contain_text("0")
    await page.get_by_text("Ask a question").click()
    await page.get_by_label("Your question").fill("And <b>why</b>?")
    await page.get_by_role("button", name="Ask", exact=True).click()

    await expect(page.get_by_role("status")).to_contain_text("Thank you.")
    await page.goto(f"{wall.url}/{event.slug}/questions")
    await expect(page.locator(".ask__words").filter(has_text="And <b>why</b>?")).to_be_visible()


async def test_a_moderator_makes_a_question_of_a_post_and_takes_it_up_from_the_stage(wall, windows):
    event = await wall.event(questions="moderated")
    await wall.say(event, "Who pays? #PyConEx")
    desk = await windows.desk(wall, event)

    await desk.keyboard.press("v")
    await expect(desk.locator(".decide__said")).to_have_text("It is a question once it is approved.")
    await desk.keyboard.press("y")
    stage = await desk.context.new_page()
    await stage.goto(f"{wall.url}/{event.slug}/stage")
    question = stage.locator(".podium__questions article")
    await expect(question).to_contain_text("0 votes")
    await stage.get_by_role("button", name="Next question").click()

    await expect(question).to_contain_text("Now answering")
    await stage.get_by_role("button", name="Done: that was the last one").click()
    await expect(question).to_have_count(0)
