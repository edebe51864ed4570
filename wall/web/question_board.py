"""The questions of an event as they stand on the wall, in the order to ask them: for pages, screens and the stage."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from wall.core import question
from wall.core.feed import Cursor
from wall.core.moderation import Standing
from wall.core.programme import Programme, Session, speaking
from wall.core.question import Question
from wall.core.questions import Tally, ranked
from wall.store import Store

MOST_EVENTS = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A question on the wall, how it stands with the voters, and the posts on the wall that ask the same.

    The `newest` of those that wait may stand further up than its votes would have it (core/questions.py). Once its
    session is `closed`, nobody votes for it.
    """

    question: Question
    standing: Standing
    tally: Tally
    same: tuple[Standing, ...] = ()
    newest: bool = False
    closed: bool = False

    @property
    def id(self) -> str:
        return self.question.post_id


@dataclass(frozen=True, slots=True, kw_only=True)
class Board:
    """All questions of an event that are on the wall, in the order to ask them, and the sessions that are closed."""

    rows: tuple[Row, ...] = ()
    closed: frozenset[str] = frozenset()

    def of(self, session: str | None) -> "Board":
        """Return the board of one session alone; None is all of them. The order is that of this session."""
        if session is None:
            return self
        return replace(self, rows=in_order([one for one in self.rows if one.question.session == session]))

    def newest_first(self) -> "Board":
        rows = sorted(self.rows, key=lambda one: (one.question.at, one.id), reverse=True)
        return replace(self, rows=tuple(rows))

    @property
    def answering(self) -> list[Row]:
        return [one for one in self.rows if one.question.state == "answering"]

    @property
    def waiting(self) -> list[Row]:
        return [one for one in self.rows if one.question.state == "open"]


class Boards:
    """The boards of one process: read by whoever asks first, and shared until the feed moves on.

    The feed tells of votes once a second, and of a post that leaves the wall at once.
    """

    def __init__(self, store: Store) -> None:
        self.store = store
        self.kept: dict[str, tuple[Cursor, Board]] = {}

    async def get(self, slug: str) -> Board:
        """Return the board as the feed last told of it."""
        tip = await self.store.feeds.tip(slug, "public")
        kept = self.kept.get(slug)
        if kept and kept[0] == tip:
            return kept[1]
        board = await self.read(slug)
        self.kept.pop(slug, None)
        self.kept[slug] = tip, board
        if len(self.kept) > MOST_EVENTS:
            del self.kept[next(iter(self.kept))]
        return board

    async def read(self, slug: str) -> Board:
        """Return the board as it is this moment, with votes that nobody was told of yet."""
        questions = await self.store.questions.all(slug)
        found = await self.store.posts.get_all(slug, list(questions))
        shown = {one.post.id: one for one in found if one and one.visible}
        groups = question.groups(questions, shown)
        members = [[lead, *same] for lead, same in groups.items()]
        since = [min(questions[id].at for id in group) for group in members]
        sessions = [questions[lead].session for lead in groups]
        counts = await self.store.questions.counts(slug, members)
        exposed = await self.store.questions.exposed(slug, list(zip(sessions, since, strict=True)))
        closed = frozenset(await self.store.questions.closed(slug))
        rows = [
            Row(
                question=questions[lead],
                standing=shown[lead],
                tally=Tally(
                    id=lead, votes=votes, exposed=seen, since=questions[lead].at, state=questions[lead].state
                ),
                same=tuple(shown[id] for id in groups[lead]),
                closed=questions[lead].session in closed,
            )
            for lead, votes, seen in zip(groups, counts, exposed, strict=True)
        ]
        return Board(rows=in_order(rows), closed=closed)


def in_order(rows: Sequence[Row]) -> tuple[Row, ...]:
    by_id = {one.id: one for one in rows}
    waiting = [one for one in rows if one.question.state == "open"]
    newest = max(waiting, key=lambda one: (one.tally.since, one.id), default=None)
    order = ranked([one.tally for one in rows])
    return tuple(replace(by_id[one.id], newest=by_id[one.id] is newest) for one in order)


def on_now(programme: Programme, now: datetime) -> list[Session]:
    """Return the sessions whose time it is, in the order of their rooms."""
    found = (speaking(programme, room, now) for room in programme.rooms or ("",))
    return [one.session for one in found if one]


def session_of(programme: Programme, room: str, now: datetime) -> str:
    """Return the session that somebody in a room, if they said one, asks about; "" where that is not clear."""
    theirs = speaking(programme, room, now) if room else None
    running = [theirs.session] if theirs else on_now(programme, now)
    return running[0].id if len(running) == 1 else ""


async def session_on(store: Store, slug: str, room: str, now: datetime) -> str | None:
    """Return the session whose time it is in a room; None for whoever is in no room, or has no session there."""
    theirs = speaking(await store.programmes.get(slug), room, now)
    return theirs.session.id if theirs else None
