import pytest

from tests.cast import NOW, a_decision
from wall.core.audit import Filter
from wall.sources.base import Delete

NONCE = "a" * 32
WORDS = "It began with <coffee> at https://example.org/menu"
SEEN = "It began with &lt;coffee&gt;"
PAGE = "stories/a-day-in-the-hall"


@pytest.fixture
def desk(browser, event):
    async def desk(path="", **values):
        return await browser.post(f"/{event.slug}/moderate/stories{path}", data=values)

    return desk


@pytest.fixture
def change(desk):
    async def change(do, **values):
        return await desk(f"/{NONCE}", do=do, **values)

    return change


@pytest.fixture
async def story(desk, change, approved):
    """A published story of own words and a post."""
    await desk(title="A day in the hall", nonce=NONCE, post=approved.post.id)
    await change("words", words=WORDS, nonce="b" * 32)
    await change("publish")
    return NONCE


@pytest.fixture
def read(site, event):
    async def read(path=PAGE, **options):
        return await site.browser().get(f"/{event.slug}/{path}", **options)

    return read


async def front(site, event):
    return (await site.browser().get(f"/{event.slug}")).text


async def test_a_story_is_read_at_its_address_with_words_and_posts_in_their_order(story, read):
    page = (await read()).text

    head, body = page.split("<main")
    assert body.index("Hello from the hall") < body.index(SEEN)
    assert 'href="https://example.org/menu"' in body
    assert '<meta property="og:title" content="A day in the hall">' in head


async def test_a_draft_is_read_by_nobody(site, event, desk, change, approved, read):
    await desk(title="A day in the hall", nonce=NONCE, post=approved.post.id)
    await change("words", words=WORDS, nonce="b" * 32)

    assert (await read()).status_code == 404
    assert (await read(f"stories/{NONCE}")).status_code == 404
    assert "A day in the hall" not in (await read("stories")).text


async def test_a_post_that_waits_is_in_no_story_until_it_is_shown(store, event, desk, change, waiting, read):
    await desk(title="A day in the hall", nonce=NONCE, post=waiting.post.id)
    await change("publish")

    assert "Hello from the hall" not in (await read()).text

    await store.posts.decide(event.slug, a_decision("approve", waiting), now=NOW)

    assert "Hello from the hall" in (await read()).text


async def test_a_post_that_leaves_the_wall_leaves_every_story_and_its_editor_is_told(
    browser, store, event, story, approved, read
):
    await store.posts.decide(event.slug, a_decision("remove", approved), now=NOW)

    page = (await read()).text
    editor = (await browser.get(f"/{event.slug}/moderate/stories/{story}")).text
    assert "Hello from the hall" not in page
    assert SEEN in page
    assert "It left the wall, and is not shown." in editor
    assert "1 post of this story is not on the wall" in editor


async def test_no_word_of_a_deleted_post_stays_in_a_story_or_before_its_editor(
    site, browser, event, story, approved, read
):
    await site.services["acceptor"].withdraw(event.slug, Delete(approved.post.uid))

    assert "Hello from the hall" not in (await read()).text
    assert "Hello from the hall" not in (await browser.get(f"/{event.slug}/moderate/stories/{story}")).text


async def test_the_address_stays_when_the_title_changes(change, story, read):
    await change("title", title="Two days in the hall")

    assert "Two days in the hall" in (await read()).text


async def test_a_story_is_taken_down_and_its_list_with_it(site, event, change, story, read):
    assert "A day in the hall" in (await read("stories")).text
    assert ">Stories</a>" in await front(site, event)

    await change("withdraw")

    assert (await read()).status_code == 404
    assert "A day in the hall" not in (await read("stories")).text
    assert ">Stories</a>" not in await front(site, event)


async def test_a_cache_may_keep_a_story_and_asks_whether_it_is_still_so(store, event, story, approved, read):
    first = await read()
    same = await read(headers={"if-none-match": first.headers["etag"]})
    await store.posts.decide(event.slug, a_decision("remove", approved), now=NOW)
    after = await read(headers={"if-none-match": first.headers["etag"]})

    assert (first.headers["cache-control"], same.status_code, after.status_code) == ("no-cache", 304, 200)


async def test_parts_are_put_in_order_changed_and_taken_out(store, event, change, story, approved):
    await change("up", part="b" * 32)
    await change("reword", part="b" * 32, words="It began early", seen=WORDS)
    await change("drop", part=approved.post.id)

    (part,) = (await store.stories.get(event.slug, story)).parts
    assert part.words == "It began early"


async def test_words_typed_beside_somebody_elses_are_refused_and_not_lost(change, story):
    answer = await change("reword", part="b" * 32, words="Mine", seen="as it was before")

    assert answer.status_code == 422
    assert ">Mine</textarea>" in answer.text


async def test_a_post_is_put_into_a_story_that_is_there_once(store, event, desk, story, approved):
    await desk(story=story, post=approved.post.id)

    assert len((await store.stories.get(event.slug, story)).parts) == 2


async def test_what_was_rejected_is_put_into_no_story(store, event, desk, waiting):
    await store.posts.decide(event.slug, a_decision("reject", waiting), now=NOW)

    answer = await desk(title="A day", nonce=NONCE, post=waiting.post.id)

    assert answer.status_code == 422
    assert await store.stories.all(event.slug) == []


async def test_the_desk_offers_to_put_a_post_into_a_story(browser, event, waiting):
    desk = await browser.get(f"/{event.slug}/moderate")
    page = await browser.get(f"/{event.slug}/moderate/stories?post={waiting.post.id}")

    assert f'href="/{event.slug}/moderate/stories?post={waiting.post.id}" data-story' in desk.text
    assert "Into a new story" in page.text


async def test_a_story_is_deleted_and_the_log_says_what_was_done(store, event, change, story):
    await change("delete")

    entries, _ = await store.audit.page(event.slug, Filter(), limit=9)
    kinds = [one.kind for one in reversed(entries) if one.kind.startswith("story")]
    assert kinds == ["story", "story", "story published", "story withdrawn"]
    assert await store.stories.all(event.slug) == []
