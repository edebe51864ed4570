"""Editions of a chat for the tests, and what people say in them."""

from dataclasses import replace
from datetime import date, time, timedelta

from tests.cast import NOW, a_post
from wall.core.audit import Entry
from wall.core.chat import Chat
from wall.core.edition import ChatQuestion, Edition, Host
from wall.core.moderation import Status, Verdict
from wall.core.post import Author
from wall.store.submission import Submission

SHEP = Author(uid="ap:https://social.example/users/shep", handle="@shep@social.example", name="Shep")
HOST = Host(name="Shep", known_as=("@shep@social.example",))
PUT = Entry(kind="chat", by="mia", by_name="Mia", at=NOW)
CHAT = Chat(first=date(2026, 6, 12), at=time(9, 30), continents=True)
THROUGH = Verdict(status=Status.APPROVED)
QUESTIONS = tuple(
    ChatQuestion(number=number, text=f"What is number {number}?", minute=10 * number) for number in (1, 2, 3)
)


def an_edition(number=1, *, starts=NOW, minutes=60, **fields):
    """Return an edition of an hour with three questions, at ten, twenty and thirty minutes, led by Shep."""
    fields.setdefault("hosts", (HOST,))
    fields.setdefault("questions", QUESTIONS)
    ends = starts + timedelta(minutes=minutes)
    return Edition(number=number, topic=f"Topic {number}", starts=starts, ends=ends, **fields)


def said(text, *, minute=0, starts=NOW, **fields):
    """Return a post of a chat, so many minutes after it began."""
    at = starts + timedelta(minutes=minute)
    return replace(a_post(text, **fields), created_at=at, received_at=at)


async def make_chat(store, event, *editions, chat=CHAT, now=NOW):
    """Make an event a chat, with editions."""
    await store.events.change(event.slug, lambda before: replace(before, chat=chat))
    for edition in editions:
        await store.chats.create(event.slug, edition, now=now)


async def show(store, event, *posts, now=NOW):
    """Put posts on the wall."""
    await store.posts.submit(event.slug, [Submission(post, THROUGH) for post in posts], now=now)
    return posts
