"""A webhook of the event, and who receives what it is told."""

from datetime import timedelta

import pytest
import pytest_asyncio

from tests.cast import NOW, a_decision, a_post
from tests.receiver import Receiver
from wall.core.measures import Measures
from wall.core.moderation import Verdict
from wall.core.webhook import Progress, Webhook
from wall.sources.webhook import new_secret
from wall.store.submission import Submission
from wall.web.views import post_json
from wall.webhooks import Courier


class Clock:
    def __init__(self):
        self.time = NOW

    def __call__(self):
        return self.time

    def later(self, **passed):
        self.time += timedelta(**passed)


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def receiver(clock):
    return Receiver(clock)


@pytest_asyncio.fixture
async def courier(store, receiver, clock):
    async with receiver.fetch() as fetch:
        yield Courier(
            store=store, fetch=fetch, show=post_json, now=clock, random=lambda: 0.5, sent=Measures().webhooks
        )


@pytest_asyncio.fixture
async def hook(store, event):
    """A webhook that is told everything from now on."""
    hook = Webhook(
        id="hook",
        name="Lobby lights",
        address="https://lights.example/wall",
        base="https://wall.example",
        secrets=(new_secret(),),
    )
    tip = await store.feeds.tip(event.slug, "public")
    await store.webhooks.create(event.slug, hook, Progress(epoch=tip.epoch, offset=tip.offset))
    return hook


@pytest.fixture
def show(store, event):
    """Have a post come onto the wall."""

    async def show(text="Hello #PyConEx", **fields):
        post = a_post(text, **fields)
        await store.posts.submit(event.slug, [Submission(post, Verdict())], now=NOW)
        waiting = await store.posts.get(event.slug, post.id)
        return await store.posts.decide(event.slug, a_decision("approve", waiting), now=NOW)

    return show


@pytest.fixture
def decide(store, event):
    async def decide(kind, standing):
        return await store.posts.decide(event.slug, a_decision(kind, standing), now=NOW)

    return decide


@pytest.fixture
def tell(courier, event, hook):
    """Have the courier go on until there is nothing to do for now."""

    async def tell():
        while await courier.step(event.slug, hook.id):
            pass

    return tell
