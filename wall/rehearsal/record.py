"""The record of the whole event: some 2,160 posts in the order they arrive."""

import re
from collections import Counter
from collections.abc import Iterator
from random import Random
from typing import NotRequired, TypedDict

from wall.rehearsal.arrivals import moment, spread
from wall.rehearsal.draft import Company, Draft
from wall.rehearsal.notes import QUOTERS, SHARES, Tails, announcements, asides, note, sits_in
from wall.rehearsal.people import people
from wall.rehearsal.programme import Session, programme
from wall.rehearsal.script import Remark, Said, Scene, remarks, scenes, sections

POSTS = 2160
SHARE_OF_THE_TEN = 0.47
HASHTAG = "commonground26"
_APPLAUSE = (
    "👏👏👏",
    "👏👏",
    "👏",
    "👏👏👏👏",
    "+1",
    "❤️",
    "🙌🏿",
    "🙌🏻 🙌🏾",
    "Bravo!",
    "💛",
    "👏🏽👏🏽👏🏽",
    "Yes!",
)


class Picture(TypedDict):
    url: str
    alt: str | None


class Author(TypedDict):
    id: str
    name: str
    handle: str
    avatar: str | None


class Line(TypedDict):
    """One line of a recording. `at` is seconds from its start; a delete has no text."""

    at: float
    op: str
    kind: str
    id: str
    author: Author
    text: NotRequired[str]
    language: NotRequired[str]
    reply_to: NotRequired[str | None]
    media: NotRequired[list[Picture]]
    sensitive: NotRequired[bool]
    warning: NotRequired[str | None]


def record(*, seed: int = 1, hashtag: str = HASHTAG) -> Iterator[Line]:
    """Yield the event line by line; the same seed gives the same lines."""
    random = Random(seed)  # noqa: S311 - a rehearsal, no secret
    drafts = _Assembly(random).drafts()
    index = {id(draft): number for number, draft in enumerate(drafts)}
    after = [index[id(draft.answers)] if draft.answers else None for draft in drafts]
    times = spread([draft.time for draft in drafts], after)
    begin = min(times) - 3

    order = sorted(range(len(drafts)), key=lambda number: times[number])
    ids = {number: f"demo-{place:04d}" for place, number in enumerate(order, 1)}
    written: list[Line] = []
    for number in order:
        draft, answered = drafts[number], after[number]
        post = _post(draft, times[number] - begin, ids[number], hashtag)
        post["reply_to"] = None if answered is None else ids[answered]
        written.append(post)
        written += _changes(draft, post, hashtag, random)
    yield from sorted(written, key=lambda line: line["at"])


def _post(draft: Draft, at: float, id: str, hashtag: str) -> Line:
    person, remark = draft.person, draft.remark
    return Line(
        at=round(at, 2),
        op="post",
        kind=draft.network,
        id=id,
        author=Author(
            id=f"{person.network}:{person.key}", name=person.name, handle=person.handle, avatar=person.avatar
        ),
        text=_tagged(remark.text, draft, hashtag),
        language=remark.language,
        reply_to=None,
        media=[Picture(url=f"rehearsal:{name}", alt=alt or None) for name, alt in remark.pictures],
        sensitive=remark.warning is not None,
        warning=remark.warning,
    )


def _changes(draft: Draft, post: Line, hashtag: str, random: Random) -> Iterator[Line]:
    if draft.remark.edit is not None:
        later = round(post["at"] + random.uniform(90, 600), 2)
        yield Line(**{**post, "at": later, "op": "edit", "text": _tagged(draft.remark.edit, draft, hashtag)})
    if draft.remark.deleted:
        later = round(post["at"] + random.uniform(60, 900), 2)
        yield Line(at=later, op="delete", kind=post["kind"], id=post["id"], author=post["author"])


def _tagged(text: str, draft: Draft, hashtag: str) -> str:
    """Return the text with the hashtag, as that author writes it; on the form nobody has to."""
    tag = "#" + hashtag
    if len(draft.person.key) % 7 == 0:
        tag = re.sub(r"[a-z]+", lambda match: match[0].capitalize(), tag, count=1)
    if "##" in text:
        return text.replace("##", tag)
    if draft.network == "form":
        return text
    return f"{text}{chr(10) * 2 if chr(10) in text else ' '}{tag}"


