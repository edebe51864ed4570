"""One post's way from a real network to the projector: real relay, real server, real Redis, real processes, real browsers."""

import asyncio
import json
from datetime import UTC, datetime
from urllib.request import urlopen

import pytest
import pytest_asyncio
from playwright.async_api import expect

from tests.browser import conftest as halls
from tests.browser.chromium import running_chromium
from tests.browser.wall import saying, set_up
from tests.program import Program, running
from tests.sources.fediverse import TOKEN, fediverse, status
from tests.sources.relay import MIA, ZED, local_relay
from tests.waiting import until
from wall.core.moderation import Status
from wall.errors import StoreUnavailable

# The same wall and windows as in the tests of each page.
wall, event, windows = halls.wall, halls.event, halls.windows

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

TAGGED = (("t", "pyconex"),)
HASHTAG = "<a href='https://s.example/tags/pyconex' class='mention hashtag'>#PyConEx</a>"
NOTES = 30
KEPT = "slug => JSON.parse(localStorage.getItem(`wall:${slug}`))?.posts.map(post => post.id) ?? []"
SHOWN = "all => all.map(one => one.dataset.id)"


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def chromium():
    """The whole of Chromium, as people have it."""
    async with running_chromium(whole=True) as chromium:
        yield chromium


async def test_somebody_who_never_saw_it_has_a_post_on_the_projector(tmp_path, windows):
    program = Program(tmp_path)
    async with running(program), local_relay() as relay:
        # Olga follows the link that the console printed, and makes her event.
        olga = await windows.page(program.setup_link)
        await set_up(olga, "Olga")
        await olga.get_by_label("Title", exact=True).fill("PyCon Example")
        await olga.get_by_label("Hashtags").fill("#PyConEx")
        await olga.get_by_role("button", name="Make the wall").click()
        await expect(olga).to_have_url(f"{program.url}/organise/pycon-example")

        # She adds a source, and sees that it is read.
        await olga.locator("summary", has_text="Nostr").click()
        await olga.get_by_label("Relays").last.fill(relay.url)
        await olga.get_by_role("button", name="Add Nostr").click()
        await expect(
            olga.locator(".row", has_text=relay.url.removeprefix("ws://")).get_by_text("Healthy")
        ).to_be_visible()

        # She invites Mia by a link, which Mia opens in her own browser.
        await olga.locator("#invite-form").get_by_label("Name").fill("Mia")
        await olga.get_by_role("button", name="Make a link").click()
        mia = await windows.page(await olga.get_by_role("textbox", name="Link").input_value())
        await mia.get_by_role("button", name="Come in").click()
        await expect(mia).to_have_url(f"{program.url}/pycon-example/moderate")

        # She opens a screen by a link, on the machine at the projector.
        await olga.get_by_role("link", name="Back to the event").click()
        await olga.locator("#screen-form").get_by_label("Name").fill("Main hall")
        await olga.get_by_role("button", name="Open a screen").click()
        screen = await windows.page(await olga.get_by_role("textbox", name="Link").input_value())
        await expect(screen.locator("poster-wall[data-ready]")).to_be_attached()
        live = await windows.page(f"{program.url}/pycon-example")

        # Somebody posts; Mia approves it with a key; everybody sees it.
        await relay.publish(ZED.profile(display_name="Zed"), ZED.note("Hello hall #PyConEx", tags=TAGGED))
        await expect(mia.locator(".stage__post")).to_contain_text("Hello hall")
        await expect(saying(screen, "Hello hall")).to_have_count(0)
        await mia.wait_for_function("document.querySelector('.stage__post').textContent.includes('Zed')")
        await decide_by_key(mia, "y")
        await expect(saying(screen, "Hello hall")).to_be_visible()
        await expect(saying(live, "Hello hall")).to_be_visible()
        await expect(saying(screen, "Hello hall")).to_contain_text("Zed")
        assert windows.complaints == []


async def decide_by_key(desk, key):
    """Press a key until the desk takes it: a post that has just come under decision is to be looked at first."""
    waiting = desk.locator("[data-tab=waiting] [data-tally]")
    await expect(waiting).not_to_have_text("0")
    before = int(await waiting.text_content())

    async def taken():
        await desk.keyboard.press(key)
        return int(await waiting.text_content()) < before

    await until(taken)


@pytest.mark.thorough
async def test_an_invitation_works_once_in_the_first_browser(wall, event, windows):
    link = await wall.desk_link(event, "Mia")
    mia = await windows.page(link)
    await mia.get_by_role("button", name="Come in").click()
    await expect(mia).to_have_url(f"{wall.url}/{event.slug}/moderate")

    zed = await windows.page(link)
    await zed.get_by_role("button", name="Come in").click()

    await expect(zed.get_by_role("alert")).to_contain_text("used already")
    answer = await zed.goto(f"{wall.url}/{event.slug}/moderate")
    assert "/sign-in" in answer.url

    # Mia's second click on her own link does her no harm.
    await mia.goto(link)
    await mia.get_by_role("button", name="Come in").click()
    await expect(mia).to_have_url(f"{wall.url}/{event.slug}/moderate")


