"""Who is, and was, a member of the circle of each event."""

import secrets
from dataclasses import replace
from datetime import datetime

from wall.core.audit import Entry, EntryKind
from wall.core.circle import Left, Member, check_leaving
from wall.core.words import _
from wall.errors import NotAllowed, NotFound
from wall.store.codec import decode, encode
from wall.store.database import Database
from wall.store.field_change import Rows, change_fields
from wall.store.keys import CIRCLE, EventKeys


class Members:
    """The members of every circle, by slug."""

    def __init__(self, database: Database) -> None:
        self.database = database

    async def all(self, slug: str) -> list[Member]:
        """Return who is a member, and who was."""
        return [decode(Member, row) for row in await self.database.command("HVALS", EventKeys(slug).members)]

    async def get(self, slug: str, member_id: str) -> Member:
        """Return a member, of now or before; raises NotFound."""
        row = await self.database.command("HGET", EventKeys(slug).members, member_id)
        if row is None:
            raise NotFound(_("There is no such member."))
        return decode(Member, row)

    async def of_person(self, slug: str, person_id: str) -> Member | None:
        """Return the member who somebody of the staff is, if they are one."""
        return next((one for one in await self.all(slug) if one.present and one.person == person_id), None)

    async def seat(self, slug: str, person_id: str, name: str, *, now: datetime) -> Member:
        """Give an organiser of the event a place in its circle, and return it; nothing happens where they have one."""
        before = await self.of_person(slug, person_id)
        id = before.id if before else secrets.token_hex(6)
        taken = Member(id=id, name=name, came="organiser", came_at=now, person=person_id, office=True)
        entry = Entry(kind="member came", by=person_id, by_name=name, at=now, about="as organiser")

        def change(rows: Rows) -> tuple[list[bytes | None], Entry | None]:
            nonlocal taken
            if rows[0] is None:
                return [encode(taken)], entry
            taken = replace(decode(Member, rows[0]), office=True)
            return [encode(taken)], None

        await change_fields(self.database, slug, [(EventKeys(slug).members, id)], change)
        return taken

    async def begin_with(self, slug: str, person_id: str, name: str, *, now: datetime) -> None:
        """Have somebody of the team be a member of a new circle from its beginning; nothing happens where they are."""
        if await self.of_person(slug, person_id):
            return
        first = Member(id=secrets.token_hex(6), name=name, came="team", came_at=now, person=person_id)
        entry = member_entry(first, "member came", now, about="from the beginning")
        await change_fields(
            self.database,
            slug,
            [(EventKeys(slug).members, first.id)],
            lambda _: ([encode(first)], entry),
        )

    async def unseat(self, slug: str, person_id: str, *, now: datetime) -> None:
        """Take the place of somebody who is no organiser any more; who had been admitted stays a member."""
        found = await self.of_person(slug, person_id)
        if found is None or not found.office:
            return

        def change(rows: Rows) -> tuple[list[bytes | None], Entry | None]:
            if rows[0] is None:
                return [None], None
            member = replace(decode(Member, rows[0]), office=False)
            if member.came != "organiser":
                return [encode(member)], None
            return [encode(gone(member, "office", now))], went(member, now)

        await change_fields(self.database, slug, [(EventKeys(slug).members, found.id)], change)
        await self.tell_gone(slug)

    async def leave(self, slug: str, member_id: str, *, now: datetime) -> None:
        """Let a member go who wishes to; raises InvalidInput for an organiser."""

        def change(rows: Rows) -> tuple[list[bytes | None], Entry | None]:
            member = here(rows[0])
            check_leaving(member)
            return [encode(gone(member, "left", now))], went(member, now)

        await change_fields(self.database, slug, [(EventKeys(slug).members, member_id)], change)
        await self.tell_gone(slug)

    async def tell_gone(self, slug: str) -> None:
        """Have every process look anew who may follow this event."""
        await self.database.command("PUBLISH", EventKeys(slug).revoked, CIRCLE)


def here(row: bytes | None) -> Member:
    """Return the member kept as this; raises NotAllowed where they went meanwhile."""
    member = decode(Member, row) if row else None
    if member is None or not member.present:
        raise NotAllowed(_("You are no member of this circle any more."))
    return member


def gone(member: Member, how: Left, now: datetime) -> Member:
    return replace(member, left=how, left_at=now, office=False)


def went(member: Member, now: datetime) -> Entry:
    return member_entry(member, "member went", now, about="")


def member_entry(member: Member, kind: EntryKind, now: datetime, *, about: str) -> Entry:
    return Entry(kind=kind, by=member.person or f"member-{member.id}", by_name=member.name, at=now, about=about)
