"""A circle as its members have it: on a narrow phone, and without JavaScript."""

import pytest
from playwright.async_api import expect

from tests.browser.axe import wrong_with
from tests.browser.wall import now
from tests.circle import RULE, a_circle

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session"), pytest.mark.thorough]

NARROW = {"viewport": {"width": 320, "height": 640}}


async def test_somebody_is_proposed_voted_on_and_comes_in_without_javascript(wall, windows):
    event = await wall.event(circle=RULE)
    *_, anas, bens = await a_circle(wall.store, event.slug, now=now())
    ana, ben = [
        await windows.known(
            wall.url, f"/{event.slug}", {f"circle-{event.slug}": secret}, java_script_enabled=False, **NARROW
        )
        for secret in (anas, bens)
    ]

    await ana.get_by_role("link", name="Circle").click()
    await ana.get_by_role("link", name="Propose somebody").click()
    await ana.get_by_label("Who").fill("Dora")
    await ana.get_by_label("Why").fill("She asks well.")
    await ana.get_by_role("button", name="Open the vote").click()
    await ben.goto(ana.url)
    await ben.get_by_label("What do you think?").fill("So she does.")
    await ben.get_by_role("button", name="Say it").click()
    await ben.get_by_label("Aye").check()
    await ben.get_by_role("button", name="Cast the vote").click()
    await expect(ben.get_by_text("Accepted")).to_be_visible()
    await ana.reload()
    await ana.get_by_role("button", name="Make the link").click()
    link = await ana.get_by_label("Link").input_value()

    dora = await windows.page(link, java_script_enabled=False, **NARROW)
    await dora.get_by_label("Code of your link").fill(link.partition("#")[2])
    await dora.get_by_role("button", name="Come in").click()
    await dora.get_by_role("button", name="Come in").click()
    await expect(dora.get_by_role("link", name=event.title)).to_be_visible()
    await ben.goto(f"{wall.url}/{event.slug}/circle")
    members = ben.get_by_role("listitem").filter(has_text="here since")
    await expect(members.filter(has_text="Dora")).to_be_visible()
    for page in (ana, ben, dora):
        assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth")


async def test_a_link_is_taken_out_of_the_address_and_lets_in_at_a_press(wall, windows):
    event = await wall.event(circle=RULE)
    _, ana, *_ = await a_circle(wall.store, event.slug, now=now())
    token = await wall.store.ways_in.own_link(event.slug, ana.id, now=now())

    page = await windows.page(f"{wall.url}/{event.slug}/circle/enter#{token}", **NARROW)
    await expect(page.get_by_role("button", name="Come in")).to_be_focused()
    assert token not in page.url
    await page.keyboard.press("Enter")

    await expect(page.get_by_role("link", name=event.title)).to_be_visible()
    await page.goto(f"{wall.url}/{event.slug}/circle")
    await expect(page.get_by_role("heading", name="You are in as Ana")).to_be_visible()


async def test_every_page_of_a_circle_can_be_used_by_everybody(wall, windows):
    event, store = await wall.event(circle=RULE), wall.store
    olga, ana, ben, anas, _ = await a_circle(store, event.slug, now=now())
    open_one = await store.proposals.propose(event.slug, RULE, olga, now=now(), name="Dora", reason="Asks well.")
    await store.proposals.remark(event.slug, open_one.id, ben.id, "So she does.", now=now())
    removal = await store.proposals.propose(event.slug, RULE, olga, now=now(), reason="Talks.", removing=ana.id)
    accepted = await store.proposals.propose(event.slug, RULE, ana, now=now(), name="Eve", reason="A friend.")
    await store.proposals.vote(event.slug, accepted.id, ben.id, "aye", "Gladly.", now=now())
    page = await windows.known(wall.url, f"/{event.slug}", {f"circle-{event.slug}": anas})

    found = {}
    proposals = [f"proposals/{one.id}" for one in (open_one, removal, accepted)]
    for path in ("", "propose", f"propose?member={ben.id}", "enter", *proposals):
        await page.goto(f"{wall.url}/{event.slug}/circle/{path}".rstrip("/"))
        found[path] = await wrong_with(page)
    await page.get_by_role("button", name="Make the link").click()
    await expect(page.get_by_label("Link")).to_be_visible()
    found["link"] = await wrong_with(page)

    assert {path: wrong for path, wrong in found.items() if wrong} == {}
