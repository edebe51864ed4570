import pytest
from playwright.async_api import expect

from tests.browser.wall import PHONE
from wall.core.moderation import Status

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]


async def test_the_screen_shows_a_code_and_an_address_for_phones(wall, event, windows):
    screen = await windows.screen(wall, event)

    code = screen.get_by_alt_text("QR code of the page for posting from a phone")

    await expect(code).to_be_visible()
    assert await code.evaluate("one => one.decode().then(() => one.naturalWidth > 0)")
    await expect(screen.locator(".rail__address")).to_have_text(f"127.0.0.1:{wall.program.port}/{event.slug}/join")


async def test_a_phone_writes_and_sees_what_becomes_of_its_post(wall, event, windows):
    phone = await windows.page(await wall.join_address(event), **PHONE)
    await phone.get_by_label("Your post").fill("Hello from row five")
    await phone.get_by_label("Your name").fill("Noor")

    await phone.get_by_role("button", name="Send").tap()

    await expect(phone.get_by_text("Waiting for a moderator")).to_be_visible()
    ((_, standing),) = await wall.store.posts.page(event.slug, Status.WAITING, limit=2)
    assert (standing.post.text, standing.post.author.name) == ("Hello from row five", "Noor")

    await wall.decide(event, "approve", standing.post)

    await expect(phone.get_by_text("On the wall", exact=True)).to_be_visible()


async def test_a_phone_without_scripts_can_write_too(wall, event, windows):
    phone = await windows.page(await wall.join_address(event), java_script_enabled=False, **PHONE)
    await phone.get_by_label("Your post").fill("No scripts here")

    await phone.get_by_role("button", name="Send").tap()

    await expect(phone.get_by_text("Waiting for a moderator")).to_be_visible()
    await phone.get_by_role("link", name="Look again").tap()
    await expect(phone.get_by_text("Waiting for a moderator")).to_be_visible()


async def test_who_did_not_see_the_code_is_asked_to_scan_it(wall, event, windows):
    phone = await windows.page(f"{wall.url}/{event.slug}/join", **PHONE)

    await expect(phone.get_by_role("heading", name="Scan the code again.")).to_be_visible()
    await expect(phone.get_by_role("button", name="Send")).to_be_disabled()


async def test_a_post_that_is_too_long_is_not_sent_and_its_words_stay(wall, event, windows):
    phone = await windows.page(await wall.join_address(event), **PHONE)
    await phone.get_by_label("Your post").fill("x" * 300)

    await phone.get_by_role("button", name="Send").tap()

    await expect(phone.get_by_text("20 too many")).to_be_visible()
    await expect(phone.get_by_label("Your post")).to_have_value("x" * 300)
    assert (await wall.counts(event))[Status.WAITING] == 0
