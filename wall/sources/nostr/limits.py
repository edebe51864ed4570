"""What a relay says of itself (NIP-11): how many notes it gives at once."""

from wall.errors import SourceError
from wall.sources.fetch import Fetch
from wall.sources.payload import mapping

MEDIA_TYPE = "application/nostr+json"
LARGEST_DOCUMENT = 256 * 1024  # bytes
ASK_SECONDS = 3.0
USUAL = 500  # notes


async def most_at_once(fetch: Fetch, relay: str) -> int:
    """Return how many notes a relay gives at once; one that does not say may be asked for what is usual."""
    address = f"http{relay.removeprefix('ws')}"
    try:
        answer = await fetch.get(
            address, headers={"accept": MEDIA_TYPE}, limit=LARGEST_DOCUMENT, seconds=ASK_SECONDS
        )
        said = mapping(mapping(answer.json()).get("limitation")).get("max_limit")
    except SourceError:
        return USUAL  # whether it can be read at all, its websocket tells
    return said if type(said) is int and said > 0 else USUAL
