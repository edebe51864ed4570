"""Ana wrote a post on her phone; Ben is in the room as well; Mia moderates. All of them may talk in private."""

import re
import secrets
from dataclasses import replace

import pytest

from tests.cast import a_decision
from wall.core.moderation import Status
from wall.core.source import SourceSettings
from wall.core.tickets import make_ticket

SECRET_WORDS = "the heron nests under the old bridge"


class Somebody:
    """One who takes part in a browser: finds their threads, and acts in the newest of them."""

    def __init__(self, browser, event, name):
        self.browser = browser
        self.base = f"/{event.slug}/back-channels"
        self.name = name

    async def page(self, path=""):
        return (await self.browser.get(self.base + path)).text

    async def threads(self):
        return re.findall(rf'href="{self.base}/([\w-]{{22}})"', await self.page())

    async def asked(self):
        return re.findall(rf'action="{self.base}/([\w-]{{22}})/answer"', await self.page())

    async def post(self, path, **form):
        return await self.browser.post(self.base + path, data=form)

    async def begin(self, post, kind="author", **form):
        answer = await self.post("/new", post=post, name=self.name, **{"with": kind} | form)
        return answer.headers.get("location", "").rpartition("/")[2], answer

    async def accept(self):
        (thread,) = await self.asked()
        await self.post(f"/{thread}/answer", do="accept", name=self.name)
        return thread

    async def say(self, thread, words):
        return await self.post(f"/{thread}/messages", text=words)

    async def invitation(self, thread, whom="Cleo"):
        answer = await self.post(f"/{thread}/invitations", whom=whom)
        found = re.search(r'value="https?://[^/"]+(/[^"]+/invitation/[^"]+)"', answer.text)
        return found[1] if found else None


@pytest.fixture(autouse=True)
async def private(store, event):
    """The event takes posts from phones, and people may talk in private."""
    await store.sources.save(event.slug, SourceSettings(id="form", kind="form"))
    return await store.events.change(event.slug, lambda event: replace(event, back_channels=True))


@pytest.fixture
def somebody(site, store, event):
    async def somebody(name):
        """Somebody in the room, who scanned the code."""
        one = Somebody(site.browser(), event, name)
        ticket = make_ticket(await store.screens.secret(event.slug), event.slug, now=site.time)
        await one.browser.get(f"/{event.slug}/join", params={"k": ticket})
        await one.browser.get(f"/{event.slug}/join")
        return one

    return somebody


@pytest.fixture
async def ana(somebody):
    return await somebody("Ana")


@pytest.fixture
async def ben(somebody):
    return await somebody("Ben")


@pytest.fixture
async def mia_there(site, event, mia):
    return Somebody(await site.browser_of(mia), event, "Mia")


@pytest.fixture
def writes(store, event, site):
    async def writes(one, text="Where do herons nest?"):
        """Put a post by somebody on the wall; returns its id."""
        form = {"text": text, "name": one.name, "nonce": secrets.token_hex(16)}
        await one.browser.post(f"/{event.slug}/join", data=form)
        ((_, standing),) = await store.posts.page(event.slug, Status.WAITING, limit=2)
        await store.posts.decide(event.slug, a_decision("approve", standing), now=site.time)
        return standing.post.id

    return writes


@pytest.fixture
async def post(ana, writes):
    """Ana's post, on the wall."""
    return await writes(ana)


@pytest.fixture
async def thread(ana, ben, post):
    """A thread of Ben, who asked, and Ana, who agreed."""
    await ben.begin(post)
    return await ana.accept()
