"""People on the staff, their sessions, and the one-time links that let them in."""

import hashlib
import secrets
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from wall.core.people import Link, Person, Role, Session
from wall.core.words import _
from wall.errors import NotAllowed, NotFound
from wall.store.codec import decode, encode
from wall.store.database import Call, Database, Script
from wall.store.keys import PEOPLE, PEOPLE_REVOKED

SWAP = Script("swap_field")
IDLE = timedelta(hours=12)
LONGEST = timedelta(days=7)
SEEN_STEP = timedelta(minutes=1)


class People:
    """The staff of this installation."""

    def __init__(self, database: Database) -> None:
        self.database = database

    # People

    async def exist(self) -> bool:
        """Tell whether the set-up is done: there is somebody."""
        return bool(await self.database.command("EXISTS", PEOPLE + "persons"))

    async def save(self, person: Person) -> None:
        await self.database.command("HSET", PEOPLE + "persons", person.id, encode(person))

    async def get(self, person_id: str) -> Person:
        """Return a person; raises NotFound."""
        data = await self.database.command("HGET", PEOPLE + "persons", person_id)
        if data is None:
            raise NotFound(_("There is no such person."))
        return decode(Person, data)

    async def all(self) -> list[Person]:
        rows = await self.database.command("HVALS", PEOPLE + "persons")
        return sorted((decode(Person, row) for row in rows), key=lambda person: person.name.casefold())

    async def with_passphrase(self, name: str) -> Person | None:
        """Return who signs in by this name, in whatever case; no two people with a passphrase share one."""
        wanted = name.casefold()
        return next(
            (one for one in await self.all() if one.passphrase_hash and one.name.casefold() == wanted), None
        )

    async def with_passkey(self, id: str) -> Person | None:
        """Return whose passkey this is, by its id."""
        return next((one for one in await self.all() if any(key.id == id for key in one.passkeys)), None)

    async def from_elsewhere(self, issuer: str, subject: str) -> Person | None:
        """Return who signs in elsewhere as this subject of a provider."""
        who = elsewhere(issuer, subject)
        return next((one for one in await self.all() if one.elsewhere == who), None)

    async def add(
        self, name: str, *, owner: bool = False, slug: str | None = None, role: Role | None = None
    ) -> Person:
        """Return a new person, with a role at one event or owning everything."""
        roles: dict[str, Role] = {slug: role} if slug and role else {}
        person = Person(id=secrets.token_hex(8), name=name, owner=owner, roles=roles)
        await self.save(person)
        return person

    async def change(self, person_id: str, change: Callable[[Person], Person]) -> Person:
        """Change a person by a function of how they stand, and return them; raises NotFound.

        The function may be called again when somebody else changes the person at the same time.
        """
        while True:
            data = await self.database.command("HGET", PEOPLE + "persons", person_id)
            if data is None:
                raise NotFound(_("There is no such person."))
            person = change(decode(Person, data))
            if await self.database.run(Call(SWAP, [PEOPLE + "persons"], [person_id, data, encode(person)])):
                return person

    async def grant(self, person_id: str, slug: str, role: Role | None) -> Person:
        """Give a person a role at an event, or with None take it away; who is nobody now is signed out for good."""
        person = await self.change(
            person_id, lambda person: parted(replace(person, roles=granted(person.roles, slug, role)))
        )
        if not person.roles and not person.owner:
            await self.sign_out_everywhere(person_id)
        await self.database.command("PUBLISH", PEOPLE_REVOKED, person_id)
        return person

    async def part_from(self, slug: str) -> None:
        """Take away every role at an event that is gone, and whoever has no role anywhere then."""
        for person in await self.all():
            if slug in person.roles:
                left = await self.grant(person.id, slug, None)
                if not left.roles and not left.owner:
                    await self.database.command("HDEL", PEOPLE + "persons", person.id)

    # Links

    async def make_link(self, link: Link, *, now: datetime) -> str:
        """Return the token of a new one-time link."""
        token = secrets.token_urlsafe(18)
        seconds = max(1, int((link.expires_at - now).total_seconds()))
        await self.database.command("SET", link_key(token), encode(link), "EX", seconds)
        return token

    async def link(self, token: str, *, now: datetime) -> Link:
        """Return what a link opens, without using it; raises NotAllowed when it is used up or too old."""
        return current(await self.database.command("GET", link_key(token)), now)

    async def use_link(self, token: str, *, now: datetime) -> Link:
        """Return what a link opens, and close it for good; raises NotAllowed when it is used up or too old."""
        return current(await self.database.command("GETDEL", link_key(token)), now)

    # Sessions

    async def sign_in(self, person: Person, *, browser: str, address: str = "", now: datetime) -> str:
        """Return the secret of a new session, for the browser's cookie."""
        secret = secrets.token_urlsafe(24)
        session = Session(
            key=fingerprint(secret),
            person_id=person.id,
            created_at=now,
            seen_at=now,
            browser=browser[:200],
            address=address,
        )
        await self.database.commands(
            ("SET", session_key(session.key), encode(session), "EX", int(IDLE.total_seconds())),
            ("SADD", sessions_key(person.id), session.key),
            ("EXPIRE", sessions_key(person.id), int(LONGEST.total_seconds())),
        )
        return secret

    async def session(self, secret: str, *, address: str = "", now: datetime) -> tuple[Session, Person] | None:
        """Return the session and person of a cookie, or None when it is unknown, idle too long, too old or revoked."""
        data = await self.database.command("GET", session_key(fingerprint(secret)))
        if data is None:
            return None
        session = decode(Session, data)
        if now - session.created_at > LONGEST:
            return None
        person = await self.database.command("HGET", PEOPLE + "persons", session.person_id)
        if person is None:
            return None
        if now - session.seen_at > SEEN_STEP:
            session = replace(session, seen_at=now, address=address or session.address)
            seconds = int(IDLE.total_seconds())
            # XX: a session revoked at this moment must not come back.
            await self.database.command("SET", session_key(session.key), encode(session), "XX", "EX", seconds)
        return session, decode(Person, person)

    async def sessions(self, person_id: str) -> list[Session]:
        """Return where a person is signed in, newest first."""
        names = [key.decode() for key in await self.database.command("SMEMBERS", sessions_key(person_id))]
        rows = await self.database.commands(*(("GET", session_key(name)) for name in names))
        sessions = [decode(Session, row) for row in rows if row]
        return sorted(sessions, key=lambda session: session.created_at, reverse=True)

    async def sign_out(self, person_id: str, key: str) -> None:
        """End one session of a person, if it is theirs."""
        if not await self.database.command("SISMEMBER", sessions_key(person_id), key):
            return
        await self.database.commands(("DEL", session_key(key)), ("SREM", sessions_key(person_id), key))
        await self.database.command("PUBLISH", PEOPLE_REVOKED, person_id)

    async def sign_out_everywhere(self, person_id: str, *, but: str = "") -> None:
        """End every session of a person, but one if that is named by its key."""
        for session in await self.sessions(person_id):
            if session.key != but:
                await self.sign_out(person_id, session.key)


def granted(roles: Mapping[str, Role], slug: str, role: Role | None) -> dict[str, Role]:
    others = {key: value for key, value in roles.items() if key != slug}
    return {**others, slug: role} if role else others


def parted(person: Person) -> Person:
    """Return a person as they are kept: without an address once there is nothing to warn them of."""
    return person if person.roles or person.owner else replace(person, mailbox=None)


def current(data: bytes | None, now: datetime) -> Link:
    link = decode(Link, data) if data else None
    if link is None or link.expires_at < now:
        raise NotAllowed(_("This link was used already, or is too old. Ask for a new one."))
    return link


def fingerprint(secret: str) -> str:
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()


def elsewhere(issuer: str, subject: str) -> str:
    """Return what is kept of who somebody is at a provider."""
    return fingerprint(f"{issuer} {subject}")


def link_key(token: str) -> str:
    return f"{PEOPLE}link:{fingerprint(token)}"


def session_key(key: str) -> str:
    return f"{PEOPLE}session:{key}"


def sessions_key(person_id: str) -> str:
    return f"{PEOPLE}sessions:{person_id}"
