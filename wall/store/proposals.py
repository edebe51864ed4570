"""What the circle of each event proposes and decides."""

import secrets
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime

from wall.core import proposal as acts
from wall.core.audit import Entry
from wall.core.circle import CircleRule, Member, check_removable, present
from wall.core.proposal import Proposal, propose, settled
from wall.core.words import _
from wall.errors import InvalidInput, NotFound
from wall.store.codec import decode, encode
from wall.store.database import Database
from wall.store.event_slugs import slugs_with
from wall.store.field_change import Field, Rows, change_fields
from wall.store.keys import EventKeys
from wall.store.members import Members, gone, here, member_entry

MOST_MEMBERS = 500
MOST_OPEN = 20
MOST_OPEN_EACH = 3
THE_CIRCLE = ("circle", "The circle")
KIND_WORDS: dict[acts.Kind, str] = {"admit": "to admit somebody", "remove": "to remove a member"}


class Proposals:
    """The proposals of every circle, by slug."""

    def __init__(self, database: Database, members: Members) -> None:
        self.database = database
        self.members = members

    # Reading

    async def slugs(self) -> list[str]:
        """Return the events in which something was ever proposed."""
        return await slugs_with(self.database, lambda keys: keys.proposals)

    async def all(self, slug: str, *, now: datetime) -> list[Proposal]:
        """Return every proposal as it stands by now, newest first; those whose time has come are decided first."""
        rows = await self.database.command("HVALS", EventKeys(slug).proposals)
        kept = [decode(Proposal, row) for row in rows]
        found = [await self._settle(slug, one, now) for one in kept]
        return sorted(found, key=lambda one: (one.opened_at, one.id), reverse=True)

    async def get(self, slug: str, id: str, *, now: datetime) -> Proposal:
        """Return a proposal as it stands by now; raises NotFound."""
        return await self._settle(slug, await self._kept(slug, id), now)

    # Proposing and deciding

    async def propose(
        self,
        slug: str,
        rule: CircleRule,
        proposer: Member,
        *,
        now: datetime,
        reason: str,
        name: str = "",
        reach: str = "",
        removing: str = "",
    ) -> Proposal:
        """Open a proposal to admit somebody, or one `removing` a member; raises InvalidInput naming the field."""
        members = await self.members.all(slug)
        there = [one for one in await self.all(slug, now=now) if one.state == "open"]
        if len(there) >= MOST_OPEN or sum(one.proposer == proposer.id for one in there) >= MOST_OPEN_EACH:
            raise InvalidInput(_("Much is under vote already. Wait until some of it is decided."))
        concerned = next((one for one in members if one.id == removing), None)
        if concerned:
            check_removable(concerned, members)
        elif removing:
            raise NotFound(_("There is no such member."))
        elif len(present(members)) >= MOST_MEMBERS:
            raise InvalidInput(_("A circle has at most %(most_members)s members.", most_members=MOST_MEMBERS))
        made = propose(
            rule,
            proposer,
            present(members),
            id=secrets.token_hex(6),
            now=now,
            reason=reason,
            name=name,
            reach=reach,
            concerned=concerned,
        )
        if any(same(one, made) for one in there):
            raise InvalidInput(_("%(name)s is under vote already.", name=made.name), field="name")
        # Kept as open, and settled in the same step: so what is decided is carried out in one place.
        kept = replace(made, state="open", decided_at=None)
        entry = member_entry(proposer, "proposed", now, about=KIND_WORDS[kept.kind])
        await self._act(slug, kept, proposer.id, lambda _: kept, now=now, entry=entry)
        return await self.get(slug, made.id, now=now)

    async def vote(
        self, slug: str, id: str, member_id: str, vote: acts.Vote, words: str, *, now: datetime
    ) -> None:
        """Cast a member's ballot; raises as `with_ballot` does."""
        kept = await self._kept(slug, id)
        await self._act(
            slug, kept, member_id, lambda one: acts.with_ballot(one, member_id, vote, now=now, said=words), now=now
        )

    async def remark(self, slug: str, id: str, member_id: str, words: str, *, now: datetime) -> None:
        """Add to a debate; raises as `with_remark` does."""
        kept = await self._kept(slug, id)
        await self._act(
            slug, kept, member_id, lambda one: acts.with_remark(one, member_id, words, now=now), now=now
        )

    async def withdraw(self, slug: str, id: str, member_id: str, *, now: datetime) -> None:
        """Take a proposal back; raises as `withdrawn` does."""
        kept = await self._kept(slug, id)
        await self._act(slug, kept, member_id, lambda one: acts.withdrawn(one, member_id, now=now), now=now)

    # What a member has seen

    async def look(self, slug: str, member_id: str, proposal: Proposal) -> None:
        """Remember that a member has seen a proposal as it stands."""
        field = f"{member_id}:{proposal.id}"
        await self.database.command("HSET", EventKeys(slug).looked, field, proposal.moved_at.timestamp())

    async def unseen(self, slug: str, member: Member, proposals: Sequence[Proposal]) -> set[str]:
        """Return the ids of the proposals that moved since a member looked, or came, and not by themselves."""
        if not proposals:
            return set()
        fields = [f"{member.id}:{one.id}" for one in proposals]
        seen = await self.database.command("HMGET", EventKeys(slug).looked, *fields)
        return {
            one.id
            for one, at in zip(proposals, seen, strict=True)
            if one.moved_by != member.id
            and one.moved_at.timestamp() > max(float(at or 0), member.came_at.timestamp())
        }

    # Internal

    async def _kept(self, slug: str, id: str) -> Proposal:
        row = await self.database.command("HGET", EventKeys(slug).proposals, id)
        if row is None:
            raise NotFound(_("There is no such proposal."))
        return decode(Proposal, row)

    async def _settle(self, slug: str, kept: Proposal, now: datetime) -> Proposal:
        """Decide a proposal whose time has come, and carry it out: exactly once, however many look."""
        if settled(kept, now) == kept:
            return kept
        await self._act(slug, kept, None, lambda one: one, now=now)
        return await self._kept(slug, kept.id)

    async def _act(
        self,
        slug: str,
        known: Proposal,
        actor: str | None,
        act: Callable[[Proposal], Proposal],
        *,
        now: datetime,
        entry: Entry | None = None,
    ) -> None:
        """Act on a proposal, settle it, and carry out what it comes to, in one step with whether the actor may.

        `actor` is the member who acts, None for the passing of time.
        """
        keys = EventKeys(slug)
        fields: list[Field] = [(keys.proposals, known.id)]
        fields += [(keys.members, one) for one in dict.fromkeys((known.concerned, actor or "")) if one]
        removed = False

        def change(rows: Rows) -> tuple[list[bytes | None], Entry | None]:
            nonlocal removed
            people = {name: row for (_, name), row in zip(fields[1:], rows[1:], strict=True)}
            if actor:
                here(people[actor])
            before = decode(Proposal, rows[0]) if rows[0] else known
            after = settled(act(before), now)
            decided = before.state == "open" and after.state != "open"
            concerned = people.get(after.concerned)
            removed = bool(decided and after.state == "accepted" and concerned)
            if removed and concerned:
                people[after.concerned], removed = taken_away(concerned, now)
            told = decision_entry(after) if decided else entry
            return [encode(after), *people.values()], told

        await change_fields(self.database, slug, fields, change)
        if removed:
            await self.members.tell_gone(slug)


def taken_away(row: bytes, now: datetime) -> tuple[bytes, bool]:
    """Return how a member is kept whose removal was decided, and whether that removes them: an organiser is safe."""
    member = decode(Member, row)
    if not member.present or member.office:
        return row, False
    return encode(gone(member, "removed", now)), True


def same(one: Proposal, other: Proposal) -> bool:
    """Tell whether two proposals are about the same person."""
    if one.kind != other.kind:
        return False
    return one.concerned == other.concerned if one.concerned else one.name.casefold() == other.name.casefold()


def decision_entry(proposal: Proposal) -> Entry:
    by, by_name = THE_CIRCLE
    about = f"{KIND_WORDS[proposal.kind]}: {proposal.state}"
    at = proposal.decided_at or proposal.moved_at
    return Entry(kind="circle decided", by=by, by_name=by_name, at=at, about=about)
