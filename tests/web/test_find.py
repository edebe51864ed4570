"""Finding, bulk and what the team writes, over HTTP."""

from dataclasses import replace

import pytest

from tests.cast import BOB, NOW, a_post
from wall.core.moderation import Status, Verdict
from wall.core.post import Media, Picture
from wall.store.submission import Submission
from wall.web.bulk import MOST


@pytest.fixture
async def browser(site, mia):
    return await site.browser_of(mia)


@pytest.fixture
def submit(store, event):
    async def submit(*posts):
        await store.posts.submit(event.slug, [Submission(post, Verdict()) for post in posts], now=NOW)
        return [await store.posts.get(event.slug, post.id) for post in posts]

    return submit


def form(standing, number, kind="reject", **changed):
    return {
        "id": f"decision{number}", "post": standing.post.id, "kind": kind,
        "version": standing.version, "hash": standing.post.content_hash,
    } | changed  # fmt: skip


def described(standing, text="A cat", **changed):
    post = standing.post
    return {"id": "describe1", "post": post.id, "hash": post.content_hash, "media": 0, "text": text} | changed


def with_picture(text="Look #PyConEx", *, alt=None):
    picture = Picture("0" * 32, 8, 6)
    return a_post(text, media=(Media(kind="image", url="https://a.example/1.png", alt=alt, picture=picture),))


# Finding


async def test_the_desk_opens_with_what_its_address_asks_for(event, browser, submit):
    one, other = await submit(a_post("A café #PyConEx"), a_post("A bar #PyConEx", author=BOB))

    page = await browser.get(f"/{event.slug}/moderate", params={"words": "CAFE"})

    assert one.post.id in page.text
    assert other.post.id not in page.text
    assert f'href="/{event.slug}/moderate/approved?words=CAFE"' in page.text


async def test_waiting_posts_are_found_with_how_far_was_looked(event, browser, submit):
    one, _ = await submit(a_post("A café #PyConEx"), a_post("A bar #PyConEx"))

    answer = (await browser.get(f"/{event.slug}/moderate/find", params={"words": "café"})).json()

    assert len(answer["cards"]) == 1
    assert one.post.id in answer["cards"][0]
    assert (answer["looked"], answer["last"]) == (2, None)


@pytest.mark.parametrize("query", ["pictures=x", "writer=x", "after=x", "after=-1"])
async def test_a_search_for_what_there_is_not_is_refused_in_words(event, browser, query):
    answer = await browser.get(f"/{event.slug}/moderate/find?{query}")

    assert answer.status_code == 422


@pytest.mark.parametrize("status", ["waiting", "approved"])
@pytest.mark.parametrize("words", ['"><script>alert(1)</script>', "\u202e\u0000", "x" * 5000])
async def test_nothing_that_is_searched_for_becomes_markup(event, browser, status, words):
    path = f"/{event.slug}/moderate" + ("" if status == "waiting" else f"/{status}")

    page = await browser.get(path, params={"words": words, "by": words, "like": words, "source": words})

    assert page.status_code == 200
    assert "<script>alert" not in page.text


# Many decisions


async def test_each_of_many_decisions_is_answered_by_itself(store, event, submit, ask):
    one, two = await submit(a_post(), a_post())

    answer = await ask(
        "decisions/many",
        {"decisions": [form(one, 1), form(two, 2, version=9), form(two, 3, kind="eat"), form(two, 4)]},
    )

    answers = answer.json()["answers"]
    assert [one["status"] for one in answers] == [200, 409, 422, 200]
    assert answers[0]["body"]["status"] == "rejected"
    assert answers[1]["body"]["error"]["code"] == "already_decided"
    assert (await store.posts.counts(event.slug))[Status.REJECTED] == 2


async def test_many_decisions_sent_twice_are_taken_once(store, event, submit, ask):
    standings = await submit(*(a_post() for _ in range(5)))
    body = {"decisions": [form(one, number, "approve") for number, one in enumerate(standings)]}

    first, second = await ask("decisions/many", body), await ask("decisions/many", body)

    assert first.json() == second.json()
    assert len(await store.feeds.after(event.slug, "public", 0, limit=100)) == 5


@pytest.mark.parametrize("count", [0, MOST + 1])
async def test_none_and_too_many_at_once_are_refused(submit, ask, count):
    (standing,) = await submit(a_post())

    answer = await ask("decisions/many", {"decisions": [form(standing, n) for n in range(count)]})

    assert answer.status_code == 422


# What the team writes


async def test_a_description_is_heard_by_audiences_and_a_note_is_not(site, store, event, submit, ask):
    (standing,) = await submit(with_picture())
    await ask("decisions", form(standing, 1, "approve"))

    wrote = await ask("notes", {"id": "writing1", "post": standing.post.id, "text": "Ask her first"})
    said = await ask("descriptions", described(standing))

    after = await store.posts.get(event.slug, standing.post.id)
    assert (wrote.status_code, said.json()["hash"]) == (200, after.post.content_hash)
    kinds = [update.kind for update in await store.feeds.after(event.slug, "public", 0, limit=10)]
    assert kinds == ["posted", "edited"]
    page = await site.browser().get(f"/{event.slug}/post/{standing.post.id}")
    feed = await site.browser().get(f"/{event.slug}/feed")
    assert 'alt="A cat (described by the team)"' in page.text
    assert feed.json()["posts"][0]["media"][0]["alt"] == "A cat"
    assert feed.json()["posts"][0]["media"][0]["alt_by_team"] is True
    assert "Ask her first" not in page.text + feed.text
    assert "Mia" not in page.text + feed.text


async def test_the_desk_shows_what_the_team_wrote(event, browser, submit, ask):
    (standing,) = await submit(with_picture())

    await ask("notes", {"id": "writing1", "post": standing.post.id, "text": "<b>Ask</b> her"})
    await ask("descriptions", described(standing))

    page = await browser.get(f"/{event.slug}/moderate")
    assert "&lt;b&gt;Ask&lt;/b&gt; her" in page.text
    assert "Described by the team" in page.text


async def test_a_note_that_replaces_another_than_was_seen_is_refused(submit, ask):
    (standing,) = await submit(a_post())
    note = {"id": "writing1", "post": standing.post.id, "text": "First"}
    await ask("notes", note)

    answer = await ask("notes", note | {"id": "writing2", "text": "Second"})

    assert answer.status_code == 409
    assert "Somebody else wrote a note" in answer.json()["error"]["message"]


@pytest.mark.parametrize("path", ["notes", "descriptions", "decisions/many"])
@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"{}", b"\xff", b"[" * 10_000, b'{"id": "\\ud800"}'])
async def test_what_cannot_be_read_is_refused_in_words(ask, path, body):
    answer = await ask(path, body)

    assert answer.status_code == 422
    assert "cannot be read" in answer.json()["error"]["message"]


async def test_a_description_by_the_author_is_what_is_filtered_by(event, browser, submit):
    bare, full = await submit(with_picture(), with_picture(alt="A cat"))

    found = await browser.get(f"/{event.slug}/moderate/find", params={"pictures": "undescribed"})

    assert bare.post.id in found.text
    assert full.post.id not in found.text


async def test_an_edit_of_the_same_picture_keeps_what_the_team_said(store, event, submit, ask):
    (standing,) = await submit(with_picture())
    await ask("descriptions", described(standing))
    edited = replace(standing.post, text="Other #PyConEx", revision=5)

    await store.posts.edit(event.slug, Submission(edited, Verdict()), now=NOW)

    after = await store.posts.get(event.slug, standing.post.id)
    assert (after.post.text, after.post.media[0].heard) == ("Other #PyConEx", "A cat")
