"""Who somebody is on Nostr: a key, and what its profile says (kind 0). Pure."""

from dataclasses import dataclass

from wall.core.link import safe_href
from wall.core.post import Author
from wall.core.text import clean_name
from wall.core.wishes import wishes
from wall.sources.nostr import bech32
from wall.sources.nostr.event import NostrEvent
from wall.sources.payload import loads, mapping, string

GATEWAY = "https://njump.me/"


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """What somebody calls themselves, as of `created_at`. `claim` is a name at a domain, which anybody can write."""

    created_at: int
    name: str = ""
    picture: str | None = None
    bot: bool | None = None
    wishes: tuple[str, ...] = ()
    claim: str = ""


def parse_profile(event: NostrEvent) -> Profile:
    """Return a profile; raises InvalidPost when its content is no JSON."""
    fields = mapping(loads(event.content))
    names = (clean_name(string(fields, one)) for one in ("display_name", "displayName", "name"))
    bot = fields.get("bot")
    return Profile(
        created_at=event.created_at,
        name=next(filter(None, names), ""),
        picture=safe_href(string(fields, "picture")),
        bot=bot if isinstance(bot, bool) else None,
        wishes=wishes(string(fields, "about")),
        claim=string(fields, "nip05"),
    )


def author(pubkey: str, profile: Profile | None, *, handle: str | None = None) -> Author:
    """Return the author with this key. `handle` is a name at a domain that its domain has confirmed."""
    npub = bech32.encode("npub", bytes.fromhex(pubkey))
    handle = handle or shortened(npub)
    return Author(
        uid=f"nostr:{pubkey}",
        handle=handle,
        name=(profile.name if profile else "") or handle,
        url=GATEWAY + npub,
        avatar_url=profile.picture if profile else None,
        bot=profile.bot if profile else None,
        wishes=profile.wishes if profile else (),
    )


def shortened(name: str) -> str:
    start = name.index("1") + 5
    return f"{name[:start]}…{name[-4:]}"
