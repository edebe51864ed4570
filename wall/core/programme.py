"""The programme of an event: its sessions, and which of them run when. Times are instants; clocks are for showing."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Literal, get_args
from zoneinfo import ZoneInfo

from wall.core.modes import Mode, SessionSpan

Quiet = Literal["as usual", "only questions", "nothing"]
QUIET: tuple[Quiet, ...] = get_args(Quiet)

MOST_SESSIONS = 2_000
MOST_WITH_MODE = 100
MOST_ROOMS = 60
LONGEST = timedelta(days=7)
OPEN_END = timedelta(hours=1)
"""How long a session without an end is taken to last, if nothing else begins in its room before."""
OVERRUN = timedelta(minutes=20)
"""How long after its end a session is still somebody's time, unless another has begun: speakers run over."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """One talk or chat of the programme. `id` is the same in every import; times are aware, `ends` may be unknown.

    `room` may be empty: then it concerns the whole house. `by_hand` says that no import may change it.
    """

    id: str
    title: str
    starts: datetime
    ends: datetime | None = None
    room: str = ""
    speakers: tuple[str, ...] = ()
    track: str = ""
    url: str = ""
    abstract: str = ""
    by_hand: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """What an organiser sets for one session: what screens keep quiet about, and the mode that holds during it.

    `recording` is when its recording begins, for captions that are timed to it (docs/transcript.md).
    """

    quiet: Quiet = "as usual"
    mode: Mode | None = None
    recording: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What was read from a file: its sessions in order of time, its rooms in theirs, and what was left out and why.

    `zones` are the time zones that its times were written in. Of many reasons, the first ones are there.
    """

    kind: str
    sessions: tuple[Session, ...]
    rooms: tuple[str, ...] = ()
    zones: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()
    left_out_count: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """A draft that an organiser looks at before it is taken: where it came from, and how to ask for what is newer."""

    draft: Draft
    origin: str
    address: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """How the address of a programme was read last: `trouble` says what went wrong, `headers` ask for what is newer."""

    at: datetime | None = None
    good_at: datetime | None = None
    trouble: str = ""
    failures: int = 0
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Programme:
    """All sessions of an event, in order of time.

    `origin` names what was imported last; if it is an `address`, that is read again and again. `settings` are by
    session id, and outlive a session that an import lost for a while. `speaking` says who of the staff each speaker is,
    by how the programme calls them: nobody is taken for one by their name. `version` grows with each change.
    """

    sessions: tuple[Session, ...] = ()
    rooms: tuple[str, ...] = ()
    settings: Mapping[str, Setting] = field(default_factory=dict)
    origin: str = ""
    imported_at: datetime | None = None
    left_out: tuple[str, ...] = ()
    left_out_count: int = 0
    address: str = ""
    speaking: Mapping[str, str] = field(default_factory=dict)
    version: int = 0

    def setting(self, session_id: str) -> Setting:
        return self.settings.get(session_id, Setting())

    def session(self, session_id: str) -> Session | None:
        return next((one for one in self.sessions if one.id == session_id), None)

    # Changes

    def importing(self, draft: Draft, *, origin: str, at: datetime, address: str = "") -> "Programme":
        """Return the programme with an import in the place of the last one; what was made by hand and set stays."""
        own = [one for one in self.sessions if one.by_hand]
        taken = {one.id for one in own}
        sessions = [*own, *(one for one in draft.sessions if one.id not in taken)]
        return self.with_sessions(
            sessions,
            rooms=draft.rooms,
            origin=origin,
            address=address,
            imported_at=at,
            left_out=draft.left_out,
            left_out_count=draft.left_out_count,
        )

    def with_session(self, session: Session) -> "Programme":
        """Return the programme with a session added, or in the place of the one with its id."""
        return self.with_sessions([*(one for one in self.sessions if one.id != session.id), session])

    def without(self, session_id: str) -> "Programme":
        settings = {id: one for id, one in self.settings.items() if id != session_id}
        return replace(
            self.with_sessions([one for one in self.sessions if one.id != session_id]), settings=settings
        )

    def setting_of(self, session_id: str, setting: Setting) -> "Programme":
        others = {id: one for id, one in self.settings.items() if id != session_id}
        return replace(self, settings=others if setting == Setting() else {**others, session_id: setting})

    def no_longer_read(self) -> "Programme":
        """Return the programme whose address is read no more; its sessions stay."""
        return replace(self, address="")

    def with_sessions(
        self, sessions: Sequence[Session], *, rooms: Sequence[str] | None = None, **changes: object
    ) -> "Programme":
        ordered = tuple(sorted(sessions, key=lambda one: (one.starts, one.room, one.id)))
        named = [one.room for one in ordered if one.room]
        order = dict.fromkeys([*(self.rooms if rooms is None else rooms), *sorted(named, key=str.casefold)])
        kept = tuple(room for room in order if room in set(named))
        return replace(self, sessions=ordered, rooms=kept, **changes)  # type: ignore[arg-type]

    # When

    def ends(self) -> Mapping[str, datetime]:
        """Return when each session ends, by its id; one without an end ends as its room is needed again."""
        return ends(self.sessions)

    def mode_spans(self) -> tuple[SessionSpan, ...]:
        """Return when the mode of a session holds, for those that have one."""
        found = self.ends()
        return tuple(
            SessionSpan(starts=one.starts, ends=found[one.id], mode=mode, title=one.title)
            for one in self.sessions
            if (mode := self.setting(one.id).mode) is not None
        )[:MOST_WITH_MODE]

    def quiet_spans(self, *, since: datetime, room: str = "") -> list[tuple[datetime, datetime, Quiet]]:
        """Return when screens are quiet, from a moment on; a screen with a room only for what is on there."""
        found = self.ends()
        return [
            (one.starts, found[one.id], quiet)
            for one in self.sessions
            if (quiet := self.setting(one.id).quiet) != "as usual"
            and found[one.id] > since
            and (not room or not one.room or same_room(one.room, room))
        ]

    def of_day(self, day: date, timezone: str) -> list[Session]:
        """Return the sessions that begin on a day, as the clocks of the venue count days."""
        zone = ZoneInfo(timezone)
        return [one for one in self.sessions if one.starts.astimezone(zone).date() == day]

    def days(self, timezone: str) -> list[date]:
        """Return the days on which a session begins, in order."""
        zone = ZoneInfo(timezone)
        return sorted({one.starts.astimezone(zone).date() for one in self.sessions})


