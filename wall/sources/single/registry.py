"""Who is asked for a post by its address, in this order. A new network is a file and its line here."""

from dataclasses import replace
from importlib import import_module
from typing import cast
from urllib.parse import urlsplit

from wall.core.post import Post
from wall.core.words import _
from wall.errors import InvalidInput, SourceError
from wall.sources.single.base import Reader, Sought

READERS = (
    "wall.sources.single.nostr",
    "wall.sources.single.bluesky",
    "wall.sources.single.mastodon",
    "wall.sources.single.page",
)
LONGEST_ADDRESS = 2000  # characters


async def find(sought: Sought) -> Post:
    """Return the post at an address. Raises InvalidInput, SourceError or InvalidPost, in words."""
    sought = replace(sought, address=checked(sought.address))
    for module in READERS:
        read = cast("Reader", import_module(module).read)
        if post := await read(sought):
            return post
    raise SourceError(_("There is no post at this address."), permanent=True)


def checked(text: str) -> str:
    """Return an address as typed or pasted, with https:// where a person left it out; raises InvalidInput."""
    address = text.strip()
    if not address:
        raise InvalidInput(_("Paste the address of a post."), field="address")
    if len(address) > LONGEST_ADDRESS or not address.isprintable() or " " in address:
        raise InvalidInput(_("This is not one address."), field="address")
    try:
        parts = urlsplit(address)
    except ValueError as error:
        raise InvalidInput(_("This is not an address."), field="address") from error
    if parts.scheme in ("http", "https", "nostr", "at"):
        return address
    if "." not in address.partition("/")[0]:
        return address  # a bare name, such as note1…
    return f"https://{address}"
