"""The pages of an archive, made one after another of what stands on the wall while that is done."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from wall.core.event import Event
from wall.core.excerpt import Span, spans
from wall.core.ledger import EVERYTHING
from wall.core.moderation import Standing, Status
from wall.core.post import Post
from wall.core.programme import Programme
from wall.media.files import PictureFiles
from wall.store import Store
from wall.web.archive.editions import begun, editions_of
from wall.web.archive.figures import figures_of
from wall.web.archive.files import POSTS_A_PAGE, File, posts_page, session_page
from wall.web.archive.links import Links
from wall.web.archive.standings import Standings, Thread
from wall.web.archive.stories import stories_of
from wall.web.archive.styles import letters, marks, stylesheet
from wall.web.figure_parts import Section
from wall.web.figure_words import scope_words
from wall.web.language import speaking
from wall.web.live_view import programme_days
from wall.web.pages import Pages
from wall.web.poll_view import poll_view
from wall.web.question_board import Boards
from wall.web.question_view import row_view
from wall.web.views import timestamp


class ArchiveSite:
    """The archive of one event. It holds what everybody may read on the wall, and nothing else."""

    def __init__(self, store: Store, pictures: PictureFiles, event: Event, *, now: datetime) -> None:
        self.store = store
        self.event = event
        self.now = now
        self.pages = Pages()
        self.links = Links(event.slug, pictures)
        self.standings = Standings(store, event.slug)
        self.about: dict[str, Any] = {}
        self.of_session: dict[str, list[str]] = {}
        self.figures: Sequence[Section] = ()

    async def files(self) -> AsyncIterator[File]:
        """Yield every file. A part that is added to the archive is added here, and to what `_look_round` finds."""
        programme = await self._look_round()
        css = stylesheet(self.event)
        yield File("css/wall.css", css.encode())
        for name, path in letters(css):
            yield File(name, path)
        async for file in self._posts(programme):
            yield file
        async for file in self._sessions(programme):
            yield file
        for part in (
            self._figures(programme),
            stories_of(self),
            editions_of(self),
            self._polls(),
            self._questions(),
        ):
            async for file in part:
                yield file
        yield self.page(
            "about.html", "archive/about.html", here="about", rules=self.event.house_rules.split("\n\n")
        )
        for id, size in sorted(self.links.named):
            if found := self.links.pictures.open(id, size):
                yield File(f"pictures/{id}-{size}.webp", found)

    async def _look_round(self) -> Programme:
        """Look which parts there are, for the head of every page."""
        slug, store = self.event.slug, self.store
        programme = await store.programmes.get(slug)
        self.figures = await figures_of(store, self.pages, self.event, programme) or ()
        counts = await store.posts.counts(slug)
        self.about = {
            "event": self.event,
            "marks": marks(),
            "made_at": timestamp(self.now),
            "total": counts[Status.APPROVED] - await store.answering.shown(slug),
            "has": {
                "sessions": bool(programme.sessions),
                "stories": bool(await store.stories.published(slug)),
                "editions": bool(await begun(store, self.event, self.now)),
                "figures": bool(self.figures),
                "polls": any(one.listed for one in await store.polls.all(slug)),
                "questions": bool((await Boards(store).read(slug)).rows),
            },
        }
        return programme

    # Posts

    async def _posts(self, programme: Programme) -> AsyncIterator[File]:
        rooms = spans(programme, list(programme.sessions))
        pinned = await self.standings.pinned()
        number, found = 1, await self.standings.page(None, limit=POSTS_A_PAGE)
        while True:
            more = (
                await self.standings.page(found[-1][0], limit=POSTS_A_PAGE) if len(found) == POSTS_A_PAGE else []
            )
            standings = await self.standings.tied(one for _place, one in found)
            for standing in standings:
                self._place(standing.post, rooms)
            threads = [await self.standings.thread(one) for one in standings]
            for file in await asyncio.to_thread(
                self._drawn, number, standings, pinned if number == 1 else [], threads, more=bool(more)
            ):
                yield file
            if not more:
                return
            number, found = number + 1, more

    def _place(self, post: Post, rooms: Sequence[Span]) -> None:
        for span in rooms:
            if span.has(post):
                self.of_session.setdefault(span.session.id, []).append(post.id)

    def _drawn(
        self,
        number: int,
        standings: Sequence[Standing],
        pinned: Sequence[Standing],
        threads: Sequence[Thread],
        *,
        more: bool,
    ) -> list[File]:
        """Return one page of posts, and the pages of those posts. In a thread of its own, for it takes a while."""
        name = posts_page(number)
        listed = self.page(
            name,
            "archive/posts.html",
            here="posts",
            posts=[self.shown(one, "", pinned=one.pinned) for one in standings],
            pinned_posts=[self.shown(one, "") for one in pinned],
            newer=posts_page(number - 1) if number > 1 else "",
            older=posts_page(number + 1) if more else "",
        )
        return [listed, *(self._post(one) for one in threads)]

    def _post(self, one: Thread) -> File:
        author = one.post.post.author
        return self.page(
            f"post/{one.post.post.id}.html",
            "archive/post.html",
            root="../",
            title=author.name or author.handle,
            post=self.shown(one.post, "../"),
            answered=self.shown(one.answered, "../") if one.answered else None,
            replies=[self.shown(reply, "../") for reply in one.replies],
        )

    def shown(self, standing: Standing, root: str, *, pinned: bool = False) -> dict[str, Any]:
        with speaking(self.event.language):
            html = self.links.relative(self.pages.post(self.event.slug, standing), root)
        return {"id": standing.post.id, "html": html, "pinned": pinned}

    # The rest

    async def _sessions(self, programme: Programme) -> AsyncIterator[File]:
        numbers = {one.id: number for number, one in enumerate(programme.sessions, start=1)}
        with speaking(self.event.language):
            days = programme_days(programme, self.event)
        for day in days:
            for one in day["sessions"]:
                ids = self.of_session.get(one["id"], [])
                one["count"], one["url"] = len(ids), f"session/{numbers[one['id']]}.html"
                async for file in self._session(one, ids):
                    yield file
        if days:
            yield self.page("sessions.html", "archive/sessions.html", here="sessions", days=days)

    async def _session(self, session: dict[str, Any], ids: Sequence[str]) -> AsyncIterator[File]:
        """Yield the pages of a session: the first is there even where nothing was said in it."""
        whole = session["url"].removeprefix("session/")
        names = [session_page(whole, start) for start in range(0, max(len(ids), 1), POSTS_A_PAGE)]
        for number, name in enumerate(names):
            page = ids[number * POSTS_A_PAGE : (number + 1) * POSTS_A_PAGE]
            ways = {
                "newer": names[number - 1] if number else "",
                "older": names[number + 1] if number + 1 < len(names) else "",
            }
            standings = await self.standings.named(page)
            yield await asyncio.to_thread(self._drawn_session, name, session, standings, ways)

    def _drawn_session(
        self, name: str, session: dict[str, Any], standings: Sequence[Standing], ways: dict[str, str]
    ) -> File:
        return self.page(
            f"session/{name}",
            "archive/session.html",
            root="../",
            here="sessions",
            session=session,
            posts=[self.shown(one, "../") for one in standings],
            pinned_posts=[],
            **ways,
        )

    async def _figures(self, programme: Programme) -> AsyncIterator[File]:
        """Yield what was counted of the whole event, and the table of each chart."""
        if not self.figures:
            return
        with speaking(self.event.language):
            scope = scope_words(EVERYTHING, self.event, programme)
            for chart in (chart for one in self.figures for chart in one.charts):
                yield File(f"figures/{chart.name}.csv", chart.table.csv().encode())
        yield self.page(
            "figures.html",
            "archive/figures.html",
            here="figures",
            scope=scope,
            sections=self.figures,
            tables="figures/",
            address="",
        )

    async def _polls(self) -> AsyncIterator[File]:
        """Yield the page of polls as they will stand once all are closed: with what came of them until now."""
        polls = [
            replace(one, status="closed") for one in await self.store.polls.all(self.event.slug) if one.listed
        ]
        counted = await self.store.polls.counted(self.event.slug, [one.id for one in polls])
        views = [poll_view(one, counted[one.id], "everybody") for one in polls if one.listed]
        if self.about["has"]["polls"]:
            yield self.page("polls.html", "archive/polls.html", here="polls", polls=views)

    async def _questions(self) -> AsyncIterator[File]:
        board = await Boards(self.store).read(self.event.slug)
        rows = [row_view(self.event, one, voted=False) for one in board.rows]
        if rows:
            yield self.page("questions.html", "archive/questions.html", here="questions", rows=rows)

    def page(self, path: str, template: str, *, root: str = "", **context: Any) -> File:
        """Return a page of the archive; `root` is the way from it to the first page's folder."""
        context = {"here": "", "title": "", **self.about, **context}
        with speaking(self.event.language):
            html = self.pages.render(template, root=root, **context)
        return File(path, self.links.relative(html, root).encode())
