"""What is known before posts are taken in: read in one round trip, for whoever judges them."""

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import msgspec

from wall.core.event import Event
from wall.core.moderation import Copy, Standing, Status, answered_id
from wall.core.panic import EVERYONE, Restriction
from wall.core.post import Post
from wall.core.source import SourceSettings
from wall.core.trust import Trust
from wall.core.words import _
from wall.errors import NotFound
from wall.store.absences import absent_call
from wall.store.codec import decode
from wall.store.database import Database
from wall.store.keys import EventKeys
from wall.store.servers import Command

log = logging.getLogger(__name__)

BEGINNING = "0"
KEPT = ("standing", "arrived", "copies", "replies", "reactions", "spoken")
"""What is kept of how a post stands, as `read` wants it."""
COPIES = msgspec.json.Decoder(tuple[Copy, ...])
COUNTS = msgspec.json.Decoder(dict[str, int])


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which facts are asked for: how fast authors write, what came since a place among the duplicates, and `clues`."""

    pace: bool = False
    duplicates_since: str | None = None
    clues: Sequence[str] = ()


NOTHING = Wanted()


@dataclass(frozen=True, slots=True)
class Known:
    """The event as it is now, the version of its rules, and by post its standing, its author's trust and pace,
    and who restricted that author.

    `strictness` grows with each change of the event or its rules, refused picture or restricted author, and whenever
    somebody is trusted no longer: what is judged by this is outdated once it has grown.

    `left` tells which authors left this wall: their pictures are not even fetched. `trusted` says whether an author's
    trust counts, as the event is set. `duplicates` are (place, post id, sketch) of posts that came since the place that
    was asked from, `clues` what those say that were asked for. `kinds` are those of the event's sources. `answering`
    tells which posts answer one that is on the wall.
    """

    event: Event
    rules: int
    strictness: int
    standings: Sequence[Standing | None]
    trusts: Sequence[Trust]
    restrictions: Sequence[Restriction | None]
    left: Sequence[bool]
    paces: Sequence[int]
    duplicates: Sequence[tuple[str, str, str]]
    clues: Mapping[str, str]
    unsettled: int
    answering: Sequence[bool]
    kinds: frozenset[str]

    @property
    def trusted(self) -> Sequence[bool]:
        return [trust.counts(self.event.modes.approvals) for trust in self.trusts]


async def known(database: Database, slug: str, posts: Sequence[Post], wanted: Wanted) -> Known:
    """Return what must be known to judge posts; raises NotFound."""
    keys = EventKeys(slug)
    extra: list[Command] = []
    if wanted.pace and posts:
        extra.append(("MGET", *(keys.pace(post.author.uid) for post in posts)))
    if wanted.duplicates_since is not None:
        extra.append(("XRANGE", keys.duplicates, f"({wanted.duplicates_since}", "+"))
    if wanted.clues:
        extra.append(("MGET", *map(keys.clue, wanted.clues)))
    authors = [post.author.uid for post in posts]
    (
        strictness,
        event,
        by,
        approved,
        against,
        (everyone, *restricted),
        left,
        version,
        unsettled,
        sources,
        *rows,
    ) = await database.commands(
        ("GET", keys.strictness),  # before all that it counts the changes of
        ("GET", keys.event),
        *trust_commands(keys, authors),
        ("HMGET", keys.restricted, EVERYONE, *authors),
        absent_call(slug, authors).command(in_full=True),
        ("HGET", keys.rules, "version"),
        ("HLEN", keys.unsettled),
        ("HVALS", keys.sources),
        *(("HMGET", keys.post(post.id), *KEPT) for post in posts),
        *(("HGET", keys.post(answered_id(post) or "none"), "status") for post in posts),
        *extra,
    )
    if event is None:
        raise NotFound(_("There is no event “%(slug)s”.", slug=slug))
    of_answered = rows[len(posts) : 2 * len(posts)]
    more = iter(rows[2 * len(posts) :])
    paces = next(more) if wanted.pace and posts else [None] * len(posts)
    entries = next(more) if wanted.duplicates_since is not None else []
    clues = next(more) if wanted.clues else []
    return Known(
        event=decode(Event, event),
        rules=int(version or 0),
        strictness=int(strictness or 0),
        standings=[read(*row) for row in rows[: len(posts)]],
        trusts=read_trusts(by, approved, against),
        restrictions=[decode(Restriction, one) if (one := mine or everyone) else None for mine in restricted],
        left=[bool(answer) for answer in left],
        paces=[int(pace or 0) for pace in paces],
        duplicates=[
            (place.decode(), fields[b"post"].decode(), fields[b"sketch"].decode()) for place, fields in entries
        ],
        clues={clue: (kept or b"").decode() for clue, kept in zip(wanted.clues, clues, strict=True)},
        unsettled=unsettled,
        answering=[status is not None and status.decode() == Status.APPROVED for status in of_answered],
        kinds=frozenset(decode(SourceSettings, row).kind for row in sources),
    )


def trust_commands(keys: EventKeys, authors: Sequence[str]) -> list[Command]:
    """Return the commands that read how authors stand with the moderators; "" is for when there are none."""
    return [("HMGET", key, "", *authors) for key in (keys.trusted, keys.approvals, keys.against)]


def read_trusts(*rows: Sequence[bytes | None]) -> list[Trust]:
    return [
        Trust(
            by=by.decode() if by is not None else None,
            approved=int(approved or 0),
            against=tuple(msgspec.json.decode(against, type=list[str])) if against else (),
        )
        for by, approved, against in list(zip(*rows, strict=True))[1:]
    ]


def read(
    standing: bytes | None,
    arrived: bytes | None,
    copies: bytes | None = None,
    replies: bytes | None = None,
    reactions: bytes | None = None,
    spoken: bytes | None = None,
) -> Standing | None:
    """Return a standing as it is kept: Redis gives its place of arrival, copies, replies, reactions and answer.

    One that is damaged is not there.
    """
    if standing is None:
        return None
    try:
        behind = COPIES.decode(copies) if copies else ()
        kept = decode(Standing, standing)
        return replace(
            kept,
            arrived=int(arrived or 0),
            copies=behind,
            replies=int(replies or 0),
            reactions=COUNTS.decode(reactions) if reactions else {},
            spoken=(spoken or b"").decode(),
        )
    except msgspec.DecodeError as error:
        log.error("A post in Redis is damaged and is passed over: %s", error)
        return None