@pytest.mark.thorough
async def test_what_its_author_deletes_on_a_relay_leaves_every_page(wall, event, windows):
    async with local_relay() as relay:
        await wall.read(event, "nostr", relays=relay.url)
        note = ZED.note("I should not have said that #PyConEx", tags=TAGGED)
        await relay.publish(note, MIA.note("I stand by this #PyConEx", tags=TAGGED))
        await until(lambda: all_wait(wall, event, 2))
        await approve_all(wall, event)
        screen, live = await windows.screen(wall, event), await windows.live(wall, event)
        for page in (screen, live):
            await expect(saying(page, "I should not")).to_be_visible()

        await relay.publish(ZED.deletion(note))

        for page in (screen, live):
            await expect(saying(page, "I should not")).to_have_count(0)
            await expect(saying(page, "I stand by this")).to_be_visible()


@pytest.mark.thorough
async def test_an_author_s_edit_is_off_the_wall_until_it_is_approved_again(wall, event, windows):
    async with fediverse(status(1, f"Before {HASHTAG}", created_at=stamp())) as server:
        await wall.read(event, "mastodon", servers=server.address)
        desk = await windows.desk(wall, event)
        screen, live = await windows.screen(wall, event), await windows.live(wall, event)
        await expect(desk.locator(".stage__post")).to_contain_text("Before")
        await decide_by_key(desk, "y")
        for page in (screen, live):
            await expect(saying(page, "Before")).to_be_visible()

        server.statuses["000001"] |= {"content": f"<p>After {HASHTAG}</p>", "edited_at": stamp()}

        for page in (screen, live):
            await expect(saying(page, "Before")).to_have_count(0)
            await expect(saying(page, "After")).to_have_count(0)
        await expect(desk.locator(".stage__post")).to_contain_text("After")
        await decide_by_key(desk, "y")
        for page in (screen, live):
            await expect(saying(page, "After")).to_be_visible()


@pytest.mark.thorough
async def test_what_its_author_deletes_on_a_server_leaves_every_page(wall, event, windows):
    async with fediverse(status(1, f"Gone soon {HASHTAG}", created_at=stamp())) as server:
        await wall.read(event, "mastodon", servers=server.address, token=TOKEN)
        await until(lambda: all_wait(wall, event, 1))
        await approve_all(wall, event)
        screen, live = await windows.screen(wall, event), await windows.live(wall, event)
        for page in (screen, live):
            await expect(saying(page, "Gone soon")).to_be_visible()

        del server.statuses["000001"]
        await server.send("delete", "000001")

        for page in (screen, live):
            await expect(saying(page, "Gone soon")).to_have_count(0)


@pytest.mark.thorough
async def test_every_part_killed_while_posts_arrive_the_screen_ends_as_the_wall_stands(wall, windows):
    event = await wall.event(mode="trusted go through")
    await wall.store.authors.trust(event.slug, f"nostr:{MIA.pubkey}", by="Mia")
    async with local_relay() as relay:
        await wall.read(event, "nostr", relays=relay.url)
        desk = await windows.desk(wall, event)
        screen, live = await windows.screen(wall, event), await windows.live(wall, event)
        await relay.publish(ZED.note("Decided before #PyConEx", tags=TAGGED))
        await expect(desk.locator(".stage__post")).to_contain_text("Decided before")
        await decide_by_key(desk, "y")
        await expect(saying(live, "Decided before")).to_be_visible()

        for part in ("web", "ingest", "redis"):
            arriving = asyncio.create_task(publish(relay, part))
            await wall.program.kill_part(part)
            await arriving

        await until(lambda: all_shown(wall, event, NOTES + 1))
        stands = await snapshot(wall, event)
        await until(lambda: agrees(screen.evaluate(KEPT, event.slug), stands))
        await until(lambda: agrees(live.locator("article.post").evaluate_all(SHOWN), stands))
        (decided,) = [post for post in await posts_on(wall, event) if "Decided before" in post.text]
        assert (await wall.store.posts.get(event.slug, decided.id)).decided_by_name == "Mia"


async def publish(relay, name):
    """Publish notes one by one, as a room does."""
    for number in range(NOTES // 3):
        await relay.publish(MIA.note(f"{name} {number} #PyConEx", tags=TAGGED))
        await asyncio.sleep(0.1)


async def all_wait(wall, event, number):
    return (await wall.counts(event))[Status.WAITING] == number


async def all_shown(wall, event, number):
    try:
        return (await wall.counts(event))[Status.APPROVED] == number
    except StoreUnavailable:
        return False


async def approve_all(wall, event):
    page = await wall.store.posts.page(event.slug, Status.WAITING, limit=50)
    await wall.decide(event, "approve", *(standing.post for _, standing in page))


async def posts_on(wall, event):
    return [standing.post for _, standing in await wall.store.posts.page(event.slug, Status.APPROVED, limit=50)]


async def snapshot(wall, event):
    """Return the ids of the posts on the wall, newest first, as the feed tells them to somebody new."""
    return [post["id"] for post in (await asyncio.to_thread(fetched, f"{wall.url}/{event.slug}/feed"))["posts"]]


def fetched(url):
    with urlopen(url, timeout=30) as answer:
        return json.load(answer)


async def agrees(asking, expected):
    return await asking == expected


def stamp():
    return datetime.now(UTC).isoformat().replace("+00:00", "Z")
