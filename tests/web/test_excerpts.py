import re
from dataclasses import replace
from datetime import timedelta

import pytest

from tests.cast import NOW, a_post
from wall.core.moderation import Status, Verdict
from wall.core.post import Media, Picture, SourceRef, Tag
from wall.core.programme import Draft, Session
from wall.store.submission import Submission

THROUGH = Verdict(status=Status.APPROVED)
SHOWN = re.compile(r'<article[^>]* data-id="([^"]+)"')
TALK = Session(id="talk 1/α", title="Opening <talk>", starts=NOW, ends=NOW + timedelta(hours=1), room="Hall A")
OTHER = Session(id="talk-2", title="Beside", starts=NOW, ends=NOW + timedelta(hours=1), room="Hall B")


@pytest.fixture
def show(store, event):
    async def show(*posts):
        await store.posts.submit(event.slug, [Submission(post, THROUGH) for post in posts], now=NOW)
        return [post.id for post in posts]

    return show


@pytest.fixture
async def programme(store, event):
    draft = Draft(kind="ical", sessions=(TALK, OTHER), rooms=("Hall A", "Hall B"))
    await store.programmes.change(
        event.slug, lambda before: before.importing(draft, origin="file", at=NOW), now=NOW
    )


@pytest.fixture
def shown(site, event):
    async def shown(**query):
        page = await site.browser().get(f"/{event.slug}", params=query)
        assert page.status_code == 200
        return SHOWN.findall(page.text)

    return shown


async def test_a_wall_is_read_by_network(shown, show):
    bluesky = SourceRef(id="b1", kind="bluesky")
    _, other = await show(a_post(), a_post(source=bluesky))

    assert await shown(network="bluesky") == [other]
    assert await shown(network="nostr") == []


async def test_a_wall_is_read_by_posts_with_pictures(shown, show):
    picture = Media(kind="image", url="https://x.example/p.png", picture=Picture("a" * 64, 10, 10))
    _, pictured = await show(a_post(), a_post(media=(picture,)))

    assert await shown(pictures="some") == [pictured]


async def test_a_session_has_what_was_posted_during_it_and_is_not_about_another_room(shown, show, programme):
    tag = Tag("HallB", "hallb")
    during, elsewhere, before = await show(
        a_post(),
        a_post(tags=(tag,)),
        replace(a_post(), created_at=NOW - timedelta(minutes=1)),
    )

    assert await shown(session=TALK.id) == [during]
    assert set(await shown(session=OTHER.id)) == {during, elsewhere}
    assert set(await shown(session="gone")) == {during, elsewhere, before}


async def test_an_excerpt_goes_on_page_by_page_and_stays_an_excerpt(site, event, show):
    bluesky = SourceRef(id="b1", kind="bluesky")
    await show(*(a_post() for _ in range(50)), *(a_post(source=bluesky) for _ in range(45)))
    browser = site.browser()

    first = await browser.get(f"/{event.slug}?network=bluesky")
    older = re.search(r'href="([^"]*before=\d+)"', first.text)[1].replace("&amp;", "&")
    second = await browser.get(older)

    assert "network=bluesky" in older
    assert len(SHOWN.findall(first.text)) == 40
    assert len(SHOWN.findall(second.text)) == 5
    assert not set(SHOWN.findall(first.text)) & set(SHOWN.findall(second.text))


async def test_nothing_that_waits_is_in_an_excerpt(site, event, waiting, programme):
    browser = site.browser()

    for query in ("network=mastodon", f"session={TALK.id}", "network=mastodon&before=99999"):
        assert "Hello from the hall" not in (await browser.get(f"/{event.slug}?{query}")).text


async def test_what_is_on_now_and_the_programme_lead_to_their_posts(site, event, programme):
    site.later(minutes=5)
    browser = site.browser()

    page = await browser.get(f"/{event.slug}")
    sessions = await browser.get(f"/{event.slug}/sessions")

    way = f'href="/{event.slug}?session=talk+1%2F%CE%B1"'
    assert "On now" in page.text
    assert way in page.text
    assert way in sessions.text
    assert "Opening &lt;talk&gt;" in sessions.text


async def test_who_saves_data_is_sent_no_picture(site, event, show):
    picture = Media(kind="image", url="https://x.example/p.png", picture=Picture("a" * 64, 10, 10))
    await show(a_post(media=(picture,)))
    browser = site.browser()

    usual = await browser.get(f"/{event.slug}")
    saving = await browser.get(f"/{event.slug}", headers={"save-data": "on"})
    await browser.get(f"/{event.slug}?reduced=yes")
    chosen = await browser.get(f"/{event.slug}")
    await browser.get(f"/{event.slug}?reduced=no")
    unchosen = await browser.get(f"/{event.slug}", headers={"save-data": "on"})

    sent = f' src="/{event.slug}/media/'
    assert sent in usual.text
    assert sent in unchosen.text
    assert sent not in saving.text + chosen.text
    assert f' data-src="/{event.slug}/media/' in chosen.text
