import pytest
import pytest_asyncio
from playwright.async_api import expect

from tests.browser.axe import wrong_with
from tests.browser.wall import PHONE
from wall.core.moderation import Status

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session"), pytest.mark.thorough]


@pytest_asyncio.fixture(loop_scope="session")
async def event(wall):
    return await wall.event(back_channels=True)


async def a_phone(wall, event, windows, **options):
    return await windows.page(await wall.join_address(event), **PHONE, **options)


async def ask(wall, event, ana, ben):
    """Ana writes a post, which goes on the wall, and Ben asks her to talk about it; returns the post."""
    await ana.get_by_label("Your post").fill("Where do herons nest?")
    await ana.get_by_label("Your name").fill("Ana")
    await ana.get_by_role("button", name="Send").tap()
    await expect(ana.get_by_text("Thank you.")).to_be_visible()
    ((_, standing),) = await wall.store.posts.page(event.slug, Status.WAITING, limit=2)
    await wall.decide(event, "approve", standing.post)
    await ben.goto(f"{wall.url}/{event.slug}/post/{standing.post.id}")
    await ben.get_by_role("link", name="Talk about it privately").tap()
    await ben.get_by_label("Your name there").fill("Ben")
    await ben.get_by_role("button", name="Ask").tap()
    await expect(ben.get_by_text("it is for the author to answer")).to_be_visible()
    return standing.post


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without"])
async def test_two_phones_talk_and_one_quotes_the_other_once_she_agrees(wall, event, windows, scripts):
    ana, ben = [await a_phone(wall, event, windows, java_script_enabled=scripts) for _ in range(2)]
    await ask(wall, event, ana, ben)

    await ana.goto(f"{wall.url}/{event.slug}/back-channels")
    await ana.get_by_role("button", name="Talk", exact=True).tap()
    await ana.get_by_label("Your message").fill("Behind the boathouse")
    await ana.get_by_role("button", name="Send").tap()
    await expect(ana.locator(".said__words")).to_have_text("Behind the boathouse")
    if not scripts:
        await ben.reload()
    await expect(ben.locator(".said__words")).to_have_text("Behind the boathouse")
    await ben.get_by_label("Choose the message by Ana").check()
    await ben.get_by_text("Make something public").tap()
    await ben.get_by_role("button", name="Ask for consent").tap()
    await expect(ben.get_by_text("has not answered")).to_be_visible()
    if not scripts:
        await ana.reload()
    await ana.get_by_role("button", name="I agree").tap()

    await expect(ana.get_by_text("Waits for a moderator")).to_be_visible()
    ((_, standing),) = await wall.store.posts.page(event.slug, Status.WAITING, limit=2)
    assert standing.post.text == "“Behind the boathouse”"


async def test_private_pages_can_be_used_by_everybody(wall, event, windows):
    ana, ben = [await a_phone(wall, event, windows) for _ in range(2)]
    post = await ask(wall, event, ana, ben)
    mia = await windows.desk(wall, event)
    found = {"waiting": await wrong_with(ben)}
    for name, page, path in (
        ("asked", ana, "/back-channels"),
        ("new", ana, f"/back-channels/new?post={post.id}"),
        ("desk", mia, f"/moderate/back-channels?post={post.id}"),
    ):
        await page.goto(f"{wall.url}/{event.slug}{path}")
        found[name] = await wrong_with(page)
    await ana.goto(f"{wall.url}/{event.slug}/back-channels")
    await ana.get_by_role("button", name="Talk", exact=True).tap()
    await ana.get_by_label("Your message").fill("What are you reading?")
    await ana.get_by_role("button", name="Send").tap()
    await expect(ben.get_by_text("What are you reading?")).to_be_visible()
    await ben.get_by_label("Choose the message by Ana").check()
    for fold in await ben.locator(".private__fold > summary").all():
        await fold.tap()
    found["open"] = await wrong_with(ben)

    assert {state: wrong for state, wrong in found.items() if wrong} == {}
