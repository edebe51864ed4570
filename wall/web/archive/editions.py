"""The editions of a chat in an archive: each question by question with its figures, and all answers to each."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any, cast

from wall.core.edition import Edition
from wall.core.event import Event
from wall.core.figures import Figures
from wall.core.gathered import REST
from wall.core.moderation import Standing
from wall.store import Store
from wall.web.archive.files import POSTS_A_PAGE, File
from wall.web.chat_moment import questions_of
from wall.web.chat_view import SAID, edition_view
from wall.web.figures_view import figures_view
from wall.web.language import speaking
from wall.web.state import State

if TYPE_CHECKING:
    from wall.web.archive.site import ArchiveSite

FIRST = 50
"""Answers to a question on the page of the whole edition; the others are on pages of that question."""


async def begun(store: Store, event: Event, now: datetime) -> list[Edition]:
    """Return the editions that have begun, the newest first: what is planned is for the wall to tell."""
    editions = await store.chats.all(event.slug) if event.chat else []
    there = [one for one in editions if one.starts <= now]
    return sorted(there, key=lambda one: (one.starts, one.number), reverse=True)


async def editions_of(site: "ArchiveSite") -> AsyncIterator[File]:
    editions = await begun(site.store, site.event, site.now)
    if not editions:
        return
    rows = []
    for edition in editions:
        figures = await site.store.chat_index.figures(site.event.slug, edition.number)
        with speaking(site.event.language):
            view = {**edition_view(edition, site.event), "url": f"edition/{edition.number}.html"}
        rows.append({**view, "posts": figures.posts, "people": figures.people})
        async for file in pages_of(site, edition, view, figures):
            yield file
    yield site.page("editions.html", "archive/editions.html", here="editions", rows=rows)


async def pages_of(
    site: "ArchiveSite", edition: Edition, view: dict[str, Any], figures: Figures
) -> AsyncIterator[File]:
    """Yield the page of an edition, and those of the questions with more answers than stand on it."""
    index, slug = site.store.chat_index, site.event.slug
    questions = {one.number: one for one in await questions_of(site.store, site.event, edition, site.now)}
    sections = []
    for number in [*sorted(questions.keys() | figures.answers.keys()), REST]:
        question = questions.get(number)
        ids = await index.ids(
            slug, edition.number, number, limit=(await index.sizes(slug, edition.number, [number]))[number]
        )
        found = await site.standings.named(ids)
        asking = await site.standings.named([question.post] if question and question.post else [])
        section = {
            "number": number,
            "text": question.text if question else "",
            "asked": question is not None,
            "total": len(found),
            "more": len(found) > FIRST,
            "url": part_page(edition, number, 0),
        }
        sections.append((section, asking, found[:FIRST]))
        if section["more"]:
            for start in range(0, len(found), POSTS_A_PAGE):
                yield await asyncio.to_thread(drawn_part, site, edition, view, section, found, start)
    told = await figures_view(cast("State", {"store": site.store}), site.event, figures)
    yield await asyncio.to_thread(drawn, site, edition, view, sections, told)


def drawn(
    site: "ArchiveSite",
    edition: Edition,
    view: dict[str, Any],
    sections: Sequence[tuple[dict[str, Any], Sequence[Standing], Sequence[Standing]]],
    figures: dict[str, Any],
) -> File:
    listed = [
        {**one, "asking": posts(site, edition, asking), "posts": posts(site, edition, found)}
        for one, asking, found in sections
    ]
    return site.page(
        view["url"],
        "archive/edition.html",
        root="../",
        here="editions",
        edition=view,
        sections=listed,
        figures=figures,
    )


def drawn_part(
    site: "ArchiveSite",
    edition: Edition,
    view: dict[str, Any],
    section: dict[str, Any],
    found: Sequence[Standing],
    start: int,
) -> File:
    """Return one page of all answers to a question, or of what was also said."""
    after = start + POSTS_A_PAGE
    return site.page(
        f"edition/{part_page(edition, section['number'], start)}",
        "archive/edition_part.html",
        root="../",
        here="editions",
        edition={**view, "url": f"{edition.number}.html"},
        section=section,
        posts=posts(site, edition, found[start:after]),
        earlier=part_page(edition, section["number"], start - POSTS_A_PAGE) if start else "",
        later=part_page(edition, section["number"], after) if after < len(found) else "",
    )


def posts(site: "ArchiveSite", edition: Edition, standings: Sequence[Standing]) -> list[dict[str, Any]]:
    return [{**site.shown(one, "../"), "host": edition.has_host(one.post)} for one in standings]


def part_page(edition: Edition, number: int, start: int) -> str:
    """Return the file of a page of answers, beside that of its edition."""
    name = f"{edition.number}-{f'q{number}' if number else SAID}"
    return f"{name}-{start // POSTS_A_PAGE + 1}.html" if start else f"{name}.html"
