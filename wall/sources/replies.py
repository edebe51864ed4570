"""Asking a network what became of our posts, who answered them and who passed them on: politely, one after another."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from wall.core.post import Post
from wall.errors import SourceError
from wall.sources.asking import between, wait_after
from wall.sources.base import Asked, Context
from wall.sources.merge import Put

Ask = Callable[[Put, Post], Awaitable[bool]]
"""Asks about one post: puts what answers it, then Asked; or who passed it on. Returns whether it had to ask a network.

Raises SourceError.
"""
MOST_AMPLIFIERS = 100
"""People that a network is asked for who passed one post on."""


@dataclass(frozen=True, slots=True)
class Pace:
    """How often it is looked what to ask about, the pause after each question, and the longest one after trouble.

    In seconds. As they are, a network is asked about ten times a minute.
    """

    look: tuple[float, float] = (10.0, 20.0)
    pause: tuple[float, float] = (5.0, 7.0)
    longest_wait: float = 60.0


async def ask_about_posts(context: Context, replies: Ask, amplifiers: Ask, pace: Pace, put: Put) -> None:
    """Ask about each post that it is time to ask about, for ever; trouble leaves one for the next time.

    For replies only where the event takes them in.
    """
    asks = (replies, amplifiers) if context.event.replies != "no" else (amplifiers,)
    attempt = 0
    while True:
        await asyncio.sleep(between(pace.look))
        for post in await context.to_ask():
            if replies not in asks:
                await put([Asked(post.uid)])
            for ask in asks:
                try:
                    asked, attempt = await ask(put, post), 0
                except SourceError as error:
                    asked = True
                    if error.permanent and ask is replies:
                        await put([Asked(post.uid)])
                    elif not error.permanent:
                        attempt += 1
                        await asyncio.sleep(wait_after(attempt, error, longest=pace.longest_wait))
                if asked:
                    await asyncio.sleep(between(pace.pause))
                if attempt:
                    break
