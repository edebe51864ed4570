"""The ways into the circle of each event: browsers that are let in, and links that let one in, once."""

import re
import secrets
from dataclasses import replace
from datetime import datetime, timedelta

from wall.core.audit import Entry
from wall.core.circle import Browser, Member, OwnLink
from wall.core.inviting import check_invitable
from wall.core.proposal import Proposal
from wall.core.words import _
from wall.errors import NotAllowed, NotFound
from wall.store.codec import decode, encode
from wall.store.database import Call, Database, Script
from wall.store.field_change import Rows, change_fields
from wall.store.keys import EventKeys
from wall.store.members import Members, here, member_entry
from wall.store.screens import fingerprint

SWAP = Script("swap_field")
INVITATION_VALID = timedelta(days=7)
OWN_VALID = timedelta(hours=1)
TOKEN = re.compile(r"([ib])\.([0-9a-f]{12})\.([\w-]{24})", re.ASCII)
SEEN_STEP = timedelta(days=1)
USED = _("This link was used already, or is too old. Ask for a new one.")


class WaysIn:
    """The browsers and links of every circle, by slug. A token is told once, and kept as its fingerprint."""

    def __init__(self, database: Database, members: Members) -> None:
        self.database = database
        self.members = members

    # Browsers

    async def member(self, slug: str, secret: str, *, now: datetime) -> Member | None:
        """Return the member whose browser has this secret, None where it lets nobody in, any more."""
        keys, id = EventKeys(slug), fingerprint(secret)
        row = await self.database.command("HGET", keys.browsers, id)
        browser = decode(Browser, row) if row else None
        if browser is None or not browser.good(now):
            return None
        member = await self.members.get(slug, browser.member)
        if not member.present:
            return None
        if now - browser.seen_at > SEEN_STEP:
            await self.database.run(Call(SWAP, [keys.browsers], [id, row, encode(replace(browser, seen_at=now))]))
        return member

    async def browsers(self, slug: str, member_id: str) -> list[tuple[str, Browser]]:
        """Return the browsers of a member, each with the id that ends it, newest first."""
        keys = EventKeys(slug)
        data = await self.database.command("HGETALL", keys.browsers)
        rows = zip(data[::2], data[1::2], strict=True) if isinstance(data, list) else data.items()
        found = [(id.decode(), decode(Browser, row)) for id, row in rows]
        mine = [one for one in found if one[1].member == member_id]
        return sorted(mine, key=lambda one: one[1].created_at, reverse=True)

    async def end(self, slug: str, member_id: str, browser_id: str) -> None:
        """Let a browser in no more, if it is the member's, and end its streams."""
        if browser_id in [id for id, _ in await self.browsers(slug, member_id)]:
            await self.database.command("HDEL", EventKeys(slug).browsers, browser_id)
            await self.members.tell_gone(slug)

    # Links

    async def invite(self, slug: str, proposal: Proposal, member: Member, *, now: datetime) -> str:
        """Return the token of a new link for the admitted; the one before lets nobody in any more.

        Raises as `check_invitable` does.
        """
        proposer = next((one for one in await self.members.all(slug) if one.id == proposal.proposer), None)
        secret = secrets.token_urlsafe(18)

        def change(rows: Rows) -> tuple[list[bytes | None], None]:
            kept = proposal_of(rows[0])
            check_invitable(kept, here(rows[1]), proposer, now=now)
            link = replace(kept, link=fingerprint(secret), link_until=now + INVITATION_VALID)
            return [encode(link), rows[1]], None

        keys = EventKeys(slug)
        await change_fields(
            self.database, slug, [(keys.proposals, proposal.id), (keys.members, member.id)], change
        )
        return f"i.{proposal.id}.{secret}"

    async def own_link(self, slug: str, member_id: str, *, now: datetime, entry: Entry | None = None) -> str:
        """Return the token of a link for one more browser of a member; the one before lets nobody in any more."""
        secret = secrets.token_urlsafe(18)
        link = OwnLink(fingerprint=fingerprint(secret), until=now + OWN_VALID)

        def change(rows: Rows) -> tuple[list[bytes | None], Entry | None]:
            here(rows[0])
            return [rows[0], encode(link)], entry

        keys = EventKeys(slug)
        await change_fields(self.database, slug, [(keys.members, member_id), (keys.own_links, member_id)], change)
        return f"b.{member_id}.{secret}"

    async def invited(self, slug: str, token: str, *, now: datetime) -> str | None:
        """Return the name of whom a link admits, without using it, None for a link of somebody's own.

        Raises NotAllowed for one that was used, replaced, or is too old.
        """
        kind, id, secret = parts(token)
        keys = EventKeys(slug)
        if kind == "i":
            return invitation(await self.database.command("HGET", keys.proposals, id), secret, now).name
        check_own(await self.database.command("HGET", keys.own_links, id), secret, now)
        return None

    async def enter(
        self, slug: str, token: str, *, name: str, browser: str, person: str = "", now: datetime
    ) -> str:
        """Use a link up and return the secret of the browser that it lets in; raises as `invited` does.

        By an invitation, somebody becomes a member under this name; `person` is who they are on the staff, if so.
        """
        kind, id, secret = parts(token)
        keys, cookie = EventKeys(slug), secrets.token_urlsafe(24)
        new = secrets.token_hex(6)

        def let_in(member: str) -> bytes:
            return encode(Browser(member=member, words=browser, created_at=now, seen_at=now))

        def join(rows: Rows) -> tuple[list[bytes | None], Entry]:
            kept = invitation(rows[0], secret, now)
            member = Member(id=new, name=name, came="invitation", came_at=now, proposal=kept.id, person=person)
            used = replace(kept, link="", joined=new, joined_at=now, reach="", moved_at=now, moved_by=new)
            entry = member_entry(member, "member came", now, about="by invitation")
            return [encode(used), encode(member), let_in(new)], entry

        def come_again(rows: Rows) -> tuple[list[bytes | None], None]:
            check_own(rows[0], secret, now)
            return [None, encode(here(rows[1])), let_in(id)], None

        let = (keys.browsers, fingerprint(cookie))
        if kind == "i":
            await change_fields(self.database, slug, [(keys.proposals, id), (keys.members, new), let], join)
        else:
            await change_fields(self.database, slug, [(keys.own_links, id), (keys.members, id), let], come_again)
        return cookie


def parts(token: str) -> tuple[str, str, str]:
    """Return the kind of a token's link, what it is of, and its secret; raises NotAllowed for what is none of ours."""
    found = TOKEN.fullmatch(token.strip())
    if found is None:
        raise NotAllowed(USED)
    return found[1], found[2], found[3]


def proposal_of(row: bytes | None) -> Proposal:
    if row is None:
        raise NotFound(_("There is no such proposal."))
    return decode(Proposal, row)


def invitation(row: bytes | None, secret: str, now: datetime) -> Proposal:
    """Return the proposal that a link was made for; raises NotAllowed unless the link is good."""
    found = decode(Proposal, row) if row else None
    if found is None or not found.link or found.link != fingerprint(secret):
        raise NotAllowed(USED)
    if found.state != "accepted" or found.link_until is None or found.link_until < now:
        raise NotAllowed(USED)
    return found


def check_own(row: bytes | None, secret: str, now: datetime) -> None:
    """Raise NotAllowed unless a member's own link is good."""
    found = decode(OwnLink, row) if row else None
    if found is None or found.fingerprint != fingerprint(secret) or found.until < now:
        raise NotAllowed(USED)
