"""Asking a network who answered our posts, politely: one post after another, with a pause between."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from wall.core.post import Post
from wall.errors import SourceError
from wall.sources.asking import between, wait_after
from wall.sources.base import Asked, Context
from wall.sources.merge import Put

Ask = Callable[[Put, Post], Awaitable[None]]
"""Asks about one post, and puts what answers it, then Asked. Raises SourceError."""


@dataclass(frozen=True, slots=True)
class Pace:
    """How often it is looked what to ask about, the pause after each question, and the longest one after trouble.

    In seconds. As they are, a network is asked about ten times a minute.
    """

    look: tuple[float, float] = (10.0, 20.0)
    pause: tuple[float, float] = (5.0, 7.0)
    longest_wait: float = 60.0


async def ask_for_replies(context: Context, ask: Ask, pace: Pace, put: Put) -> None:
    """Ask about each post that it is time to ask about, for ever; trouble leaves one for the next time."""
    attempt = 0
    while True:
        await asyncio.sleep(between(pace.look))
        for post in await context.to_ask():
            try:
                await ask(put, post)
                attempt = 0
            except SourceError as error:
                if error.permanent:
                    await put([Asked(post.uid)])
                else:
                    attempt += 1
                    await asyncio.sleep(wait_after(attempt, error, longest=pace.longest_wait))
            await asyncio.sleep(between(pace.pause))
