"""What organisers download to keep: the file of an event, and its wall as pages."""

import io
import re
import zipfile
from dataclasses import replace
from datetime import timedelta
from posixpath import dirname, join, normpath
from urllib.parse import unquote

import pytest
import pytest_asyncio

from tests.cast import NOW, a_decision, a_post
from tests.chats import an_edition, make_chat, said
from tests.polls import a_poll, answer
from tests.portable.filled import PICTURE, WEBP
from tests.waiting import until
from wall.core.audit import Entry
from wall.core.moderation import Status, Verdict
from wall.core.poll import moved
from wall.core.post import Media
from wall.core.programme import Session
from wall.core.question import Question
from wall.core.story import Part, Story
from wall.counting import Counter
from wall.gathering import Gatherer
from wall.portable import export_event, import_event
from wall.store.submission import Submission
from wall.web.archive import ArchiveSite, to_folder
from wall.web.archive import editions as archive_editions
from wall.web.archive import files as archive_files
from wall.web.archive import site as archive_site

BY_MIA = Entry(kind="story", by="mia", by_name="Mia", at=NOW)
LINK = re.compile(r'\s(?:href|src)="([^"]*)"')
THROUGH = Verdict(status=Status.APPROVED)
DAY = timedelta(days=1)


async def show(store, event, *posts):
    await store.posts.submit(event.slug, [Submission(one, THROUGH) for one in posts], now=NOW)
    return posts


@pytest_asyncio.fixture
async def kept(site, store, event):
    """An event with something on each page of its archive, and what must be on none."""
    pictures, slug = site.services["pictures"], event.slug
    for size in ("screen", "thumb"):
        path = pictures.path(PICTURE.id, size)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(WEBP)
    lost = replace(PICTURE, id="0" * 32)
    shown, reply, *_ = await show(
        store,
        event,
        first := a_post(
            'Said "in the hall" #PyConEx', media=(Media(kind="image", url="https://x.example/1", picture=PICTURE),)
        ),
        a_post("Indeed", reply_to=first.uid),
        a_post("Lost its picture", media=(Media(kind="image", url="https://x.example/2", picture=lost),)),
        a_post("/" + slug + '" href="/elsewhere'),
    )
    waits, gone = a_post("Nobody has read this"), a_post("Nobody wants this")
    await store.posts.submit(slug, [Submission(waits, Verdict())], now=NOW)
    await show(store, event, gone)
    for kind, post in (("pin", shown), ("remove", gone)):
        await store.posts.decide(slug, a_decision(kind, await store.posts.get(slug, post.id)), now=NOW)
    talk = Session(id="talk", title="Bridges", starts=NOW, ends=NOW + timedelta(hours=1), by_hand=True)
    await store.programmes.change(slug, lambda one: one.with_session(talk), now=NOW)
    story = Story(
        id="a",
        title="The day",
        name="the-day",
        published=True,
        published_at=NOW,
        parts=(Part(id="w", words="Once"), Part(id="p", post=shown.id), Part(id="g", post=gone.id)),
    )
    await store.stories.create(slug, story, now=NOW, entry=BY_MIA)
    await store.stories.create(slug, Story(id="b", title="A draft nobody knows"), now=NOW, entry=BY_MIA)
    await store.polls.add(slug, moved(a_poll(), "open", now=NOW), now=NOW)
    await store.polls.add(slug, a_poll(id="later", question="A draft nobody knows?"), now=NOW)
    await store.polls.cast(slug, "lunch", "ann", answer("1"))
    await store.questions.ask(slug, Question(post_id=reply.id, at=NOW))
    return event, shown


async def files_of(site, event):
    event = await site.store.events.get(event.slug)
    made = ArchiveSite(site.store, site.services["pictures"], event, now=NOW)
    return {file.path: file.data async for file in made.files()}


def pages_of(files):
    return {path: data.decode() for path, data in files.items() if path.endswith(".html")}


async def test_an_archive_has_a_page_of_everything_that_stands_on_the_wall(site, kept):
    event, shown = kept

    pages = pages_of(await files_of(site, event))

    assert set(pages) >= {
        "index.html", "sessions.html", "session/1.html", "stories.html", "story/the-day.html", "polls.html",
        "questions.html", "about.html", f"post/{shown.id}.html",
    }  # fmt: skip
    assert "in the hall" in pages["index.html"]
    assert "&quot; href=&quot;/elsewhere" in pages["index.html"]
    assert "in the hall" in pages["session/1.html"]
    assert "in the hall" in pages["story/the-day.html"]
    assert "Indeed" in pages[f"post/{shown.id}.html"]
    assert "What for lunch?" in pages["polls.html"]
    assert "100 %" in pages["polls.html"]
    assert "Indeed" in pages["questions.html"]


async def test_what_was_counted_is_in_an_archive_with_its_tables(site, kept):
    event, _shown = kept
    await Counter(site.store).count(event.slug)

    files = await files_of(site, event)

    page = files["figures.html"].decode()
    assert "At a glance" in page
    assert "The team" not in page
    tables = {way for way in LINK.findall(page) if way.endswith(".csv")}
    assert tables
    assert tables <= files.keys()
    assert files["figures/most-active.csv"].decode().startswith("\ufeffWho,Posts")


async def test_nothing_that_is_not_on_the_wall_is_in_an_archive(site, kept):
    whole = "".join(pages_of(await files_of(site, kept[0])).values())

    assert [
        words for words in ("Nobody has read this", "Nobody wants this", "nobody knows") if words in whole
    ] == []


