"""A screen whose browser keeps the wall, and the mark in its corner by which it tells staff what is wrong."""

from playwright.async_api import expect

from tests.browser.wall import article
from tests.waiting import until

PAGE_IN_WORKER = """
async ({page, words}) => {
  for (const name of await caches.keys()) {
    const kept = await (await caches.open(name)).match(page);
    if (kept && (await kept.text()).includes(words)) return true;
  }
  return false;
}
"""


def mark(screen):
    return screen.locator(".staff-mark")


async def kept(screen, event, words):
    """Wait until the browser keeps a page with these words, and with all of its parts."""
    page = {"page": f"/{event.slug}/screen", "words": words}
    await until(lambda: screen.evaluate(PAGE_IN_WORKER, page))
    await until(lambda: screen.evaluate("document.documentElement.dataset.started === ''"))


async def good_wall(wall, event, windows, line):
    """Return a screen behind a line, with a wall on it that its browser keeps, and the post on that."""
    (post,) = await wall.show(event, "The last good wall #PyConEx")
    screen = await windows.screen(wall, event, url=line.url)
    await expect(article(screen, post)).to_be_visible()
    await kept(screen, event, "The last good wall")
    return screen, post
