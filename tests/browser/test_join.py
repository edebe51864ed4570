from dataclasses import replace

import pytest
from playwright.async_api import expect

from tests.browser.axe import wrong_with
from tests.browser.wall import PHONE
from tests.pictures import plain
from wall.core.moderation import Status
from wall.core.participation import NEW

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


async def test_somebody_answers_from_afar_with_a_picture_once_the_network_is_back(wall, windows):
    event = await wall.event(participation=NEW)
    await wall.show(event, "Who is on the night train? #PyConEx")
    phone = await windows.page(f"{wall.url}/{event.slug}", **PHONE)
    await phone.get_by_role("link", name="Reply to Alice").tap()
    await phone.get_by_label("Your answer").fill("I am, in coach 12")
    await phone.get_by_text("Add a picture").tap()
    await phone.get_by_label("Picture").set_input_files(
        {"name": "train.png", "mimeType": "image/png", "buffer": plain()}
    )
    await phone.get_by_label("What it shows").fill("A green train")
    await phone.get_by_label("I follow from afar").check()

    await phone.context.set_offline(True)
    await phone.get_by_role("button", name="Send").tap()
    await expect(phone.get_by_text("There is no network.")).to_be_visible()
    await phone.context.set_offline(False)
    await expect(phone.get_by_text("The network is back.")).to_be_visible()
    assert (await wall.counts(event))[Status.WAITING] == 0
    await phone.get_by_role("button", name="Send").tap()

    await expect(phone.get_by_text("Waiting for a moderator")).to_be_visible()
    ((_, standing),) = await wall.store.posts.page(event.slug, Status.WAITING, limit=2)
    assert (standing.post.place, standing.post.media[0].alt) == ("remote", "A green train")
    await wall.decide(event, "approve", standing.post)
    await phone.goto(f"{wall.url}/{event.slug}")
    await expect(phone.get_by_role("img", name="A green train")).to_be_visible()
    await expect(phone.get_by_text("from afar")).to_be_visible()


async def test_a_page_does_the_sum_that_newcomers_are_asked_for(wall, windows):
    event = await wall.event(participation=replace(NEW, check="on"))

    phone = await windows.page(f"{wall.url}/{event.slug}/join", **PHONE)

    await expect(phone.get_by_role("heading", name="Say it on the wall.")).to_be_visible()
    await expect(phone.get_by_role("button", name="Send")).to_be_enabled()


async def test_what_stands_before_the_form_can_be_used_by_everybody(wall, windows):
    asked = replace(NEW, check="on", question="What colour are our lanyards?", answer="green")
    states = [
        *(replace(NEW, who=who) for who in ("mail", "code", "oidc", "nobody")),
        replace(NEW, locked=True),
        asked,
    ]
    found = {}
    page = await windows.page(wall.url + "/sign-in", **{**PHONE, "viewport": {"width": 320, "height": 640}})
    await page.route("**/workers/proof.js", lambda route: route.abort())  # else the page does its sum and goes on
    for number, participation in enumerate(states):
        event = await wall.event(participation=participation)
        await page.goto(f"{wall.url}/{event.slug}/join")
        await expect(page.locator("proof-of-work:visible")).to_have_count(0)
        found[number] = await wrong_with(page)
        assert await page.evaluate("document.documentElement.scrollWidth") <= 320

    assert {state: wrong for state, wrong in found.items() if wrong} == {}
