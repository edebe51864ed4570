"""Letters to staff that wait to be sent, which were sent, and addresses that wait for their link to be opened."""

import secrets
from datetime import datetime, timedelta

from wall.core.letter import GIVEN_UP, Letter
from wall.core.mailbox import AskedMailbox
from wall.store.codec import decode, encode
from wall.store.database import Call, Database, Script
from wall.store.keys import PEOPLE
from wall.store.leases import LEASE
from wall.store.people import fingerprint

PUT = Script("put_letter")
SWAP = Script("swap_field")
WAITING, SENT, SENDING = f"{PEOPLE}letters", f"{PEOPLE}letters-sent", f"{PEOPLE}letters-lease"
KEPT = GIVEN_UP + timedelta(days=1)
REMEMBERED = timedelta(days=60)
LEASE_SECONDS = 300
ASKED = timedelta(minutes=30)


class Letters:
    """The letters of this installation."""

    def __init__(self, database: Database) -> None:
        self.database = database

    async def put(self, letter: Letter) -> bool:
        """Keep a letter to be sent; returns False for one that was before."""
        seconds = int(KEPT.total_seconds())
        call = Call(PUT, [WAITING, SENT], [letter.id, encode(letter), seconds])
        return bool(await self.database.run(call))

    async def waiting(self) -> list[Letter]:
        """Return what is not sent yet, the oldest first."""
        rows = await self.database.command("HVALS", WAITING)
        return sorted((decode(Letter, row) for row in rows), key=lambda one: one.at)

    async def how_many(self) -> int:
        return int(await self.database.command("HLEN", WAITING))

    async def put_off(self, before: Letter, after: Letter) -> None:
        """Try a letter again later, if it is as it was."""
        call = Call(SWAP, [WAITING], [before.id, encode(before), encode(after)])
        await self.database.run(call)

    async def done(self, letter: Letter, *, now: datetime) -> None:
        """Forget a letter, and remember that there was one."""
        long_ago = (now - REMEMBERED).timestamp()
        await self.database.commands(
            ("HDEL", WAITING, letter.id),
            ("ZADD", SENT, now.timestamp(), letter.id),
            ("ZREMRANGEBYSCORE", SENT, "-inf", long_ago),
            atomic=True,
        )

    async def lease(self, holder: str) -> bool:
        """Be the one who sends, or stay it; returns whether the holder is."""
        return await self._act(holder, "take") or await self._act(holder, "renew")

    async def give_back(self, holder: str) -> None:
        await self._act(holder, "give back")

    async def _act(self, holder: str, act: str) -> bool:
        return bool(await self.database.run(Call(LEASE, [SENDING], [holder, LEASE_SECONDS * 1000, act])))

    # Addresses

    async def ask(self, asked: AskedMailbox) -> str:
        """Return the token of a link to be sent to an address."""
        token = secrets.token_urlsafe(18)
        await self.database.command("SET", asked_key(token), encode(asked), "EX", int(ASKED.total_seconds()))
        return token

    async def asked(self, token: str) -> AskedMailbox | None:
        """Return which address a link is of, None for one that was used, or is too old."""
        data = await self.database.command("GET", asked_key(token))
        return decode(AskedMailbox, data) if data else None

    async def use(self, token: str) -> AskedMailbox | None:
        """Return which address a link is of, and close it for good."""
        data = await self.database.command("GETDEL", asked_key(token))
        return decode(AskedMailbox, data) if data else None


def asked_key(token: str) -> str:
    return f"{PEOPLE}mailbox:{fingerprint(token)}"
