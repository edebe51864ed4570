"""How the authors of an event are called by their newest posts on the wall, and where the desk has those."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from wall.core.event import Event
from wall.core.post import Author
from wall.web.chat_moment import by_id
from wall.web.figure_words import network_name
from wall.web.state import State

LOOKED_AT = 5
"""Posts of a person that are looked at."""


@dataclass(frozen=True, slots=True)
class Known:
    """An author as they call themselves in a post that stands on the wall, and the network that it came by."""

    author: Author
    network: str

    @property
    def name(self) -> str:
        return self.author.name or self.author.handle


async def people_of(
    services: State, event: Event, authors: Sequence[str], *, looked_at: int = LOOKED_AT
) -> dict[str, Known]:
    """Return who some authors are; those without a post on the wall any more are left out."""
    some = await services["store"].chat_index.someone(event.slug, authors, looked_at) if authors else {}
    found: dict[str, Known] = {}
    for standing in (await by_id(services["store"], event, [id for ids in some.values() for id in ids])).values():
        found.setdefault(
            standing.post.author.uid, Known(standing.post.author, network_name(standing.post.source.kind))
        )
    return found


def posts_url(event: Event, author: str) -> str:
    """Return where the desk lists what somebody has on the wall."""
    return f"/{event.slug}/moderate/approved?{urlencode({'by': author})}"
