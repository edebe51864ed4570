"""The stories of an archive: those that are published, each with its posts as far as they are on the wall."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from typing import TYPE_CHECKING, Any

from wall.core.moderation import Standing
from wall.core.story import Story
from wall.web.archive.files import File
from wall.web.stories import title_view, words_html

if TYPE_CHECKING:
    from wall.web.archive.site import ArchiveSite


async def stories_of(site: "ArchiveSite") -> AsyncIterator[File]:
    stories = await site.store.stories.published(site.event.slug)
    views = [{**title_view(site.event, one), "url": f"story/{one.name}.html"} for one in stories]
    for story, view in zip(stories, views, strict=True):
        there = {one.post.id: one for one in await site.standings.named(story.posts)}
        yield await asyncio.to_thread(drawn, site, story, view, there)
    if stories:
        yield site.page("stories.html", "archive/stories.html", here="stories", stories=views)


def drawn(site: "ArchiveSite", story: Story, view: Mapping[str, Any], there: Mapping[str, Standing]) -> File:
    parts = [
        words_html(part.words) if part.words else site.shown(there[part.post], "../")["html"]
        for part in story.parts
        if part.words or part.post in there
    ]
    return site.page(view["url"], "archive/story.html", root="../", here="stories", story=view, parts=parts)
