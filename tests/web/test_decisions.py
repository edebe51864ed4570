from dataclasses import replace

import pytest

from tests.cast import NOW, a_decision, a_post
from wall.core.moderation import Status, Verdict
from wall.core.post import Media, Picture
from wall.store.submission import Submission

WAIT = Verdict()


@pytest.fixture
async def pictured(store, event):
    """A waiting post with a picture."""
    picture = Picture("0" * 32, 8, 6, likeness="00000000ffffffff")
    post = a_post(media=(Media(kind="image", url="https://a.example/1.png", picture=picture),))
    await store.posts.submit(event.slug, [Submission(post, Verdict())], now=NOW)
    return await store.posts.get(event.slug, post.id)


async def updates(store, event):
    return [update.kind for update in await store.feeds.after(event.slug, "public", 0, limit=100)]


async def test_a_decision_is_answered_with_how_the_post_stands_then(store, event, mia, waiting, decide):
    answer = await decide("approve", waiting)

    assert answer.json() == {
        "id": waiting.post.id,
        "status": "approved",
        "version": 2,
        "pinned": False,
        "first_of_two": False,
    }
    after = await store.posts.get(event.slug, waiting.post.id)
    assert (after.status, after.decided_by, after.decided_by_name) == (Status.APPROVED, mia.id, "Mia")


async def test_a_picture_needs_two_moderators_where_the_event_says_so(
    site, store, event, people, pictured, decide
):
    await store.events.change(event.slug, lambda event: replace(event, two_eyes=True))
    other = await people.add("Ben", slug=event.slug, role="moderator")

    first = await decide("approve", pictured)
    same = await decide("approve", await store.posts.get(event.slug, pictured.post.id), id="decision2")
    standing = await store.posts.get(event.slug, pictured.post.id)
    form = {
        "id": "decision3", "post": standing.post.id, "kind": "approve",
        "version": standing.version, "hash": standing.post.content_hash,
    }  # fmt: skip
    second = await (await site.browser_of(other)).post(f"/{event.slug}/moderate/decisions", json=form)

    assert (first.json()["status"], first.json()["first_of_two"]) == ("waiting", True)
    assert (same.status_code, "somebody else" in same.json()["error"]["message"]) == (422, True)
    assert (second.json()["status"], second.json()["first_of_two"]) == ("approved", False)


async def test_every_desk_sees_who_approved_first(site, store, event, people, pictured, decide):
    await store.events.change(event.slug, lambda event: replace(event, two_eyes=True))
    other = await people.add("Ben", slug=event.slug, role="moderator")

    await decide("approve", pictured)

    desk = await (await site.browser_of(other)).get(f"/{event.slug}/moderate")
    assert "<strong>1 of 2</strong>, by <bdi>Mia</bdi>" in desk.text


async def test_a_post_is_rejected_for_its_picture(store, event, pictured, decide):
    answer = await decide("reject", pictured, picture=True)

    assert answer.json()["status"] == "rejected"
    assert await store.refused.all(event.slug) == [("00000000ffffffff", pictured.post.id)]


@pytest.mark.parametrize("path", ["decisions", "decisions/many"])
async def test_what_waits_with_the_same_picture_is_rejected_with_it(store, event, browser, pictured, path):
    same = replace(a_post(), media=pictured.post.media)
    await store.posts.submit(event.slug, [Submission(same, WAIT)], now=NOW)
    form = {
        "id": "decision1", "post": pictured.post.id, "kind": "reject", "picture": True,
        "version": pictured.version, "hash": pictured.post.content_hash,
    }  # fmt: skip

    await browser.post(
        f"/{event.slug}/moderate/{path}", json=form if path == "decisions" else {"decisions": [form]}
    )

    after = await store.posts.get(event.slug, same.id)
    assert (after.status, after.reason) == (Status.REJECTED, "Like a picture that Mia refused.")


async def test_a_post_without_a_picture_is_not_rejected_for_one(store, event, waiting, decide):
    answer = await decide("reject", waiting, picture=True)

    assert answer.status_code == 422
    assert "no picture" in answer.json()["error"]["message"]


async def test_the_same_decision_sent_twice_is_one_update_and_the_same_answer(store, event, waiting, decide):
    first, second = await decide("approve", waiting), await decide("approve", waiting)

    assert first.json() == second.json()
    assert second.status_code == 200
    assert await updates(store, event) == ["posted"]


async def test_two_people_who_draw_the_same_decision_id_take_two_decisions(
    site, store, event, people, waiting, decide
):
    await decide("approve", waiting)
    max_ = await site.browser_of(await people.add("Max", slug=event.slug, role="moderator"))
    approved = await store.posts.get(event.slug, waiting.post.id)

    answer = await max_.post(
        f"/{event.slug}/moderate/decisions",
        json={"id": "decision1", "post": waiting.post.id, "kind": "remove", "version": approved.version,
              "hash": waiting.post.content_hash},
    )  # fmt: skip

    assert answer.json()["status"] == "removed"


async def test_who_was_slower_is_told_who_was_faster_and_when(store, event, waiting, decide):
    await store.posts.decide(event.slug, a_decision("reject", waiting, by="max"), now=NOW)

    answer = await decide("approve", waiting)

    assert answer.status_code == 409
    error = answer.json()["error"]
    assert "Max was faster" in error.pop("message")
    assert error == {
        "code": "already_decided", "by": "Max", "at": NOW.timestamp(), "status": "rejected", "version": 2,
    }  # fmt: skip
    assert await updates(store, event) == []


async def test_words_that_changed_since_they_were_read_are_not_approved(store, event, waiting, decide):
    edited = Submission(a_post("Buy now #PyConEx", uid=waiting.post.uid, revision=1), WAIT)
    await store.posts.edit(event.slug, edited, now=NOW)

    for changed in ({}, {"version": 2}):
        answer = await decide("approve", waiting, **changed)
        assert answer.status_code == 409

    assert (await store.posts.get(event.slug, waiting.post.id)).status is Status.WAITING


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"kind": "delete"}, "no decision “delete”"),
        ({"kind": ""}, "no decision"),
        ({"id": "short"}, "8 to 64"),
        ({"id": "x" * 65}, "8 to 64"),
        ({"id": "has space"}, "8 to 64"),
        ({"id": "ünïcödé1"}, "8 to 64"),
        ({"version": "1"}, "cannot be read"),
        ({"version": None}, "cannot be read"),
        ({"post": 7}, "cannot be read"),
        ({"kind": "remove"}, "This cannot be done with the post as it stands now"),
        ({"kind": "undo"}, "no decision of yours"),
    ],
)
async def test_a_decision_that_makes_no_sense_is_refused_in_words(store, event, waiting, decide, changed, words):
    answer = await decide("approve", waiting, **changed)

    assert answer.status_code == 422
    assert words in answer.json()["error"]["message"]
    assert await store.posts.get(event.slug, waiting.post.id) == waiting


@pytest.mark.parametrize("id", ["nowhere", "", "../../event", "x" * 10_000, "\x00"])
async def test_a_decision_about_no_post_is_not_found(decide, waiting, id):
    answer = await decide("approve", waiting, post=id)

    assert answer.status_code == 404


async def test_a_decision_about_a_post_of_another_event_is_not_found(store, other_event, decide):
    post = a_post()
    await store.posts.submit(other_event.slug, [Submission(post, WAIT)], now=NOW)

    answer = await decide("approve", await store.posts.get(other_event.slug, post.id))

    assert answer.status_code == 404
