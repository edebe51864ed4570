"""Machines that wait to become a screen: each shows a code, until an organiser types it.

What a machine proves itself by is a secret in its cookie, of which only the fingerprint is kept here. Once it is
paired, that very secret is the token of its screen: so no token is ever handed over, stored, or written anywhere.

How likely a guess is: only an organiser can type a code, and gains nothing but a stranger's machine showing their own
wall. There are 20^6 = 64,000,000 codes; somebody has ten tries in five minutes. With five machines waiting, ten tries
meet one of them with a chance of 1 in 1,280,000; who goes on for a whole day, 2,880 tries, with 1 in 4,400. At most
`MOST_WAITING` codes are given out in five minutes, so at most 400 hold at once: if somebody arranges that for a whole
day, the chance is 1 in 55 to meet one of the machines that they set up themselves.
"""

import secrets

from wall.core.pairing import CODES, spell_code
from wall.store.database import Database
from wall.store.screens import fingerprint

CODE_SECONDS = 300
WAITS_SECONDS = 24 * 3600
PAIRED_SECONDS = 3600
MOST_WAITING = 200
PREFIX = "wall:{pairings}:"


class Pairings:
    """The machines that wait, by the fingerprint of their secret."""

    def __init__(self, database: Database) -> None:
        self.database = database

    async def begin(self) -> tuple[str, str]:
        """Return a new machine's secret, which is told this once, and its first code."""
        secret = secrets.token_urlsafe(24)
        return secret, await self.renew(fingerprint(secret))

    async def renew(self, machine: str) -> str:
        """Return a new code for a machine; the one before holds until its end, for who is just typing it."""
        code = spell_code(secrets.randbelow(CODES))
        while not await self.database.command("SET", code_key(code), machine, "NX", "EX", CODE_SECONDS):
            code = spell_code(secrets.randbelow(CODES))
        await self.database.command("SET", machine_key(machine), code, "EX", WAITS_SECONDS)
        return code

    async def code(self, machine: str) -> tuple[str | None, int]:
        """Return the code of a machine and how many seconds it still holds; None for a machine not known here."""
        code = await self.database.command("GET", machine_key(machine))
        if code is None:
            return None, 0
        left = await self.database.command("PTTL", code_key(code.decode()))
        return code.decode(), max(0, int(left) // 1000)

    async def take(self, code: str) -> str | None:
        """Use a code up, and return the machine that shows it; None when none does."""
        machine = await self.database.command("GETDEL", code_key(code))
        return machine.decode() if machine else None

    async def pair(self, machine: str, slug: str) -> None:
        """Let a machine know which event it is a screen of; no code of it holds any more."""
        code = await self.database.command("GETDEL", machine_key(machine))
        await self.database.commands(
            ("SET", paired_key(machine), slug, "EX", PAIRED_SECONDS),
            *([("DEL", code_key(code.decode()))] if code else []),
        )

    async def paired(self, machine: str) -> str | None:
        """Return the event that a machine was made a screen of; for an hour, since answers are lost at times."""
        slug = await self.database.command("GET", paired_key(machine))
        return slug.decode() if slug else None


def code_key(code: str) -> str:
    return f"{PREFIX}code:{code}"


def machine_key(machine: str) -> str:
    return f"{PREFIX}machine:{machine}"


def paired_key(machine: str) -> str:
    return f"{PREFIX}paired:{machine}"