class _Assembly:
    """Puts the posts together: the script, then the robot, the asides, and notes until the numbers are right."""

    def __init__(self, random: Random) -> None:
        self._random = random
        self._company = Company(people(), random)
        self._tails = Tails(random)
        self._sessions = programme()
        self._talks = [session for session in self._sessions if session.kind == "talk"]
        self._scenes = scenes()
        self._heard = Counter[tuple[str, int]]()
        self._voiced = Counter[tuple[str, int, bool]]()
        self._written: set[str] = set()
        self._drafts: list[Draft] = []
        self._notes: list[Draft] = []

    def drafts(self) -> list[Draft]:
        for session in self._sessions:
            self._play(session, self._scenes[session.id])
        self._announce()
        self._speak_aside()
        for key, share in SHARES.items():
            if key == "whatson":
                continue
            self._take_notes(key, round(POSTS * SHARE_OF_THE_TEN * share) - self._company.posts(key))
        self._react()
        self._applaud()
        self._quote_from_the_crowd(POSTS - len(self._drafts))
        return self._drafts

    def _play(self, session: Session, scene: Scene) -> None:
        for remark in scene.remarks:
            time = moment(remark.text, session, scene.said, self._random)
            if remark.minute is not None:
                time = session.start + remark.minute * 60 + self._random.uniform(0, 50)
            self._add(remark, time)

    def _add(self, remark: Remark, time: float, answers: Draft | None = None) -> Draft:
        draft = Draft(time, self._company.author(remark, answers=answers), remark, answers)
        self._drafts.append(draft)
        for answer in remark.answers:
            self._add(answer, time + self._random.uniform(25, 240), draft)
        return draft

    def _announce(self) -> None:
        for time, text in announcements(self._sessions):
            self._drafts.append(Draft(time, self._company.wrote("whatson"), Remark(text)))

    def _speak_aside(self) -> None:
        for key, body in asides():
            spoken = remarks(iter(body))
            for place, remark in enumerate(spoken):
                session = self._talks[place * len(self._talks) // len(spoken)]
                remark.author = key
                self._add(remark, session.start + self._random.uniform(0.1, 1.2) * (session.end - session.start))

    def _take_notes(self, key: str, many: int) -> None:
        for session, one in self._evenly(many, key):
            text = self._note(key, session, one, preferred=key in QUOTERS)
            time = session.start + one.minute * 60 + self._random.uniform(8, 75)
            draft = Draft(time, self._company.wrote(key), Remark(text, pictures=self._picture(key)))
            self._drafts.append(draft)
            self._notes.append(draft)

    def _evenly(self, many: int, key: str) -> Iterator[tuple[Session, Said]]:
        """Yield so many things said, all over the event, and those first that few have written down."""
        talks = [session for session in self._talks if key == "crowd" or sits_in(key, session)]
        said = [(session, one) for session in talks for one in self._said(session)]
        for turn in range(many):
            place = turn * len(said) // many
            near = said[max(place - 4, 0) : place + 5]
            yield min(near, key=lambda pair: self._heard[pair[0].id, pair[1].minute])

    def _note(self, key: str, session: Session, one: Said, *, preferred: bool) -> str:
        """Return a note that nobody has made in these words."""
        self._heard[session.id, one.minute] += 1
        quoted = self._less_used(session, one, preferred=preferred)
        text = note(key, one, session, self._tails, self._random, quoted=quoted)
        while (same := "".join(filter(str.isalnum, text.lower()))) in self._written:
            text = f"{text}\n\n{self._tails.next()}"
        self._written.add(same)
        return text

    def _less_used(self, session: Session, one: Said, *, preferred: bool) -> bool:
        """Return whether to quote the speaker or the listener, so that neither is heard too often."""
        uses = {quoted: self._voiced[session.id, one.minute, quoted] for quoted in (True, False)}
        quoted = preferred if uses[preferred] <= uses[not preferred] else not preferred
        self._voiced[session.id, one.minute, quoted] += 1
        return quoted

    def _picture(self, key: str) -> list[tuple[str, str]]:
        if self._random.random() > _PICTURED.get(key, 0.0):
            return []
        return [self._random.choice(_TAKEN)]

    def _said(self, session: Session) -> list[Said]:
        return self._scenes[session.id].said

    def _react(self) -> None:
        by_heading = {heading: remarks(iter(body)) for heading, body in sections("reactions")}
        for remark in by_heading["reactions"]:
            session = self._random.choice(self._talks)
            self._add(remark, moment("", session, self._said(session), self._random))
        for answer, answered in zip(
            by_heading["answers"], self._random.sample(self._notes, len(by_heading["answers"])), strict=True
        ):
            self._add(answer, answered.time + self._random.uniform(30, 300), answered)

    def _applaud(self) -> None:
        for session in self._talks:
            for one in self._said(session):
                if one.clapped and session.room == "Depot":
                    time = session.start + one.minute * 60 + 20
                    self._add(Remark(self._random.choice(_APPLAUSE)), time + self._random.uniform(0, 25))

    def _quote_from_the_crowd(self, many: int) -> None:
        for session, one in self._evenly(many, "crowd"):
            text = self._note("crowd", session, one, preferred=True)
            self._add(
                Remark(text, pictures=self._picture("crowd")),
                session.start + one.minute * 60 + self._random.uniform(20, 150),
            )


_PICTURED = {"mira": 0.25, "yuki": 0.5, "commonground": 0.45, "priti": 0.3, "crowd": 0.12}
_TAKEN = (
    ("slide-chart", "A slide with a chart of two bars"),
    ("slide-type", ""),
    ("slide-map", "A slide with a map of crossing lines"),
    ("stage", "The speaker on stage in a cone of light"),
    ("stage-wide", ""),
    ("whiteboard", "My notes as sticky notes on a board"),
    ("crowd", "The hall, seen from the last row"),
)
