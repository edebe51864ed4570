import pytest
from playwright.async_api import expect

from wall.core.mood import Mood
from wall.core.spoken import spoken, words_hash

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session"), pytest.mark.thorough]


async def unhappy(wall, event, *texts):
    """Take in posts that sound unhappy, as the listener would."""
    posts = await wall.say(event, *texts)
    for post in posts:
        mood = Mood(language="en", model="vader", words=words_hash(spoken(post.text)), score=-0.6)
        await wall.store.moods.put(event.slug, [(await wall.store.posts.get(event.slug, post.id), mood)])
    return posts


async def test_moods_are_answered_on_a_card_and_by_keys_on_their_page(wall, event, windows):
    wifi, queue = await unhappy(wall, event, "The wifi is terrible #PyConEx", "I hate this queue #PyConEx")
    desk = await windows.desk(wall, event)

    await desk.locator(".stage__post .more__button").click()
    line = desk.locator(".stage__post .more__mood")
    await expect(line).to_contain_text("Sounds unhappy (automatic guess")
    await line.get_by_role("button", name="Not unhappy").click()
    await expect(line).to_contain_text("Mia says: not unhappy")

    await desk.goto(f"{wall.url}/{event.slug}/moderate/mood")
    await desk.keyboard.press("j")
    row = desk.locator(f"#mood-{queue.id}")
    await expect(row).to_be_focused()
    await desk.keyboard.press("1")
    await expect(row).to_contain_text("Mia says: unhappy")
    await desk.keyboard.press("1")
    await expect(row).to_contain_text("Sounds unhappy (automatic guess")

    heard = await wall.store.moods.get_all(event.slug, [wifi.id, queue.id])
    assert [one.word and one.word.says for one in heard] == ["not unhappy", None]
