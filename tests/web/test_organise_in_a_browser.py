"""The ways in and the organiser's pages in a real Chromium: what only a browser does."""

import asyncio
import socket
from contextlib import asynccontextmanager

import pytest
import pytest_asyncio
import uvicorn
from playwright.async_api import expect

from tests.browser.chromium import running_chromium
from tests.cast import NOW
from wall.core.source import SourceSettings
from wall.store.fares import Happened

pytestmark = [pytest.mark.browser, pytest.mark.thorough]


@pytest_asyncio.fixture
async def address(wall):
    """The wall, served on a port of this machine."""
    listening = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(wall, log_level="critical", ws="none", lifespan="off"))
    serving = asyncio.create_task(server.serve(sockets=[listening]))
    yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    server.should_exit = True
    await serving


@pytest_asyncio.fixture
async def chromium():
    async with running_chromium() as chromium:
        yield chromium


@asynccontextmanager
async def page_in(chromium, **options):
    """A page that has nothing to complain of: no error, no refused script or style."""
    context = await chromium.new_context(**options)
    page = await context.new_page()
    said = []
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("console", lambda message: said.append(message.text) if message.type in ("error", "warning") else None)
    yield page
    assert said == []
    await context.close()


async def test_from_the_printed_link_to_an_invited_moderator(wall, address, chromium, store, event):
    await store.database.command("DEL", "wall:{browser-made}:event", "wall:{browser-made}:sources")
    token = await wall.link("setup")

    async with page_in(chromium, timezone_id="Europe/Vienna") as olga, page_in(chromium) as mia:
        await olga.goto(f"{address}/setup#{token}")
        await olga.get_by_label("Your name").fill("Olga")
        await expect(olga).to_have_url(f"{address}/setup")
        await olga.get_by_role("button", name="Set up the wall").click()

        await olga.get_by_text("New event").click()
        await olga.get_by_label("Title", exact=True).fill("Browser Made!")
        await expect(olga.get_by_label("Address")).to_have_value("browser-made")
        await olga.get_by_label("Hashtags").fill("PyConEx pycon")
        await olga.get_by_text("#PyConEx or #pycon").wait_for()
        await olga.get_by_role("button", name="Make the wall").click()
        await olga.wait_for_url("**/organise/browser-made")

        await olga.locator("#invite-name").fill("Mia")
        await olga.get_by_role("button", name="Make a link").click()
        link = await olga.get_by_label("Link", exact=True).input_value()

        await mia.goto(link.replace("/sign-in#", "/sign-in?next=/account#"))
        await mia.get_by_role("button", name="Come in").wait_for()
        await expect(mia).to_have_url(f"{address}/sign-in?next=/account")
        await mia.get_by_role("button", name="Come in").click()
        await mia.wait_for_url("**/account")

    made = await store.events.get("browser-made")
    assert (made.timezone, made.keys) == ("Europe/Vienna", ("pyconex", "pycon"))
    assert {one.name: one.role("browser-made") for one in await store.people.all()} == {
        "Olga": "organiser",
        "Mia": "moderator",
    }
    await store.database.command("SREM", "wall:{events}:slugs", "browser-made")


async def test_without_scripts_the_code_is_typed_and_all_works(wall, address, chromium, store, event):
    token = await wall.link("setup")

    async with page_in(chromium, java_script_enabled=False) as page:
        await page.goto(f"{address}/setup")
        await page.get_by_label("Set-up code").fill(token)
        await page.get_by_label("Your name").fill("Olga")
        await page.get_by_role("button", name="Set up the wall").click()
        await page.goto(f"{address}/organise/{event.slug}")
        await page.locator("#screen-name").fill("Main hall")
        await page.get_by_role("button", name="Open a screen").click()
        await page.get_by_label("Link", exact=True).wait_for()

    assert [screen.name for screen in await store.screens.all(event.slug)] == ["Main hall"]


async def test_the_page_tells_how_a_source_fares_without_being_reloaded(
    wall, address, chromium, store, event, olga
):
    await store.sources.save(
        event.slug, SourceSettings(id="n1", kind="nostr", options={"relays": "wss://a.example"})
    )
    token = await wall.link("sign-in", person_id=olga.id)

    async with page_in(chromium) as page:
        await page.goto(f"{address}/sign-in#{token}")
        await page.get_by_role("button", name="Come in").click()
        await page.wait_for_url("**/organise")
        await page.goto(f"{address}/organise/{event.slug}")
        await page.get_by_text("Starting", exact=True).wait_for()

        happened = Happened(state="failing", detail="a.example is away.", now=NOW)
        await store.sources.note(event.slug, "n1", happened)

        await page.get_by_text("a.example is away.").wait_for()
        assert await page.locator(".health[data-state=failing] .health__word").inner_text() == "Failing"


async def test_the_accent_is_seen_before_it_is_saved(wall, address, chromium, store, event, olga):
    token = await wall.link("sign-in", person_id=olga.id)

    async with page_in(chromium, color_scheme="dark") as page:
        await page.goto(f"{address}/sign-in#{token}")
        await page.get_by_role("button", name="Come in").click()
        await page.wait_for_url("**/organise")
        await page.goto(f"{address}/organise/{event.slug}")
        tag = page.locator(".preview .hashtag")
        before = await tag.evaluate("tag => getComputedStyle(tag).color")

        await page.get_by_label("Accent colour").fill("#40e0ff")
        await page.get_by_label("Title", exact=True).fill("Another title")

        await expect(page.locator(".preview")).to_contain_text("Another title")
        await expect(tag).not_to_have_css("color", before)
    assert await store.events.get(event.slug) == event