def ends(sessions: Sequence[Session]) -> dict[str, datetime]:
    """Return when each session ends, by its id; one without an end ends as its room is needed again."""
    found: dict[str, datetime] = {}
    following: dict[str, list[datetime]] = {}
    for one in sessions:
        following.setdefault(one.room, []).append(one.starts)
    for one in sessions:
        if one.ends is not None:
            found[one.id] = one.ends
            continue
        latest = one.starts + OPEN_END
        found[one.id] = min((time for time in following[one.room] if one.starts < time < latest), default=latest)
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Speaking:
    """Whose time it is in a room: their session, and when it ends by the programme, which may be over."""

    session: Session
    ends_at: datetime


def speaking(programme: Programme, room: str, now: datetime) -> Speaking | None:
    """Return whose time it is in a room: the session begun last, until a while after its end.

    Without a room, that of the programme counts if it has one only. What has no room concerns the whole house, such as
    lunch, and takes no speaker's time away; only a programme without any room has nothing else.
    """
    if not room and len(programme.rooms) == 1:
        room = programme.rooms[0]
    found = programme.ends()
    begun = [one for one in programme.sessions if same_room(one.room, room) and one.starts <= now]
    running = [one for one in begun if now < found[one.id]]
    over = [one for one in begun[-1:] if now < found[one.id] + OVERRUN]
    counts = (over or running)[-1:]
    return next((Speaking(session=one, ends_at=found[one.id]) for one in counts), None)


def overlapping(sessions: Sequence[Session]) -> Iterator[tuple[Session, Session]]:
    """Yield sessions, given in order of time, that begin in a room while another still runs there."""
    found = ends(sessions)
    latest: dict[str, Session] = {}
    for one in sessions:
        before = latest.get(one.room)
        if before and one.room and one.starts < found[before.id]:
            yield before, one
        if before is None or found[one.id] > found[before.id]:
            latest[one.room] = one


def same_room(one: str, other: str) -> bool:
    return " ".join(one.split()).casefold() == " ".join(other.split()).casefold()
