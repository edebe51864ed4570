from dataclasses import replace
from datetime import timedelta

import pytest

from tests.cast import ALICE, BOB, NOW, a_post
from wall.accept import Acceptor
from wall.core.matching import Terms
from wall.core.moderation import Status
from wall.media import Pictures

MINUTE = timedelta(minutes=1)
TERMS = Terms(continuations=True)


@pytest.fixture
def acceptor(store, tmp_path):
    return Acceptor(store, Pictures(tmp_path, None), now=lambda: NOW)


@pytest.fixture
async def open_event(store, event):
    """The event, which takes in what authors add to their own posts."""
    return await store.events.change(event.slug, lambda event: replace(event, terms=TERMS))


def root(name="root", **fields):
    return a_post("Hello #PyConEx", uid=f"ap:{name}", **fields)


def reply(name, to, minutes=1, **fields):
    fields.setdefault("tags", ())
    return replace(
        a_post(name, uid=f"ap:{name}", reply_to=f"ap:{to}", **fields), created_at=NOW + minutes * MINUTE
    )


async def texts(store, event):
    return [standing.post.text for _, standing in await store.posts.page(event.slug, Status.WAITING, limit=20)]


async def test_unless_the_event_says_so_an_author_s_answers_are_left_out(store, event, acceptor):
    assert (await acceptor.accept(event.slug, [root(), reply("more", "root")])).total == 1


async def test_an_author_goes_on_from_a_post_that_came_before_or_comes_with_it(store, open_event, acceptor):
    slug = open_event.slug

    taken = [
        await acceptor.accept(slug, [root(), reply("one", "root")]),
        await acceptor.accept(slug, [reply("two", "one", minutes=2), reply("three", "two", minutes=10)]),
    ]

    (standing, *_) = [one for _, one in await store.posts.page(slug, Status.WAITING, limit=20)]
    assert [one.total for one in taken] == [2, 2]
    assert (standing.post.text, standing.hints) == ("three", ("Continues its author’s post",))
    assert [(tag.raw, tag.where) for tag in standing.post.tags] == [("PyConEx", "thread")]


@pytest.mark.parametrize(
    "post",
    [
        reply("Late", "root", minutes=11),
        reply("Somebody else", "root", author=BOB),
        reply("To nothing known", "elsewhere"),
        reply("To somebody else's", "theirs"),
        reply("To itself", "To itself"),
        replace(reply("Not a reply", "root"), reply_to=None),
        reply("In another language", "root", language="de"),
    ],
    ids=lambda post: post.text,
)
async def test_no_other_answer_comes_in(store, open_event, acceptor, post):
    slug = open_event.slug
    await store.events.change(slug, lambda event: replace(event, terms=replace(TERMS, languages=("en",))))
    theirs = reply("theirs", "root", author=BOB)

    await acceptor.accept(slug, [root(), theirs, post])

    assert await texts(store, open_event) == ["Hello #PyConEx"]


async def test_nobody_goes_on_from_what_they_deleted(store, open_event, acceptor):
    await acceptor.accept(open_event.slug, [root()])
    await store.posts.withdraw(open_event.slug, "ap:root", author=ALICE.uid, now=NOW)

    assert (await acceptor.accept(open_event.slug, [reply("more", "root")])).total == 0


async def test_other_terms_hold_at_once_and_what_is_here_stays(store, open_event, acceptor):
    await acceptor.accept(open_event.slug, [root(), reply("more", "root")])
    await store.events.change(open_event.slug, lambda event: replace(event, terms=Terms(every=("berlin",))))

    taken = await acceptor.accept(open_event.slug, [root("later"), reply("yet more", "root")])

    assert taken.total == 0
    assert await texts(store, open_event) == ["more", "Hello #PyConEx"]
