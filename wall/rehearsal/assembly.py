"""All posts of the event, before they have their place in the record."""

from collections import Counter
from collections.abc import Iterator
from random import Random

from wall.rehearsal.arrivals import moment
from wall.rehearsal.draft import Company, Draft
from wall.rehearsal.notes import QUOTERS, SHARES, Tails, announcements, asides, note, shortened, sits_in
from wall.rehearsal.people import people
from wall.rehearsal.programme import Session, programme
from wall.rehearsal.script import Remark, Said, Scene, remarks, scenes, sections

POSTS = 2160
SHARE_OF_THE_TEN = 0.47
QUOTES_OF_THE_CROWD = 40
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


class Assembly:
    """Puts them together: the script, then the robot, the asides, and notes until the numbers are right."""

    def __init__(self, random: Random) -> None:
        self._random = random
        self._company = Company(people(), random)
        self._tails = Tails(random)
        self._sessions = programme()
        self._talks = [session for session in self._sessions if session.kind == "talk"]
        self._scenes = scenes()
        self._reactions = {heading: remarks(iter(body)) for heading, body in sections("reactions")}
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
        self._answer_notes()
        self._applaud()
        self._quote_from_the_crowd()
        self._react(POSTS - len(self._drafts))
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
        before = self._voiced[session.id, one.minute, quoted] - 1
        text = note(key, shortened(one, before), session, self._tails, self._random, quoted=quoted)
        while (same := "".join(filter(str.isalnum, text.lower()))) in self._written:
            text = f"{text}\n\n{self._tails.next(session)}"
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

    def _react(self, many: int) -> None:
        spoken = self._reactions["reactions"]
        for place in sorted(self._random.sample(range(len(spoken)), min(many, len(spoken)))):
            session = self._random.choice(self._talks)
            self._add(spoken[place], moment("", session, self._said(session), self._random))

    def _answer_notes(self) -> None:
        answers = self._reactions["answers"]
        for answer, answered in zip(answers, self._random.sample(self._notes, len(answers)), strict=True):
            self._add(answer, answered.time + self._random.uniform(30, 300), answered)

    def _applaud(self) -> None:
        for session in self._talks:
            for one in self._said(session):
                if one.clapped and session.room == "Depot":
                    time = session.start + one.minute * 60 + 20
                    self._add(Remark(self._random.choice(_APPLAUSE)), time + self._random.uniform(0, 25))

    def _quote_from_the_crowd(self) -> None:
        for session, one in self._evenly(QUOTES_OF_THE_CROWD, "crowd"):
            text = self._note("crowd", session, one, preferred=True)
            self._add(
                Remark(text, pictures=self._picture("crowd")),
                session.start + one.minute * 60 + self._random.uniform(20, 150),
            )
