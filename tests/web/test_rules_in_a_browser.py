"""The rules in a real Chromium: what one sees while one types, and what works without scripts."""

import re
from dataclasses import replace

import pytest
from playwright.async_api import expect

from tests.cast import BOB, NOW, a_post
from tests.web import test_organise_in_a_browser as organising
from tests.web.test_organise_in_a_browser import page_in
from wall.core.moderation import Verdict
from wall.core.rules import Rule
from wall.store.submission import Submission

pytestmark = [pytest.mark.browser, pytest.mark.thorough]

address, chromium = organising.address, organising.chromium


@pytest.fixture
async def posts(store, event):
    sent = [a_post("Good morning"), a_post("What a sh1t show", author=BOB)]
    await store.posts.submit(event.slug, [Submission(post, Verdict()) for post in sent], now=NOW)


@pytest.fixture
async def rules(store, event):
    async def rules():
        return (await store.rules.get(event.slug)).rules

    return rules


@pytest.fixture
async def sign_in(wall, olga, address):
    async def sign_in(page):
        await page.goto(f"{address}/sign-in")
        await page.context.add_cookies(
            [
                {
                    "name": "session",
                    "value": await wall.store.people.sign_in(olga, browser="x", now=NOW),
                    "url": address,
                }
            ]
        )

    return sign_in


async def test_what_a_rule_would_have_caught_is_seen_while_it_is_typed(
    address,
    chromium,
    sign_in,
    event,
    posts,
    rules,
):
    async with page_in(chromium) as page:
        await sign_in(page)
        await page.goto(f"{address}/organise/{event.slug}/rules")
        await page.get_by_role("link", name="Add a rule").click()
        await page.get_by_role("link", name=re.compile("^Word list")).click()
        await page.get_by_label("Words and phrases").fill("shit\nSHIT")

        await expect(page.locator(".tried__count")).to_have_text("Would have caught 1 of the last 2 posts")
        await expect(page.locator("mark")).to_have_text("sh1t")
        await expect(page.locator(".tried__left-out")).to_contain_text("1 entry is left out")
        await page.get_by_label("Words and phrases").fill("…")
        await expect(page.locator(".tried__error")).to_contain_text("holds no letter")

        await page.get_by_label("Words and phrases").fill("shit")
        await page.get_by_label("Its name").fill("insults")
        await page.get_by_role("button", name="Save and turn on").click()
        await expect(page.get_by_role("heading", name="Word list “insults”")).to_be_visible()

    assert [rule.entries for rule in await rules()] == [("shit",)]


async def test_a_file_of_words_is_read_into_the_list(address, chromium, sign_in, event, posts):
    words = "\n".join(f"wört{number}" for number in range(5_000))

    async with page_in(chromium) as page:
        await sign_in(page)
        await page.goto(f"{address}/organise/{event.slug}/rules/new/words")
        await page.get_by_label("Words and phrases").fill("shit")
        await page.locator("#rule-entries-file").set_input_files(
            {"name": "words.txt", "mimeType": "text/plain", "buffer": f"\ufeff{words}\nshit".encode()}
        )

        await expect(page.locator("[data-count]").first).to_have_text(
            "5,001 entries, 5,000 of them new from words.txt"
        )
        await expect(page.locator(".tried__count")).to_have_text("Would have caught 1 of the last 2 posts")


async def test_all_works_without_scripts(address, chromium, sign_in, event, posts, rules, store):
    await store.rules.change(
        event.slug, lambda rules: [Rule(id=id, kind="bots", name=id) for id in ("one", "two")]
    )

    async with page_in(chromium, java_script_enabled=False) as page:
        await sign_in(page)
        await page.goto(f"{address}/organise/{event.slug}/rules/new/words")
        await page.get_by_label("Words and phrases").fill("shit")
        await page.get_by_role("button", name="Preview").click()
        await expect(page.locator("mark")).to_have_text("sh1t")
        await page.get_by_role("button", name="Save and turn on").click()
        await page.get_by_role("button", name="Move Word list up").click()
        await page.get_by_role("button", name="Turn off Bots “one”").click()
        await page.locator("#rule-two summary").click()
        await page.get_by_role("button", name="Yes, delete it").click()
        await expect(page.locator("#rule-two")).to_have_count(0)

    assert [(rule.kind, rule.on) for rule in await rules()] == [("bots", False), ("words", True)]


async def test_on_a_phone_nothing_is_wider_than_the_page(address, chromium, sign_in, event, posts, store):
    long = Rule(
        id="w", kind="words", name="x" * 80, entries=("a" * 90,), places=("text",), note="y" * 200, on=False
    )
    await store.rules.change(event.slug, lambda rules: [long, replace(long, id="v", effect="reject")])

    async with page_in(chromium, viewport={"width": 390, "height": 844}) as page:
        await sign_in(page)
        for path in ("", "/new", "/w", "/import", "/new/domains"):
            await page.goto(f"{address}/organise/{event.slug}/rules{path}")
            assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path
