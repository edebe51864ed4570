import asyncio
import os
import time
from dataclasses import replace
from itertools import count

import pytest

from tests.cast import ALICE, NOW, a_decision, a_post
from tests.pictures import plain
from wall import purge as purge_module
from wall.core.moderation import Verdict
from wall.core.post import Media
from wall.errors import StoreUnavailable
from wall.media import Pictures
from wall.media.postcards import Postcards
from wall.purge import Purge, Purged
from wall.store.submission import Submission

A_WEEK = 7 * 24 * 3600
widths = count(41)


@pytest.fixture
def pictures(tmp_path):
    return Pictures(tmp_path / "pictures", None)


@pytest.fixture
def purge(store, pictures):
    return Purge(store, pictures)


@pytest.fixture
def keep(pictures):
    width = next(widths)  # other tests' posts are in the same Redis, and refer to pictures of theirs

    async def keep(colour, *, kind="photo"):
        return await pictures.keep_bytes(plain(width, width, colour), kind=kind)

    return keep


def age(pictures):
    """Let a week pass for every file."""
    then = time.time() - A_WEEK
    for path in pictures.folder.rglob("*.*"):
        os.utime(path, (then, then))


def files(pictures):
    return sorted(path.name for path in pictures.folder.rglob("*.*"))


def image(picture):
    return Media(kind="image", url="https://a.example/1.png", picture=picture)


async def submitted(store, event, post):
    await store.posts.submit(event.slug, [Submission(post, Verdict())], now=NOW)
    return await store.posts.get(event.slug, post.id)


async def test_a_picture_no_post_refers_to_is_deleted_after_a_while_and_counted(event, purge, pictures, keep):
    await keep("red")
    sizes = sum(path.stat().st_size for path in pictures.folder.rglob("*.webp"))

    early = await purge.once()
    age(pictures)
    late = await purge.once()

    assert (early, late) == (Purged(), Purged(1, sizes))
    assert files(pictures) == []


async def test_pictures_of_posts_stay_however_old_and_wherever_these_stand(store, event, purge, pictures, keep):
    photo, still, face, emoji, gone = [await keep(one) for one in ("red", "blue", "green", "white", "black")]
    film = Media(kind="video", url="https://a.example/1.mp4", picture=still)
    post = a_post(author=replace(ALICE, avatar=face), media=(image(photo), film), emojis={"blob": image(emoji)})
    standing = await submitted(store, event, post)
    for kind in ("reject", "approve", "remove"):
        standing = await store.posts.decide(event.slug, a_decision(kind, standing), now=NOW)
    age(pictures)

    purged = await purge.once()

    assert purged.pictures == 1
    assert [pictures.has(one) for one in (photo, still, face, emoji, gone)] == [True, True, True, True, False]


async def test_pictures_of_a_post_its_author_deleted_are_deleted_his_own_too(store, event, purge, pictures, keep):
    photo, face = await keep("red"), await keep("blue", kind="avatar")
    post = a_post(author=replace(ALICE, avatar=face), media=(image(photo),))
    await submitted(store, event, post)
    await store.posts.withdraw(event.slug, post.uid, now=NOW)
    age(pictures)

    assert (await purge.once()).pictures == 2
    assert files(pictures) == []


async def test_a_picture_that_two_posts_have_stays_for_the_other(store, event, purge, pictures, keep):
    photo = await keep("red")
    first = await submitted(store, event, a_post(media=(image(photo),)))
    await submitted(store, event, a_post(media=(image(photo),)))
    await store.posts.withdraw(event.slug, first.post.uid, now=NOW)
    age(pictures)

    await purge.once()

    assert pictures.has(photo)


async def test_a_picture_asked_for_while_the_posts_are_read_stays(
    store, event, purge, pictures, keep, monkeypatch
):
    photo = await keep("red")
    age(pictures)
    dressed = []
    ids = store.posts.ids

    async def ids_while_a_post_is_dressed(slug):
        found = await ids(slug)
        dressed.append(await pictures.dress(a_post(media=(image(photo),))))
        return found

    monkeypatch.setattr(store.posts, "ids", ids_while_a_post_is_dressed)

    assert await purge.once() == Purged()
    assert dressed[0].media[0].picture == photo
    assert len(files(pictures)) == 2


