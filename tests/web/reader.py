"""Readers of the feeds that keep up by updates alone, as pages do, so that tests can hold them against a fresh look."""

import json
import re

from wall.core.feed import Cursor

ABOUT_THE_AUTHOR = re.compile(
    r' data-first-time| data-trusted| data-trust="[^"]*"|<p class="card__trust"[^>]*>[^<]*</p>'
)


class Reader:
    """A viewer of the public feed: takes the wall once, and from then on only what is told."""

    def __init__(self, browser, slug, view):
        self.browser = browser
        self.path = f"/{slug}/feed?view={view}"
        self.posts = []

    async def look(self):
        """Return the wall as it is now: its cursor, its posts and which are pinned."""
        wall = (await self.browser.get(self.path)).json()
        return wall["cursor"], wall["posts"], wall["pinned"]

    async def start(self):
        self.cursor, self.posts, _ = await self.look()

    async def catch_up(self):
        """Take in what was told since; returns the offsets."""
        answer = await self.browser.get(f"{self.path}&cursor={self.cursor}")
        assert answer.status_code == 200, answer.text
        for update in answer.json()["updates"]:
            self.take(update)
        self.cursor = answer.json()["cursor"]
        return [update["offset"] for update in answer.json()["updates"]]

    def take(self, update):
        place = next((place for place, post in enumerate(self.posts) if post["id"] == update["id"]), None)
        if update["kind"] in ("posted", "removed") and place is not None:
            del self.posts[place]
        if update["kind"] == "posted":
            self.posts.insert(0, update["post"])
        if update["kind"] in ("edited", "pinned", "unpinned") and place is not None:
            self.posts[place] = update["post"]

    @property
    def wall(self):
        return self.cursor, self.posts, [post["id"] for post in self.posts if post["pinned"]]


class DeskReader:
    """A desk: the cards that wait, and how many posts there are of each status, by updates alone."""

    def __init__(self, browser, slug, hub):
        self.browser = browser
        self.slug = slug
        self.hub = hub

    async def look(self):
        """Return the desk as it is now: its cursor, the waiting cards by post, and the counts."""
        desk = (await self.browser.get(f"/{self.slug}/moderate/feed")).json()
        return desk["cursor"], {one["id"]: unmarked(one["card"]) for one in desk["cards"]}, desk["counts"]

    async def start(self):
        self.cursor, self.cards, self.counts = await self.look()

    async def catch_up(self):
        reached, told = await self.hub.updates(self.slug, "desk", "html", Cursor.parse(self.cursor))
        for text in told:
            self.take(json.loads(text))
        self.cursor = str(reached)

    def take(self, update):
        if update["was"]:
            self.counts[update["was"]] -= 1
        self.counts[update["status"]] += 1
        self.cards.pop(update["id"], None)
        if update["status"] == "waiting":
            self.cards[update["id"]] = unmarked(update["card"])

    @property
    def desk(self):
        return self.cursor, self.cards, self.counts


def unmarked(card):
    """A card without what is said of its author, which the page keeps alike on all their cards (elements/trust.js)."""
    return ABOUT_THE_AUTHOR.sub("", card)
