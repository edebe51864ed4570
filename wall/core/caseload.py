"""Who wants an answer, made of the posts of an event: each person's posts, how they sound, and what was answered."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from wall.core.complaint import sureness, unhappy_rate
from wall.core.finding import asks
from wall.core.influence import Band
from wall.core.lasting import SURE, Course, Sounding, course
from wall.core.moderation import Standing
from wall.core.mood import Heard
from wall.core.one_person import people
from wall.core.speakers import speaks_to
from wall.core.triage import Case, Progress, Turn, triage
from wall.core.watch import Watch, is_ours, to_us
from wall.core.watching import watched

SAME_PROBLEM = 3 * 3600
"""Seconds within which posts about one thing are about one problem."""
RISING = 30 * 60


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer to a post: when, by whom, and whether that is one of the team."""

    at: int
    author: str
    ours: bool


@dataclass(frozen=True, slots=True)
class Noted:
    """A post with all that decides whether somebody should answer it."""

    standing: Standing
    heard: Heard = Heard()
    replies: Sequence[Reply] = ()

    @property
    def at(self) -> int:
        return int(self.standing.post.created_at.timestamp())


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """What moderators said of somebody's case: who takes it, since when we wait for their word, and when it was closed.

    `answered` is when the team last wrote to them in private. `version` grows with each change of the others.
    """

    owner: str = ""
    owner_name: str = ""
    waiting: datetime | None = None
    closed: datetime | None = None
    answered: datetime | None = None
    version: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Concern:
    """Somebody's case in its place: their posts that are about it, oldest first, and how it stands."""

    person: str
    turn: Turn
    course: Course
    held: Held
    progress: Progress
    posts: Sequence[Noted] = ()
    answered: Sequence[int] = ()

    @property
    def to_answer(self) -> int | None:
        """Seconds from the first post of it to our first answer, None before there is one."""
        first = self.posts[0].at
        return next((time - first for time in sorted(self.answered) if time >= first), None)


@dataclass(slots=True)
class Theirs:
    """What is read of one person."""

    posts: list[Noted] = field(default_factory=list)
    safety: str = ""
    problem: str = ""


def concerns(
    noted: Sequence[Noted],
    watch: Watch,
    *,
    now: int,
    held: Mapping[str, Held] | None = None,
    bands: Mapping[str, Band] | None = None,
    speakers: Collection[str] = (),
) -> list[Concern]:
    """Return everybody who may want an answer, those who want it first at the top; closed cases come last.

    `held` is what moderators said, by person; `bands` whom others listen to, by author; `speakers` the handles of
    those who speak at the event.
    """
    theirs = [one for one in noted if not is_ours(watch, one.standing.post)]
    who = people(one.standing.post.author for one in theirs)
    rate = rate_of(theirs)
    found: dict[str, Theirs] = defaultdict(Theirs)
    about: dict[str, dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
    for one in sorted(theirs, key=lambda one: (one.at, one.standing.post.id)):
        person, seen = who[one.standing.post.author.uid], watched(watch, one.standing.post)
        concern = found[person]
        concern.posts.append(one)
        if wants(one, watch, rate) or seen.safety:
            concern.safety, concern.problem = seen.safety or concern.safety, seen.problem or concern.problem
            if seen.problem:
                about[seen.problem][person].append(one.at)
    made = [
        concern_of(person, one, watch, rate, (held or {}).get(person, Held()), about, bands or {}, speakers, now)
        for person, one in found.items()
    ]
    return in_order([one for one in made if one], now=now)


def in_order(made: Sequence[Concern], *, now: int) -> list[Concern]:
    places = {turn.case.post: place for place, turn in enumerate(triage([one.turn.case for one in made], now=now))}
    return sorted(
        made, key=lambda one: (one.progress != "open", one.progress == "closed", places[one.turn.case.post])
    )


def wants(one: Noted, watch: Watch, rate: float) -> bool:
    """Tell whether a post may want an answer: it asks us, sounds unhappy, or speaks of danger."""
    post = one.standing.post
    if one.heard.word and one.heard.word.says == "not unhappy":
        return asks(post) and to_us(watch, post)
    return sure(one, rate) >= SURE or bool(watched(watch, post).safety) or (asks(post) and to_us(watch, post))


def concern_of(
    person: str,
    theirs: Theirs,
    watch: Watch,
    rate: float,
    held: Held,
    about: Mapping[str, Mapping[str, Sequence[int]]],
    bands: Mapping[str, Band],
    speakers: Collection[str],
    now: int,
) -> Concern | None:
    wanting = [one for one in theirs.posts if wants(one, watch, rate)]
    if not wanting:
        return None
    answered = [reply.at for one in theirs.posts for reply in one.replies if reply.ours]
    answered += [int(held.answered.timestamp())] if held.answered else []
    closed = int(held.closed.timestamp()) if held.closed else None
    soundings = [Sounding(one.standing.post.id, one.at, sure(one, rate)) for one in theirs.posts]
    stands = course(soundings, now=now, answered=answered, closed=closed)
    settled = max([*answered, *([closed] if closed else [])], default=0)
    unanswered = [one for one in wanting if one.at > settled]
    shown = (unanswered or wanting[-1:])[0]
    others = about.get(theirs.problem, {})
    case = Case(
        post=shown.standing.post.id,
        since=shown.at,
        asks=any(asks(one.standing.post) and to_us(watch, one.standing.post) for one in unanswered),
        problem=theirs.problem,
        safety=theirs.safety if unanswered else "",
        state=stands.state,
        affected=sum(1 for times in others.values() if max(times) >= shown.at - SAME_PROBLEM),
        rising=len(
            {one.author for post in unanswered for one in post.replies if one.at >= now - RISING and not one.ours}
        ),
        helped=any(not one.ours and one.author != person for post in unanswered for one in post.replies),
        elsewhere=bool(unanswered)
        and all(
            speaks_to(speakers, one.standing.post) and not to_us(watch, one.standing.post) for one in unanswered
        ),
        band=max((bands.get(one.standing.post.author.uid, "low") for one in wanting), key=BANDS.index),
    )
    (turn,) = triage([case], now=now)
    return Concern(
        person=person,
        turn=turn,
        course=stands,
        held=held,
        progress=progress(unanswered, answered, held, closed),
        posts=wanting,
        answered=answered,
    )


BANDS: tuple[Band, ...] = ("low", "some", "high")


def progress(unanswered: Sequence[Noted], answered: Sequence[int], held: Held, closed: int | None) -> Progress:
    """Return where a case is; a new post after our answer, or after it was closed, opens it again."""
    if unanswered:
        return "waiting" if held.waiting and held.waiting.timestamp() >= unanswered[-1].at else "open"
    return "closed" if closed and closed >= max(answered, default=0) else "answered"


def rate_of(noted: Sequence[Noted]) -> float:
    """Return the share of posts that are unhappy, estimated from the moods that were heard."""
    scores = [one.heard.mood.score for one in noted if one.heard.mood and one.heard.mood.score is not None]
    return unhappy_rate(sum(score <= -0.05 for score in scores), len(scores))


def sure(one: Noted, rate: float) -> float:
    """Return how sure it is that a post is unhappy; a moderator's word is certain."""
    word, mood = one.heard.word, one.heard.mood
    if word:
        return float(word.says == "unhappy")
    if mood is None or mood.score is None:
        return 0.0
    return mood.learned if mood.learned is not None else sureness(mood.score, one.standing.post.text, rate=rate)
