"""What the moderators of each event taught the guess, learned anew as they say more."""

import asyncio
from collections.abc import Sequence

from wall.core.event import Event
from wall.core.lesson import NEWEST, Example, Lesson, learn
from wall.core.moderation import Standing
from wall.core.mood import Heard
from wall.core.spoken import spoken
from wall.core.tongue import SCORED
from wall.listening.ear import Ear
from wall.store import Store
from wall.store.moods import Taught

ANEW = 10
"""So many further words of moderators are learned from together, and a tenth of all at the least."""


class Teacher:
    """The lessons of one process, by slug."""

    def __init__(self, store: Store, ear: Ear) -> None:
        self.store = store
        self.ear = ear
        self.lessons: dict[str, tuple[int, Lesson | None]] = {}

    def lesson(self, event: Event) -> Lesson | None:
        """Return what an event's moderators taught, where that is put to use."""
        _said, lesson = self.lessons.get(event.slug, (0, None))
        return lesson if lesson and lesson.better and event.listens == "learn" else None

    def said(self, slug: str) -> int:
        """Return how many words of moderators there were when they were learned from, 0 before."""
        return self.lessons.get(slug, (0, None))[0]

    def forget(self, slug: str) -> None:
        self.lessons.pop(slug, None)

    async def learn(self, event: Event) -> None:
        """Learn anew where moderators said enough since the last time."""
        if event.listens != "learn":
            return
        _unhappy, said = await self.store.moods.counts(event.slug)
        before, lesson = self.lessons.get(event.slug, (-1, None))
        if before == said or (lesson and abs(said - before) < max(ANEW, before // 10)):
            return
        corrected = await self._corrected(event.slug)
        lesson, posts = await asyncio.to_thread(self._learn, corrected)
        self.lessons[event.slug] = said, lesson
        taught = Taught(
            posts=posts,
            better=bool(lesson and lesson.better),
            learned=lesson.learned if lesson else None,
            lexicon=lesson.lexicon if lesson else None,
        )
        await self.store.moods.teach(event.slug, taught)

    async def _corrected(self, slug: str) -> list[tuple[Standing, Heard]]:
        """Return the posts that moderators spoke of, the newest word first."""
        ids = await self.store.moods.said(slug, limit=NEWEST)
        standings = await self.store.posts.get_all(slug, ids)
        heard = await self.store.moods.get_all(slug, ids)
        return [(standing, one) for standing, one in zip(standings, heard, strict=True) if standing]

    def _learn(self, corrected: Sequence[tuple[Standing, Heard]]) -> tuple[Lesson | None, int]:
        examples = [
            Example(words, self.ear.sounds(words), one.unhappy)
            for standing, one in corrected
            if one.word and one.word.says != "can't tell" and one.mood and one.mood.language == SCORED
            for words in [spoken(standing.post.text)]
        ]
        return learn(examples), len(examples)
