"""A running wall and the people in front of it: who organises, moderates, projects, watches and writes."""

from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from itertools import count

from playwright.async_api import expect

from tests.cast import a_decision, a_post
from tests.program import running
from wall.accept import Acceptor
from wall.core.event import Event
from wall.core.people import Link
from wall.core.source import SourceSettings
from wall.core.tickets import make_ticket
from wall.media import Pictures
from wall.sources.fetch import Fetch
from wall.sources.form import Form
from wall.store import open_store
from wall.store.server import running_url

PATIENCE_MS = 30_000
HALL = {"width": 1920, "height": 1080}
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
POLICY_WORDS = ("Content Security Policy", "TrustedHTML", "TrustedScript", "Trusted Type")

expect.set_options(timeout=PATIENCE_MS)
slugs = (f"hall-{number}" for number in count(1))


def now():
    return datetime.now(UTC)


class Wall:
    """A running wall. What is done here through its store is what other processes of it do."""

    def __init__(self, program, store, acceptor):
        self.program = program
        self.store = store
        self.acceptor = acceptor

    @property
    def url(self):
        return self.program.url

    @asynccontextmanager
    async def away(self):
        """Stop the whole wall, and start it again at the end."""
        await self.store.database.close()
        await self.program.stop()
        try:
            yield
        finally:
            await self.program.start()
            self.store = self.acceptor.store = open_store(running_url(self.program.data_dir / "redis"))
            for part in (self.acceptor.inspector, self.acceptor.leaving, self.acceptor.grouping):
                part.store = self.store

    # Events and people

    async def event(self, **fields):
        """Return an event of this test's own, with the phone page that every new event has."""
        fields = {"title": "PyCon Example", "hashtags": ("PyConEx",), "keys": ("pyconex",), **fields}
        event = Event(slug=next(slugs), **fields)
        await self.store.events.create(event)
        await self.store.sources.save(event.slug, SourceSettings(id=Form.kind, kind=Form.kind))
        return event

    async def read(self, event, kind, **options):
        """Have the ingest worker read a source for an event."""
        source = SourceSettings(id=f"{kind}-1", kind=kind, options=options)
        await self.store.sources.save(event.slug, source)

    async def screen_link(self, event, *, url=None):
        _, token = await self.store.screens.open(event.slug, "Main hall", now=now())
        return f"{url or self.url}/{event.slug}/screen/open#{token}"

    async def desk_link(self, event, name, *, url=None):
        """Return the one-time link by which somebody becomes a moderator and sits down at the desk."""
        link = Link(
            kind="invite", slug=event.slug, role="moderator", name=name, expires_at=now() + timedelta(hours=1)
        )
        token = await self.store.people.make_link(link, now=now())
        return f"{url or self.url}/sign-in?next=/{event.slug}/moderate#{token}"

    async def own_link(self, path):
        """Return a one-time link by which Olga, who owns the wall, signs in and goes to a page."""
        olga = next(person for person in await self.store.people.all() if person.owner)
        link = Link(kind="sign-in", person_id=olga.id, expires_at=now() + timedelta(hours=1))
        return f"{self.url}/sign-in?next={path}#{await self.store.people.make_link(link, now=now())}"

    async def join_address(self, event):
        """Return what the code on the screens of an event says just now."""
        ticket = make_ticket(await self.store.screens.secret(event.slug), event.slug, now=now())
        return f"{self.url}/{event.slug}/join?k={ticket}"

    # Posts

    async def submit(self, event, *posts):
        """Take posts in, as the ingest worker does."""
        await self.acceptor.accept(event.slug, posts)
        return posts

    async def say(self, event, *texts, **fields):
        """Take in a post for each text, and return these posts."""
        return await self.submit(event, *(a_post(text, **fields) for text in texts))

    async def decide(self, event, kind, *posts, by="max"):
        for post in posts:
            standing = await self.store.posts.get(event.slug, post.id)
            await self.store.posts.decide(event.slug, a_decision(kind, standing, by=by), now=now())

    async def show(self, event, *texts, **fields):
        """Take in a post for each text and put it on the wall, and return these posts."""
        posts = await self.say(event, *texts, **fields)
        await self.decide(event, "approve", *posts)
        return posts

    async def counts(self, event):
        return await self.store.posts.counts(event.slug)


