"""The people of a circle: Olga organises it; Ana and Ben came by invitation, each with a browser."""

from tests.cast import NOW
from wall.core.circle import CircleRule

RULE = CircleRule()


async def invite(store, slug, by, name, *, rule=RULE, now=NOW, votes=()):
    """Have somebody admitted, the others voting aye, and return the token of their link."""
    made = await store.proposals.propose(slug, rule, by, now=now, name=name, reason="Knows a lot.")
    for member in votes:
        await store.proposals.vote(slug, made.id, member.id, "aye", "", now=now)
    accepted = await store.proposals.get(slug, made.id, now=now)
    assert accepted.state == "accepted"
    return await store.ways_in.invite(slug, accepted, by, now=now)


async def come_in(store, slug, token, name, *, now=NOW):
    """Use an invitation, and return the new member with the secret of their browser."""
    secret = await store.ways_in.enter(slug, token, name=name, browser="Firefox", now=now)
    return await store.ways_in.member(slug, secret, now=now), secret


async def a_circle(store, slug, *, now=NOW):
    """Return Olga, Ana and Ben, and the secrets of the browsers of the latter two."""
    olga = await store.members.seat(slug, "olga", "Olga", now=now)
    ana, anas = await come_in(store, slug, await invite(store, slug, olga, "Ana", now=now), "Ana", now=now)
    token = await invite(store, slug, olga, "Ben", votes=[ana], now=now)
    ben, bens = await come_in(store, slug, token, "Ben", now=now)
    return olga, ana, ben, anas, bens
