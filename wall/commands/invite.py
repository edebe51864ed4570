"""`backchannel invite`: a one-time link that lets somebody in."""

import argparse

from wall.commands import LINK_LASTS, base_url, now, say, setup_link
from wall.config import Config
from wall.core.people import Link
from wall.errors import ConfigError
from wall.store import open_store
from wall.store.server import running_url


async def invite(config: Config, options: argparse.Namespace) -> int:
    """Print a one-time link for an owner, or for the staff of an event."""
    store = open_store(config.redis_url or running_url(config.data_dir / "redis"))
    base = base_url(config, config.port)
    try:
        await store.sharing.check()
        if options.owner and not await store.people.exist():
            link = await setup_link(store, base)
        elif options.owner:
            owner = next(person for person in await store.people.all() if person.owner)
            token = await store.people.make_link(
                Link(kind="sign-in", person_id=owner.id, expires_at=now() + LINK_LASTS), now=now()
            )
            link = f"{base}/sign-in#{token}"
        elif options.event:
            event = await store.events.get(options.event)
            token = await store.people.make_link(
                Link(
                    kind="invite",
                    slug=event.slug,
                    role=options.role,
                    name=options.name,
                    expires_at=now() + LINK_LASTS,
                ),
                now=now(),
            )
            link = f"{base}/sign-in#{token}"
        else:
            raise ConfigError("Say whom to invite: --owner, or --event with its slug.")
    finally:
        await store.database.close()
    say("This link works once, in the first browser that opens it, and for a day:", f"  {link}")
    return 0
