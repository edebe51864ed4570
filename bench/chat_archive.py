"""An archive of a weekly chat such as #custserv: 22 editions and 30,000 posts, kept by the real store.

    python -m bench.chat_archive redis://127.0.0.1:6379 --slug custserv

Makes the event in a Redis that a wall uses, so that one can look at it there. Everybody in it is invented.
"""

import argparse
import asyncio
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import accumulate, islice
from random import Random

from wall.core.chat import Chat
from wall.core.edition import ChatQuestion, Edition, Host
from wall.core.event import Event
from wall.core.moderation import Status, Verdict
from wall.core.post import Author, Post, SourceRef, Tag
from wall.gathering import Gatherer
from wall.store import Store, open_store
from wall.store.submission import Submission

CHAT = Chat(first=date(2026, 1, 6), at=time(21), minutes=60, continents=True)
TIMEZONE = "America/New_York"
BATCH = 250
QUESTIONS = (
    "What is the first thing a customer hears from you?",
    "When did you last thank somebody who complained?",
    "Which rule would your team like to be rid of?",
    "How do you answer in public what is private?",
    "What do you measure, and what should you?",
    "Who in your house never meets a customer, and should?",
    "What did you learn from a day when everything failed?",
    "What will you do tomorrow?",
)
TOPICS = (
    "Saying sorry",
    "The first week",
    "When the line is long",
    "Words that help",
    "Who answers at night",
    "Small teams",
)
WORDS = [
    "listen",
    "first",
    "then",
    "answer",
    "people",
    "remember",
    "how",
    "it",
    "ended",
    "we",
    "call",
    "back",
    "the",
    "same",
    "day",
    "a",
    "name",
    "helps",
    "more",
    "than",
    "a",
    "number",
    "trust",
    "the",
    "team",
    "write",
    "it",
    "down",
    "ask",
    "again",
    "next",
    "week",
    "nobody",
    "likes",
    "to",
    "repeat",
    "themselves",
    "be",
    "kind",
    "be",
    "quick",
    "be",
    "honest",
]
LANGUAGES = ("en",) * 16 + ("fi", "ja", "de", "sw")
VERDICT = Verdict(status=Status.APPROVED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Size:
    """How large an archive is: its editions, the posts of all of them, and who there is to write them."""

    editions: int = 22
    posts: int = 30_000
    people: int = 1_800
    questions: int = len(QUESTIONS)


def event_of(slug: str) -> Event:
    return Event(
        slug=slug,
        title="Customer service chat",
        hashtags=("custserv",),
        keys=("custserv",),
        timezone=TIMEZONE,
        chat=CHAT,
    )


def editions(size: Size) -> list[Edition]:
    """Return the editions of an archive, each with its questions and two hosts."""
    begins = islice(CHAT.begins(TIMEZONE, datetime(2026, 1, 1, tzinfo=UTC)), size.editions)
    hosts = tuple(Host(name=author(n).name, known_as=(author(n).handle,)) for n in range(2))
    every = 56 // size.questions
    asked = tuple(
        ChatQuestion(number=n + 1, text=QUESTIONS[n % len(QUESTIONS)], minute=3 + n * every)
        for n in range(size.questions)
    )
    return [
        Edition(
            number=n + 1,
            topic=f"{TOPICS[n % len(TOPICS)]} {'again' if n >= len(TOPICS) else ''}".strip(),
            starts=begin,
            ends=begin + CHAT.length,
            hosts=hosts,
            questions=asked,
        )
        for n, begin in enumerate(begins)
    ]


def author(number: int) -> Author:
    return Author(
        uid=f"ap:https://social.example/users/p{number}",
        handle=f"@p{number}@social.example",
        name=f"Person {number}",
    )


def posts(size: Size) -> Iterator[Post]:
    """Yield the posts of an archive in the order in which they were written; the same ones each time."""
    weights = list(accumulate(1 / (place + 4) for place in range(size.people)))
    for edition in editions(size):
        random = Random(size.editions - edition.number)  # the last one is the same in an archive of any length
        many = size.posts // size.editions
        times = sorted(random.triangular(-8, 75, 25) for _ in range(many - size.questions))
        spoken = [(minute, *said(random, edition, minute)) for minute in times]
        spoken += [(one.minute, f"Q{one.number}: {one.text} #custserv", True) for one in edition.questions]
        for number, (minute, text, by_host) in enumerate(sorted(spoken)):
            who = 0 if by_host else random.choices(range(size.people), cum_weights=weights)[0]
            at = edition.starts + timedelta(minutes=minute)
            yield Post(
                uid=f"ap:https://social.example/notes/{edition.number}-{number}",
                source=SourceRef(id="m", kind="mastodon"),
                author=author(who),
                text=text,
                tags=(Tag("custserv", "custserv"),),
                language=LANGUAGES[who % len(LANGUAGES)],
                created_at=at,
                received_at=at,
            )


def said(random: Random, edition: Edition, minute: float) -> tuple[str, bool]:
    """Return what somebody says at a minute: mostly an answer to what was asked last."""
    words = " ".join(random.choices(WORDS, k=random.randint(4, 22)))
    asked = [one.number for one in edition.questions if one.minute <= minute]
    if asked and random.random() < 0.65:
        return f"A{asked[-1]} {words} #custserv", False
    return f"{words.capitalize()} #custserv", False


async def seed(store: Store, slug: str, size: Size) -> None:
    """Keep an archive as a wall would, and gather it."""
    await store.events.create(event_of(slug))
    for edition in editions(size):
        await store.chats.create(slug, edition, now=edition.starts)
    every = posts(size)
    while batch := list(islice(every, BATCH)):
        await store.posts.submit(slug, [Submission(one, VERDICT) for one in batch], now=batch[-1].created_at)
    await Gatherer(store).gather(slug)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("redis", help="address of the Redis that the wall uses")
    parser.add_argument("--slug", default="custserv", help="address of the event (custserv)")
    parser.add_argument("--editions", type=int, default=Size.editions)
    parser.add_argument("--posts", type=int, default=Size.posts)
    options = parser.parse_args()
    asyncio.run(keep(options.redis, options.slug, Size(editions=options.editions, posts=options.posts)))


async def keep(redis: str, slug: str, size: Size) -> None:
    store = open_store(redis)
    try:
        await seed(store, slug, size)
    finally:
        await store.database.close()


if __name__ == "__main__":
    main()
