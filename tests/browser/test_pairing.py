import re

import pytest
from playwright.async_api import expect

from tests.browser.wall import article

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session"), pytest.mark.thorough]

CODE = re.compile(r"[B-Z]{3} [B-Z]{3}")


async def pair(windows, wall, event, code, name):
    """Type a code as Olga does, on the event's page."""
    olga = await windows.page(await wall.own_link(f"/organise/{event.slug}"))
    await olga.get_by_role("button", name="Come in").click()
    form = olga.locator("form.inline--pairing")
    await form.get_by_label("Code").fill(code)
    await form.get_by_label("Name").fill(name)
    await form.get_by_label("Room").fill("Hall 1")
    await form.get_by_role("button", name="Pair").click()
    await expect(olga.locator("strong").get_by_text(name, exact=True)).to_be_visible()


async def paired(windows, wall, event, name="Main hall"):
    """Return the page of a machine that was paired."""
    machine = await windows.page(f"{wall.url}/screen")
    await expect(machine.locator(".pairing__letters")).to_have_text(CODE)
    await pair(windows, wall, event, await machine.locator(".pairing__letters").text_content(), name)
    await expect(machine.locator("poster-wall[data-ready]")).to_be_attached()
    return machine


async def test_a_machine_shows_a_code_and_becomes_the_screen_of_who_types_it(wall, event, windows):
    (post,) = await wall.show(event, "On every screen #PyConEx")

    machine = await paired(windows, wall, event)

    await expect(article(machine, post)).to_be_visible()
    assert machine.url == f"{wall.url}/{event.slug}/screen"
    token = next(one["value"] for one in await machine.context.cookies() if one["name"].startswith("screen-"))
    assert [url for url in windows.requests if token in url] == []
    assert token not in wall.program.said


async def test_a_screen_that_is_taken_back_goes_to_the_pairing_page_by_itself_and_can_be_paired_anew(
    wall, event, windows
):
    await wall.show(event, "For this hall only #PyConEx")
    machine = await paired(windows, wall, event)
    (screen,) = await wall.store.screens.all(event.slug)

    await wall.store.screens.revoke(event.slug, screen.id)

    await expect(machine.locator(".pairing__letters")).to_have_text(CODE)
    assert machine.url == f"{wall.url}/screen"
    await expect(machine.get_by_text(event.title)).to_have_count(0)
    kept = await machine.evaluate("JSON.stringify(localStorage)")
    assert "For this hall only" not in kept
    await pair(windows, wall, event, await machine.locator(".pairing__letters").text_content(), "Again")
    await expect(machine.locator("poster-wall[data-ready]")).to_be_attached()


async def test_a_machine_that_starts_at_the_pairing_page_is_its_screen_at_once(wall, event, windows):
    machine = await paired(windows, wall, event)

    await machine.goto(f"{wall.url}/screen")

    await expect(machine.locator("poster-wall[data-ready]")).to_be_attached()


@pytest.mark.parametrize(("width", "height"), [(1920, 1080), (1080, 1920), (1024, 768), (3840, 1080)])
async def test_the_code_fits_the_picture_whatever_its_shape(wall, windows, width, height):
    machine = await windows.page(f"{wall.url}/screen", viewport={"width": width, "height": height})

    await expect(machine.locator(".pairing__letters")).to_have_text(CODE)
    await expect(machine.locator(".pairing__letters")).to_be_in_viewport(ratio=1)
    await expect(machine.locator(".pairing__qr")).to_be_in_viewport(ratio=1)
    await expect(machine.locator(".pairing__place")).to_be_in_viewport(ratio=1)
