"""Posts with pictures, through the one door: what their pictures make of the verdict."""

from dataclasses import replace

import pytest

from tests.cast import ALICE, BOB, NOW, a_decision, a_post
from tests.pictures import encoded, opened, plain
from tests.test_classifier import HANGS, RAISES, REDNESS, command
from wall import classifier as classifier_module
from wall.accept import Acceptor, inspection
from wall.classifier import Classifier
from wall.core.moderation import Status
from wall.core.post import Media
from wall.media import Pictures
from wall.rehearsal.pictures import picture as drawn

URL = "https://a.example/1.png"


@pytest.fixture
def pictures(tmp_path):
    return Pictures(tmp_path, None)


@pytest.fixture
async def accept(store, event, pictures):
    """Return a function that takes in a post with a picture of these bytes, and returns how it stands then."""
    made = []

    async def accept(data, *, author=ALICE, program=None, **fields):
        classifier = Classifier(command(program)) if program else None
        made.extend([classifier] if classifier else [])
        picture = await pictures.keep_bytes(data, kind="photo")
        post = a_post(author=author, media=(Media(kind="image", url=URL, picture=picture),), **fields)
        await Acceptor(store, pictures, now=lambda: NOW, classifier=classifier).accept(event.slug, [post])
        return await store.posts.get(event.slug, post.id)

    yield accept
    for one in made:
        await one.close()


@pytest.fixture
async def trusted(store, event):
    """Alice's posts go straight through."""
    await store.events.change(event.slug, lambda event: replace(event, mode="trusted go through"))
    await store.authors.trust(event.slug, ALICE.uid, by="Mia")


async def refuse(store, event, standing):
    decision = replace(a_decision("reject", standing), for_picture=True)
    return await store.posts.decide(event.slug, decision, now=NOW)


def copied(data):
    """Return a picture smaller, grey and encoded badly."""
    image = opened(data)
    image.thumbnail((500, 500))
    return encoded(image.convert("L"), "JPEG", quality=50)


async def test_a_picture_like_a_refused_one_is_refused_as_it_comes(store, event, accept, trusted):
    await refuse(store, event, await accept(drawn("harbour"), author=BOB))

    again = await accept(copied(drawn("harbour")))
    other = await accept(drawn("dog"))

    assert (again.status, again.reason) == (Status.REJECTED, "Like a picture that Mia refused.")
    assert other.status is Status.APPROVED


async def test_undo_of_the_refusal_lets_the_next_one_in(store, event, accept, trusted):
    refused = await refuse(store, event, await accept(drawn("harbour"), author=BOB))
    await store.posts.decide(event.slug, a_decision("undo", refused), now=NOW)

    assert (await accept(drawn("harbour"))).status is Status.APPROVED


async def test_a_refused_post_can_be_approved_all_the_same(store, event, accept):
    await refuse(store, event, await accept(drawn("harbour")))
    again = await accept(drawn("harbour"))

    approved = await store.posts.decide(event.slug, a_decision("approve", again), now=NOW)

    assert approved.visible


async def test_an_edit_that_brings_a_refused_picture_takes_the_post_off_the_wall(store, event, accept, trusted):
    await refuse(store, event, await accept(drawn("harbour"), author=BOB))
    shown = await accept(drawn("dog"), uid="ap:edited")

    edited = await accept(drawn("harbour"), uid="ap:edited", revision=1, text="Other words #PyConEx")

    assert (shown.status, edited.status) == (Status.APPROVED, Status.REJECTED)
    feed = await store.feeds.after(event.slug, "public", 0, limit=10)
    assert [one.kind for one in feed] == ["posted", "removed"]


async def test_a_refusal_at_one_event_is_none_at_another(store, event, accept, trusted):
    await store.database.command("ZADD", "wall:{elsewhere}:refused", 1, f"x {'0' * 16}")

    assert await store.refused.all(event.slug) == []
    assert (await accept(drawn("harbour"))).status is Status.APPROVED


async def test_a_trusted_authors_picture_waits_for_two_where_two_are_needed(store, event, accept, trusted):
    await store.events.change(event.slug, lambda event: replace(event, two_eyes=True))

    standing = await accept(drawn("dog"))

    assert (standing.status, standing.reason) == (Status.WAITING, "A post with a picture needs two moderators.")


async def test_the_classifier_sees_the_picture_and_holds_it_back(accept, trusted):
    red = await accept(plain(colour="red"), program=REDNESS)
    blue = await accept(plain(colour="blue"), program=REDNESS)

    assert (red.status, red.reason) == (Status.WAITING, "The classifier says: red 100%.")
    assert (blue.status, blue.reason) == (Status.APPROVED, "Its author is trusted.")


@pytest.mark.parametrize("program", [RAISES, HANGS], ids=["raises", "hangs"])
async def test_a_classifier_that_fails_makes_the_picture_wait(accept, trusted, program, monkeypatch):
    monkeypatch.setattr(classifier_module, "SECONDS", 1.0)

    standing = await accept(plain(colour="red"), program=program)

    assert standing.status is Status.WAITING
    assert standing.reason.startswith("The classifier of pictures")


async def test_words_alone_ask_no_classifier(store, event, pictures, trusted):
    acceptor = Acceptor(store, pictures, now=lambda: NOW, classifier=Classifier("/nowhere"))
    post = a_post()

    await acceptor.accept(event.slug, [post])

    assert (await store.posts.get(event.slug, post.id)).status is Status.APPROVED


async def test_a_post_of_many_pictures_is_not_looked_at_for_ever(store, event, pictures, trusted, monkeypatch):
    monkeypatch.setattr(inspection, "POST_SECONDS", 0.5)
    classifier = Classifier(command(HANGS))
    picture = await pictures.keep_bytes(plain(), kind="photo")
    post = a_post(media=(Media(kind="image", url=URL, picture=picture),) * 8)

    await Acceptor(store, pictures, now=lambda: NOW, classifier=classifier).accept(event.slug, [post])

    standing = await store.posts.get(event.slug, post.id)
    assert (standing.status, standing.reason) == (Status.WAITING, classifier_module.NO_ANSWER)
    assert classifier.process is None
