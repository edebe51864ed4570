from dataclasses import replace
from datetime import timedelta
from email.utils import format_datetime

import feedparser
import pytest

from tests.cast import BOB, NOW, a_decision, a_post
from tests.circle import RULE
from tests.pictures import plain
from wall.core.audit import Entry
from wall.core.moderation import Status, Verdict
from wall.core.post import Media
from wall.core.programme import Session
from wall.core.story import Part, Story
from wall.store.submission import Submission
from wall.web.syndication import PAGE_ENTRIES

THROUGH = Verdict(status=Status.APPROVED)
FORMATS = ["atom", "json"]


@pytest.fixture
def show(store, event):
    """Put posts on the wall."""

    async def show(*posts, now=NOW):
        await store.posts.submit(event.slug, [Submission(one, THROUGH) for one in posts], now=now)
        return posts

    return show


@pytest.fixture
def fetch(site, event):
    async def fetch(path="feed.atom", **headers):
        return await site.browser().get(f"/{event.slug}/{path}", headers=headers)

    return fetch


async def entries(fetch, path="feed.atom"):
    """Return what a reader finds in a page, and in the pages after it."""
    found = []
    while path:
        parsed = feedparser.parse((await fetch(path)).content)
        assert not parsed.bozo
        found += parsed.entries
        older = next((one.href for one in parsed.feed.links if one.rel == "next"), None)
        path = older and older.rpartition("/")[2]
    return found


async def test_a_reader_is_given_what_is_on_the_wall_newest_first(fetch, show):
    first, second = await show(a_post("First #PyConEx"), a_post("Second <b> & more #PyConEx", author=BOB))

    found = await entries(fetch)

    assert [one.title for one in found] == ["Bob: Second <b> & more #PyConEx", "Alice: First #PyConEx"]
    assert [one.link.rpartition("/")[2] for one in found] == [second.id, first.id]
    assert "Second &lt;b&gt; &amp; more" in found[0].content[0].value
    assert found[0].tags[0].term == "PyConEx"


@pytest.mark.parametrize("format", FORMATS)
async def test_what_is_not_on_the_wall_is_in_no_feed(fetch, waiting, format):
    assert "Hello from the hall" not in (await fetch(f"feed.{format}")).text


async def test_pages_lead_on_to_the_first_post_without_a_hole_or_a_repeat(fetch, show):
    posts = await show(*(a_post(f"Words {number} #PyConEx") for number in range(PAGE_ENTRIES + 7)))

    found = await entries(fetch)
    page = (await fetch("feed.json")).json()
    rest = (await fetch(page["next_url"].rpartition("/")[2])).json()

    ids = [post.id for post in reversed(posts)]
    assert [one.id.rpartition("/")[2] for one in found] == ids
    assert [one["id"].rpartition("/")[2] for one in page["items"] + rest["items"]] == ids
    assert "next_url" not in rest


@pytest.mark.parametrize("format", FORMATS)
async def test_a_removed_post_is_gone_at_the_next_fetch_whatever_the_reader_has(
    store, event, fetch, approved, site, format
):
    path = f"feed.{format}"
    site.later(minutes=5)
    had = await fetch(path)
    known = {"if-none-match": had.headers["etag"]}
    since = {"if-modified-since": had.headers["last-modified"]}
    assert [(await fetch(path, **one)).status_code for one in (known, since)] == [304, 304]

    await store.posts.decide(event.slug, a_decision("remove", approved), now=site.time)
    site.later(minutes=5)

    for headers in (known, since):
        answer = await fetch(path, **headers)
        assert answer.status_code == 200
        assert approved.post.id not in answer.text


async def test_a_time_is_said_only_once_its_second_is_over(fetch, approved, site):
    assert "last-modified" not in (await fetch()).headers
    assert (await fetch(**{"if-modified-since": format_datetime(NOW, usegmt=True)})).status_code == 200


async def test_an_edit_keeps_the_id_and_moves_the_time(store, event, fetch, show):
    (post,) = await show(a_post("Befor #PyConEx"))
    (before,) = await entries(fetch)

    edit = Submission(replace(post, text="Before #PyConEx", revision=0), THROUGH)
    await store.posts.edit(event.slug, edit, now=NOW + timedelta(minutes=10))

    (after,) = await entries(fetch)
    assert (after.id, after.published) == (before.id, before.published)
    assert after.updated_parsed[:5] == (2026, 6, 12, 9, 40)
    assert "Before" in after.content[0].value