async def test_every_way_in_an_archive_leads_to_a_file_of_it(site, kept):
    files = await files_of(site, kept[0])

    lost = [
        (page, way)
        for page, text in pages_of(files).items()
        for way in LINK.findall(text)
        if not way.startswith(("https:", "http:", "#", "data:"))
        if normpath(join(dirname(page), unquote(way.partition("#")[0]))) not in files
    ]

    assert lost == []
    assert f"pictures/{PICTURE.id}-thumb.webp" in files


async def test_an_archive_runs_no_script_and_asks_nobody(site, kept):
    files = await files_of(site, kept[0])
    whole = "".join(pages_of(files).values())
    css = files["css/wall.css"].decode()

    assert "<script" not in whole
    assert "<form" not in whole
    assert "http" not in "".join(re.findall(r"url\([^)]*\)", css))
    assert [name for name in re.findall(r'url\("\.\./([^"]*)"\)', css) if name not in files] == []


async def test_posts_are_on_pages_of_two_hundred(site, store, event, monkeypatch):
    monkeypatch.setattr(archive_site, "POSTS_A_PAGE", 2)
    monkeypatch.setattr(archive_files, "POSTS_A_PAGE", 2)
    await show(store, event, *(a_post(f"Number {number}") for number in range(5)))

    pages = pages_of(await files_of(site, event))

    assert [page.count("<article") for name, page in pages.items() if "posts" in name or name == "index.html"] == [
        2,
        2,
        1,
    ]
    assert 'rel="next" href' not in pages["posts-3.html"]
    assert 'href="posts-2.html" rel="prev"' in pages["posts-3.html"]


async def test_an_archive_of_an_empty_wall_says_so(site, event):
    pages = pages_of(await files_of(site, event))

    assert set(pages) == {"index.html", "about.html"}
    assert "Nothing on the wall." in pages["index.html"]


async def test_an_archive_speaks_the_language_of_its_event(site, store, event):
    await store.events.change(event.slug, lambda one: replace(one, language="ar"))

    pages = pages_of(await files_of(site, event))

    assert '<html lang="ar" dir="rtl"' in pages["index.html"]


async def test_a_folder_is_whole_or_not_there_and_nothing_in_it_is_overwritten(site, event, tmp_path):
    made = ArchiveSite(site.store, site.services["pictures"], event, now=NOW)

    await to_folder(made.files(), tmp_path / "out")
    with pytest.raises(Exception, match="not empty"):
        await to_folder(made.files(), tmp_path / "out")

    assert (tmp_path / "out" / "index.html").is_file()
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


async def test_an_imported_wall_is_read_and_goes_on(site, store, kept, tmp_path):
    event, pictures = kept[0], site.services["pictures"]
    path, slug = tmp_path / "event.zip", f"{kept[0].slug}-twin"
    with path.open("w+b") as file:
        await export_event(store, pictures, event.slug, file, program="1.0")
    await import_event(store, pictures, path, slug=slug, check_slug=str)
    reader = site.browser()

    before = (await reader.get(f"/{slug}/feed")).json()
    (new,) = await show(store, await store.events.get(slug), a_post("Said after it was imported"))
    await until(lambda: heard(reader, f"/{slug}/feed?cursor={before['cursor']}"))
    page = await reader.get(f"/{slug}")

    assert before["pinned"] == [kept[1].id]
    assert page.text.index(new.id) < page.text.index("Lost its picture")
    assert (await reader.get(f"/{slug}/polls")).status_code == 200
    assert (await reader.get(f"/{slug}/stories/the-day")).status_code == 200


async def heard(reader, path):
    return [one["kind"] for one in (await reader.get(path)).json()["updates"]] == ["posted"]


async def test_an_organiser_downloads_both_and_a_moderator_neither(site, kept, olga, mia):
    event, _ = kept
    organiser, moderator = await site.browser_of(olga), await site.browser_of(mia)

    page = await organiser.get(f"/organise/{event.slug}")
    export = await organiser.get(f"/organise/{event.slug}/export")
    archive = await organiser.get(f"/organise/{event.slug}/archive")
    refused = [await moderator.get(f"/organise/{event.slug}/{what}") for what in ("export", "archive")]

    assert f'href="/organise/{event.slug}/export"' in page.text
    assert "manifest.json" in zipfile.ZipFile(io.BytesIO(export.content)).namelist()
    assert f"{event.slug}/index.html" in zipfile.ZipFile(io.BytesIO(archive.content)).namelist()
    assert [one.status_code for one in refused] == [403, 403]


async def test_an_archive_has_a_page_of_each_edition_that_has_begun_with_every_answer(
    site, store, event, monkeypatch
):
    monkeypatch.setattr(archive_editions, "FIRST", 2)
    monkeypatch.setattr(archive_editions, "POSTS_A_PAGE", 2)
    await make_chat(store, event, an_edition(starts=NOW - timedelta(minutes=15)), an_edition(2, starts=NOW + DAY))
    answers = [said(f"A1 Answer {number}", starts=NOW, minute=-number) for number in (1, 2, 3)]
    gone = said("A1 Taken back", starts=NOW)
    await show(store, event, *answers, gone)
    await Gatherer(store).gather(event.slug)
    await store.posts.withdraw(event.slug, gone.uid, now=NOW)

    pages = pages_of(await files_of(site, event))

    whole = pages["edition/1.html"]
    assert "What is number 1?" in whole
    assert re.findall(r"Answer \d", whole) == ["Answer 3", "Answer 2"]
    assert [re.findall(r"Answer \d", pages[f"edition/1-q1{page}.html"]) for page in ("", "-2")] == [
        ["Answer 3", "Answer 2"],
        ["Answer 1"],
    ]
    assert 'href="edition/1.html"' in pages["editions.html"]
    assert "edition/2.html" not in pages
    assert [
        words for words in ("What is number 2?", "Topic 2", "Taken back") if words in "".join(pages.values())
    ] == []
