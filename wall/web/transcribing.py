"""Reads a transcript from the store: first its plan, then its posts page by page, each as it stands at that moment."""

from collections.abc import AsyncIterator, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import islice
from zoneinfo import ZoneInfo

from wall.core.event import Event
from wall.core.moderation import Standing, Status
from wall.core.post import Post
from wall.core.transcript.asked import Asked
from wall.core.transcript.initials import unnamed
from wall.core.transcript.line import Line
from wall.core.transcript.plan import Plan, Row, Section, Timetable, by_question, by_time
from wall.media.files import PictureFiles
from wall.store import Store
from wall.store.written import Written
from wall.web.chat_moment import questions_of

PAGE = 100
LISTED = 500


@dataclass(frozen=True, slots=True)
class Transcriber:
    """Reads transcripts. `address` is where walls are, without a slash at its end."""

    store: Store
    pictures: PictureFiles
    address: str

    async def plan(self, event: Event, asked: Asked, *, now: datetime) -> Plan:
        """Return which posts are asked for; costs one look at every post of the wall, or of an edition."""
        zone = ZoneInfo(event.timezone)
        noted = Noted()
        if asked.edition is not None:
            return noted.plan(by_question(await self.parts_of(event, asked.edition, noted, now), zone))
        rows: list[Row] = []
        async for page in self.store.posts.written(event.slug):
            rows += noted.rows(one for one in page if asked.has(one.at, one.tags))
        timetable = Timetable(await self.store.programmes.get(event.slug))
        only = asked.span.session if asked.span else None
        return noted.plan(by_time(rows, timetable, zone, only=only))

    async def parts_of(
        self, event: Event, number: int, noted: "Noted", now: datetime
    ) -> list[tuple[int, str, Sequence[Row]]]:
        """Return what was said in an edition of a chat: to each question asked by now, and then what was also said."""
        index = self.store.chat_index
        edition = await self.store.chats.get(event.slug, number)
        questions = {one.number: one for one in await questions_of(self.store, event, edition, now)}
        figures = await index.figures(event.slug, number)
        parts: list[tuple[int, str, Sequence[Row]]] = []
        for part in (*sorted(questions.keys() | figures.answers.keys()), 0):
            question = questions.get(part)
            ids = [question.post] if question and question.post else []
            start = 0
            while some := await index.ids(event.slug, number, part, start=start, limit=LISTED):
                ids += (id for id in some if id not in ids[:1])
                start += LISTED
            rows: list[Row] = []
            for place in range(0, len(ids), LISTED):
                rows += noted.rows(await self.store.posts.written_of(event.slug, ids[place : place + LISTED]))
            parts.append((part, question.text if question else "", rows))
        return parts

    async def lines(
        self, event: Event, plan: Plan, asked: Asked, *, threaded: bool
    ) -> AsyncIterator[tuple[Section, Line]]:
        """Yield the posts of a plan that still stand on the wall, each with the wall's own answer after it.

        Where not `threaded`, they come by time.
        """
        timetable = Timetable(await self.store.programmes.get(event.slug))
        manner = Manner(f"{self.address}/{event.slug}", plan.numbers(), asked, timetable, self.pictures)
        order = iter(threads(plan) if threaded else in_time(plan))
        above: list[str] = []
        before: Section | None = None
        while page := list(islice(order, PAGE)):
            standings = await self.store.posts.get_all(event.slug, [row.id for _section, row in page])
            visible = [one for one in standings if one and one.visible]
            tied = {one.post.id: one for one in await self.store.threads.tied(event.slug, visible)}
            for section, row in page:
                standing = tied.get(row.id)
                if standing is None:
                    continue
                if section is not before:
                    above, before = [], section
                depth = above.index(row.answers) + 1 if row.answers in above else 0
                above = [*above[:depth], row.id]
                line = manner.line(standing, row.answers, section, depth)
                yield section, line
                if standing.answer is not None:
                    yield section, manner.answer(line, standing.answer)


@dataclass(slots=True)
class Noted:
    """What is noted of all posts of a plan while it is made: how many people, and which letters."""

    people: set[str]
    letters: set[str]

    def __init__(self) -> None:
        self.people, self.letters = set(), set()

    def rows(self, some: Iterable[Written]) -> list[Row]:
        found = []
        for one in some:
            self.people.add(one.author)
            self.letters |= one.letters
            found.append(Row(one.at, one.id, one.answers))
        return found

    def plan(self, sections: tuple[Section, ...]) -> Plan:
        return Plan(sections=sections, people=len(self.people), letters=frozenset(self.letters))


@dataclass(frozen=True, slots=True)
class Manner:
    """How posts become lines. `numbers` are those of the posts in the transcript, by their ids."""

    address: str
    numbers: Mapping[str, int]
    asked: Asked
    timetable: Timetable
    pictures: PictureFiles

    def line(self, standing: Standing, answers: str | None, section: Section, depth: int) -> Line:
        post = standing.post
        answered = standing.answers is not None and standing.answers.visible
        return Line(
            standing=unnamed(standing) if self.asked.initials else standing,
            key=self.key(post.id) or "",
            url="" if self.asked.initials else f"{self.address}/post/{post.id}",
            answers=self.key(answers) if answers and answered else None,
            within=answers in self.numbers,
            depth=depth,
            sessions=self.timetable.of(post.created_at, {tag.key for tag in post.tags}),
            question=section.question,
            kept=self.kept(post),
        )

    def answer(self, line: Line, answer: Post) -> Line:
        """Return the wall's own answer to a post, which stands after it."""
        own = Standing(post=answer, status=Status.APPROVED, approved_at=line.standing.approved_at)
        return replace(
            line,
            standing=unnamed(own) if self.asked.initials else own,
            key=self.key(answer.id) or f"{line.key}-answer",
            url="" if self.asked.initials else f"{self.address}/post/{answer.id}",
            answers=line.key,
            within=True,
            depth=line.depth + 1,
            kept=self.kept(answer),
        )

    def kept(self, post: Post) -> frozenset[str]:
        """Return the pictures of a post whose files are there, where pictures are asked for."""
        if not self.asked.pictures:
            return frozenset()
        drawn = [*post.shown, *(one.picture for one in post.emojis.values() if one.picture)]
        return frozenset(one.id for one in drawn if self.pictures.open(one.id, "thumb"))

    def key(self, id: str) -> str | None:
        """Return what a post is called; None for what has no number, where nobody is named."""
        if not self.asked.initials:
            return id
        return str(self.numbers[id]) if id in self.numbers else None


def threads(plan: Plan) -> Iterable[tuple[Section, Row]]:
    return ((section, row) for section in plan.sections for row in section.threads())


def in_time(plan: Plan) -> Iterable[tuple[Section, Row]]:
    rows = [(row.at, row.id, section, row) for section in plan.sections for row in section.rows]
    rows.sort(key=lambda one: one[:2])
    return ((section, row) for _at, _id, section, row in rows)
