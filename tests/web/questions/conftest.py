"""An event that takes questions, the phones of the room, and questions on the wall."""

import secrets
from dataclasses import replace
from datetime import timedelta

import pytest

from tests.cast import NOW, a_post
from wall.core.moderation import Status, Verdict
from wall.core.programme import Session
from wall.core.question import Question
from wall.core.tickets import make_ticket
from wall.store.submission import Submission

ON_THE_WALL = Verdict(status=Status.APPROVED)


@pytest.fixture
def asking(store, event):
    """Have the event take questions."""

    async def asking(how):
        await store.events.change(event.slug, lambda before: replace(before, questions=how))

    return asking


@pytest.fixture(autouse=True)
async def moderated(asking):
    await asking("moderated")


@pytest.fixture
def phone(site, store, event):
    """Return the phone of somebody who came by a screen's code."""

    async def phone(*, address="127.0.0.1"):
        browser = site.browser(address=address)
        ticket = make_ticket(await store.screens.secret(event.slug), event.slug, now=site.time)
        await browser.get(f"/{event.slug}/join", params={"k": ticket})
        await browser.get(f"/{event.slug}/questions")
        return browser

    return phone


@pytest.fixture
def put_up(store, event):
    """Put a question on the wall."""

    async def put_up(text="Why?", *, verdict=ON_THE_WALL, minutes=0, session="", **fields):
        post = a_post(text, **fields)
        at = NOW + timedelta(minutes=minutes)
        await store.questions.ask(event.slug, Question(post_id=post.id, at=at, session=session))
        await store.posts.submit(event.slug, [Submission(post, verdict)], now=NOW)
        return post.id

    return put_up


@pytest.fixture
def ask(event):
    async def ask(phone, text="Why so?", **fields):
        form = {"text": text, "name": "Ana", "session": "", "nonce": secrets.token_hex(16)} | fields
        return await phone.post(f"/{event.slug}/questions", data=form)

    return ask


@pytest.fixture
def vote(event):
    async def vote(phone, id, wanted="yes", **headers):
        return await phone.post(f"/{event.slug}/questions/{id}/vote", data={"wanted": wanted}, headers=headers)

    return vote


@pytest.fixture
def told(site, event):
    async def told(**query):
        answer = await site.browser().get(f"/{event.slug}/questions.json", params=query)
        return answer.json()["questions"]

    return told


@pytest.fixture
async def talks(store, event):
    """Two talks that are on in two rooms, and one that is over."""
    sessions = [
        Session(id="left", title="Left talk", room="Left", starts=NOW, ends=NOW + timedelta(hours=1)),
        Session(id="right", title="Right talk", room="Right", starts=NOW, ends=NOW + timedelta(hours=1)),
        Session(
            id="over",
            title="Over talk",
            room="Left",
            starts=NOW - timedelta(hours=3),
            ends=NOW - timedelta(hours=2),
        ),
    ]
    for one in sessions:
        await store.programmes.change(event.slug, lambda before, one=one: before.with_session(one), now=NOW)
