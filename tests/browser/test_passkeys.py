"""A passkey in a real Chromium, with a device of its own that knows its person."""

from datetime import timedelta

import pytest
from playwright.async_api import expect

from tests.browser.axe import wrong_with
from tests.browser.wall import POLICY_WORDS, now
from wall.core.people import Link

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

DEVICE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


async def test_somebody_makes_a_passkey_and_signs_in_by_it(wall, event, chromium):
    mia = await wall.store.people.add("Mia", slug=event.slug, role="moderator")
    link = Link(kind="sign-in", person_id=mia.id, expires_at=now() + timedelta(hours=1))
    token = await wall.store.people.make_link(link, now=now())
    here = wall.url.replace("127.0.0.1", "localhost")  # passkeys belong to a name
    context = await chromium.new_context()
    page, complaints = await context.new_page(), []
    page.on("console", lambda message: complaints.append(message.text))
    device = await context.new_cdp_session(page)
    await device.send("WebAuthn.enable")
    await device.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})

    await page.goto(f"{here}/sign-in?next=/account#{token}")
    await expect(page.get_by_role("button", name="Use a passkey")).to_have_count(0)
    await page.get_by_role("button", name="Come in").click()
    await page.get_by_label("Name of the new passkey").fill("My laptop")
    await page.get_by_role("button", name="Make a passkey").click()
    await expect(page.locator("#passkeys")).to_contain_text("not used yet")
    await page.get_by_role("button", name="Sign out", exact=True).first.click()
    await expect(page).to_have_url(f"{here}/sign-in")
    await page.goto(f"{here}/sign-in?next=/{event.slug}/moderate")
    await page.get_by_role("button", name="Use a passkey").click()
    await expect(page).to_have_url(f"{here}/{event.slug}/moderate")

    await page.goto(f"{here}/account")
    await page.get_by_role("button", name="Make a passkey").click()
    await expect(page.get_by_text("This device has a passkey for you already.")).to_be_visible()
    await expect(page.locator("#passkeys")).to_contain_text("Used just now")
    await page.get_by_role("button", name="Take My laptop back").click()
    await expect(page.locator("#passkeys")).not_to_contain_text("My laptop")
    await page.goto(f"{here}/sign-in")
    await page.get_by_role("button", name="Use a passkey").click()
    await expect(page.get_by_text("This wall does not know that passkey.")).to_be_visible()
    # Last: its own session with Chromium takes the device away at its end.
    assert await wrong_with(page) == []
    assert [one for one in complaints if any(word in one for word in POLICY_WORDS)] == []
    await context.close()