class Windows:
    """Browsers of different people, each with cookies of its own, and everything they asked for or complained of."""

    def __init__(self, chromium):
        self.chromium = chromium
        self.contexts = []
        self.requests = []
        self.complaints = []

    async def open(self, **options):
        """Return somebody's browser."""
        context = await self.chromium.new_context(**{"viewport": HALL, **options})
        context.set_default_timeout(PATIENCE_MS)
        context.on("request", lambda request: self.requests.append(request.url))
        context.on("console", self.hear)
        context.on("weberror", lambda error: self.complaints.append(str(error.error)))
        self.contexts.append(context)
        return context

    async def page(self, url, **options):
        """Return a page in the browser of somebody new."""
        page = await (await self.open(**options)).new_page()
        await page.goto(url)
        return page

    async def known(self, base, path, cookies, **options):
        """Return a page in a browser that has these cookies."""
        context = await self.open(**options)
        await context.add_cookies([{"name": name, "value": value, "url": base} for name, value in cookies.items()])
        page = await context.new_page()
        await page.goto(f"{base}{path}")
        return page

    async def screen(self, wall, event, *, url=None):
        """Return a projector's page, in a browser that opened its link before."""
        _, token = await wall.store.screens.open(event.slug, "Main hall", now=now())
        page = await self.known(url or wall.url, f"/{event.slug}/screen", {f"screen-{event.slug}": token})
        await expect(page.locator("poster-wall[data-ready]")).to_be_attached()
        return page

    async def desk(self, wall, event, name="Mia", *, url=None, **options):
        """Return the page of a moderator at the desk, who came in before."""
        person = await wall.store.people.add(name, slug=event.slug, role="moderator")
        secret = await wall.store.people.sign_in(person, browser="Chromium", now=now())
        page = await self.known(url or wall.url, f"/{event.slug}/moderate", {"session": secret}, **options)
        await expect(page.locator(".connection[data-level=good]")).to_be_attached()
        return page

    async def live(self, wall, event, *, url=None, **options):
        """Return the page of somebody who follows from afar."""
        return await self.page(f"{url or wall.url}/{event.slug}", **options)

    def hear(self, message):
        if message.type in ("error", "warning"):
            self.complaints.append(f"{message.location.get('url')}: {message.text}")

    def foreign(self, *, own):
        """Return every address asked for that is not ours: not a single one may be."""
        return [url for url in self.requests if not url.startswith((*own, "data:", "blob:"))]

    def forbidden(self):
        """Return what the policy of the pages stopped, which nothing of ours should need."""
        return [one for one in self.complaints if any(word in one for word in POLICY_WORDS)]

    async def close(self):
        for context in self.contexts:
            for page in context.pages:
                await page.unroute_all(behavior="ignoreErrors")
            await context.close()


@asynccontextmanager
async def running_wall(program, chromium):
    """Run a wall that Olga has set up through the link it printed."""
    async with running(program), Fetch(private_addresses=True, user_agent="tests") as fetch:
        windows = Windows(chromium)
        await set_up(await windows.page(program.setup_link), "Olga")
        await windows.close()
        store = open_store(running_url(program.data_dir / "redis"))
        wall = Wall(program, store, Acceptor(store, Pictures(program.data_dir / "pictures", fetch), now=now))
        yield wall
        await wall.store.database.close()


async def set_up(page, name):
    """Become the first organiser, on the page of the set-up link."""
    await page.get_by_label("Your name").fill(name)
    await page.get_by_role("button", name="Set up the wall").click()
    await expect(page.get_by_role("heading", name="Your events")).to_be_visible()


def article(page, post):
    """The place of a post in a page."""
    return page.locator(f"#post-{post.id}")


def saying(page, words):
    """The post in a page that says something."""
    return page.locator("article.post").filter(has_text=words)