async def test_pictures_are_enclosed_from_our_own_address_with_their_words(site, fetch, show):
    picture = await site.services["pictures"].keep_bytes(plain(), kind="photo")
    photo = Media(kind="image", url="https://far.example/a.png", picture=picture, alt='A "red" bridge')
    (post,) = await show(a_post(media=(photo,)))

    page = await fetch()
    (entry,) = await entries(fetch)

    (enclosure,) = entry.enclosures
    assert enclosure.href.endswith(f"/media/{post.id}/{picture.id}/screen")
    assert (enclosure.type, enclosure.title) == ("image/webp", 'A "red" bridge')
    assert (await site.browser().get(enclosure.href)).headers["content-type"] == "image/webp"
    assert "far.example" not in page.text


@pytest.mark.parametrize("format", FORMATS)
async def test_of_a_post_with_a_warning_only_the_warning_is_told(site, fetch, show, format):
    picture = await site.services["pictures"].keep_bytes(plain(), kind="photo")
    photo = Media(kind="image", url="https://far.example/a.png", picture=picture)
    await show(a_post("Eight legs #PyConEx", content_warning="Spiders", sensitive=True, media=(photo,)))

    text = (await fetch(f"feed.{format}")).text

    assert "Spiders" in text
    assert "Eight legs" not in text
    assert picture.id not in text


async def test_a_feed_may_be_of_a_session_a_network_or_pictures(store, event, fetch, show):
    talk = Session(id="talk", title="Bridges", starts=NOW - timedelta(hours=1), ends=NOW - timedelta(minutes=30))
    await store.programmes.change(event.slug, lambda before: before.with_session(talk), now=NOW)
    within = replace(a_post("In the talk #PyConEx"), created_at=NOW - timedelta(minutes=45))
    await show(within, a_post("After it #PyConEx"))

    found = await entries(fetch, "feed.atom?session=talk")
    page = await fetch("feed.atom?session=talk")

    assert [one.title for one in found] == ["Alice: In the talk #PyConEx"]
    assert "PyCon Example: Bridges" in page.text
    assert len(await entries(fetch, "feed.atom?network=mastodon")) == 2
    assert await entries(fetch, "feed.atom?network=nostr") == []
    assert await entries(fetch, "feed.atom?pictures=some") == []


async def test_stories_are_entries_of_what_is_still_on_the_wall(store, event, fetch, approved):
    parts = (Part(id="a", words="It <rained>."), Part(id="b", post=approved.post.id))
    story = Story(id="s1", title="A day", parts=parts).opened([], NOW)
    told = Entry(kind="written", by="mia", by_name="Mia", at=NOW)
    await store.stories.create(event.slug, story, now=NOW, entry=told)

    (entry,) = await entries(fetch, "stories.atom")
    await store.posts.decide(event.slug, a_decision("remove", approved), now=NOW)
    after = (await fetch("stories.json")).json()["items"]

    assert (entry.title, entry.link.rpartition("/")[2]) == ("A day", "a-day")
    assert "Hello from the hall" in entry.content[0].value
    assert [one["content_text"] for one in after] == ["It <rained>."]


@pytest.mark.parametrize("format", FORMATS)
async def test_any_page_may_read_a_feed_and_none_of_a_circle(store, event, fetch, approved, format):
    open_ = await fetch(f"feed.{format}")

    await store.events.change(event.slug, lambda before: replace(before, circle=RULE))
    closed = await fetch(f"feed.{format}")

    assert open_.headers["access-control-allow-origin"] == "*"
    assert open_.headers["content-type"].startswith(("application/atom+xml", "application/feed+json"))
    assert closed.status_code == 403
    assert "access-control-allow-origin" not in closed.headers


async def test_the_live_page_leads_to_its_feeds_and_so_does_an_excerpt_of_it(site, event, approved):
    page = (await site.browser().get(f"/{event.slug}")).text
    excerpt = (await site.browser().get(f"/{event.slug}?network=mastodon")).text

    assert f'type="application/atom+xml" title="PyCon Example" href="/{event.slug}/feed.atom"' in page
    assert f'type="application/feed+json" title="PyCon Example" href="/{event.slug}/feed.json"' in page
    assert f'href="/{event.slug}/feed.atom?network=mastodon"' in excerpt


async def test_a_page_of_older_posts_that_there_is_not_is_refused_in_words(fetch):
    assert (await fetch("feed.atom?before=x")).status_code == 422