async def test_a_picture_kept_again_while_the_posts_are_read_stays(
    store, event, purge, pictures, keep, monkeypatch
):
    photo = await keep("red")
    age(pictures)
    ids = store.posts.ids

    async def ids_while_it_comes_again(slug):
        if slug == event.slug:
            await keep("red")
        return await ids(slug)

    monkeypatch.setattr(store.posts, "ids", ids_while_it_comes_again)

    assert await purge.once() == Purged()
    assert pictures.has(photo)


async def test_a_picture_asked_for_at_the_last_moment_is_put_back(pictures, keep, monkeypatch):
    photo = await keep("red")
    age(pictures)
    rename = type(pictures.folder).rename

    def rename_after_somebody_asked(path, target):
        assert pictures.has(photo)
        return rename(path, target)

    monkeypatch.setattr(type(pictures.folder), "rename", rename_after_somebody_asked)

    assert pictures.discard(photo.id, time.time() - 60) == 0
    assert pictures.open(photo.id, "screen").name.endswith("-screen.webp")
    assert len(files(pictures)) == 2


async def test_who_asks_while_it_is_put_aside_is_told_that_it_is_not_here(pictures, keep, monkeypatch):
    photo = await keep("red")
    age(pictures)
    here = []
    rename = type(pictures.folder).rename

    def rename_before_somebody_asks(path, target):
        moved = rename(path, target)
        here.append(pictures.has(photo))
        return moved

    monkeypatch.setattr(type(pictures.folder), "rename", rename_before_somebody_asks)

    assert pictures.discard(photo.id, time.time() - 60) > 0
    assert here == [False]


async def test_several_who_purge_at_once_count_each_picture_once(store, event, pictures, keep):
    for colour in ("red", "blue", "green", "white"):
        await keep(colour)
    age(pictures)

    counted = await asyncio.gather(*(Purge(store, Pictures(pictures.folder, None)).once() for _ in range(3)))

    assert sum(one.pictures for one in counted) == 4
    assert files(pictures) == []


async def test_what_a_crash_left_behind_is_tidied_up(event, purge, pictures, keep):
    await keep("red")
    (folder,) = pictures.folder.glob("??")
    (folder / ".abc.tmp").write_bytes(b"half")
    (folder / ("f" * 32 + "-thumb.webp")).write_bytes(b"alone")
    (folder / ("f" * 32 + "-screen.0a1b.gone")).write_bytes(b"aside")
    age(pictures)
    (folder / ".new.tmp").write_bytes(b"being written")

    await purge.once()

    assert files(pictures) == [".new.tmp"]


async def test_nothing_is_deleted_when_redis_does_not_answer(store, event, purge, pictures, keep, monkeypatch):
    async def away(*_):
        raise StoreUnavailable("Redis is away.")

    photo = await keep("red")
    age(pictures)
    monkeypatch.setattr(store.posts, "get_all", away)
    await submitted_elsewhere(store, event)

    with pytest.raises(StoreUnavailable):
        await purge.once()

    assert pictures.open(photo.id, "screen")


async def submitted_elsewhere(store, event):
    await store.posts.submit(event.slug, [Submission(a_post(), Verdict())], now=NOW)


async def test_nothing_is_deleted_beside_a_redis_without_events(store, purge, pictures, keep, monkeypatch):
    async def none():
        return []

    photo = await keep("red")
    age(pictures)
    monkeypatch.setattr(store.events, "all", none)

    assert await purge.once() == Purged()
    assert pictures.open(photo.id, "screen")


async def test_it_goes_on_after_a_failure(store, event, purge, pictures, keep, monkeypatch):
    monkeypatch.setattr(purge_module, "EVERY_SECONDS", 0.0)
    done = asyncio.Event()
    outcomes = iter([StoreUnavailable("away"), OSError("no disk")])

    async def once():
        if failure := next(outcomes, None):
            raise failure
        done.set()
        return Purged(1, 10)

    monkeypatch.setattr(purge, "once", once)
    running = asyncio.create_task(purge.run())

    await done.wait()

    assert not running.done()
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)


async def test_a_picture_of_a_post_that_nobody_asked_for_is_deleted_and_one_that_somebody_did_stays(
    purge, pictures
):
    asked, forgotten = Postcards(pictures.folder).path("a" * 32), Postcards(pictures.folder).path("b" * 32)
    for path in (asked, forgotten):
        path.parent.mkdir(parents=True)
        path.write_bytes(b"PNG")
    age(pictures)
    assert Postcards(pictures.folder).find("a" * 32) == asked

    await purge.once()

    assert files(pictures) == [asked.name]
