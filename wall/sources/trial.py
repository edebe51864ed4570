"""A source tried before it is saved: read for a moment, told in words how it fares, and nothing kept."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from contextlib import aclosing
from dataclasses import dataclass
from datetime import datetime

from wall.core.event import Event
from wall.core.post import Post
from wall.core.source import SourceSettings
from wall.errors import SourceError
from wall.sources.base import Checkpoint, Context, Health, SetAside, Source, Upsert
from wall.sources.fetch import Fetch

SECONDS = 10.0
TRIED = "tried"


@dataclass(slots=True, kw_only=True)
class Trial:
    """What came of it: how the source says it fares, a post that the wall would want, and how many it would not.

    `error` is why it could not go on, `set_aside` why one of its posts could not be read.
    """

    health: Health | None = None
    post: Post | None = None
    unwanted: int = 0
    set_aside: str = ""
    error: str = ""

    @property
    def enough(self) -> bool:
        return self.post is not None and self.health is not None


async def tried(
    source: type[Source],
    options: Mapping[str, str],
    event: Event,
    fetch: Fetch,
    now: Callable[[], datetime],
    *,
    seconds: float = SECONDS,
) -> Trial:
    """Read a source with these options until it showed how it fares and one post, for so many seconds at most."""
    trial = Trial()
    forgets = getattr(source, "forgets", False)  # reading on would take from the saved source what was shown here
    settings = SourceSettings(id=TRIED, kind=source.kind, options=options)
    context = Context(settings=settings, event=event, fetch=fetch, known=nothing_known, now=now)
    try:
        async with asyncio.timeout(seconds), aclosing(source(context).posts(None)) as batches:
            async for batch in batches:
                for one in batch:
                    if isinstance(one, Health):
                        trial.health = one
                    elif isinstance(one, SetAside):
                        trial.set_aside = one.reason
                    elif isinstance(one, Upsert) and not event.wants(one.post):
                        trial.unwanted += 1
                    elif isinstance(one, Upsert):
                        trial.post = trial.post or one.post
                if trial.enough or (forgets and any(isinstance(one, Checkpoint) for one in batch)):
                    break
    except SourceError as error:
        trial.error = error.message
    except TimeoutError:
        pass  # what was seen so far is what there is to tell
    return trial


async def nothing_known(limit: int) -> Sequence[str]:
    return ()
