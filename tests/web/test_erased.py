"""Whoever leaves is gone: nothing that is kept anywhere has a word, a name, a number or a picture of theirs."""

import json
import secrets
import zipfile
from dataclasses import replace
from io import BytesIO

import pytest

from tests.cast import a_decision, a_post
from tests.kept import in_files, in_redis
from tests.pictures import plain
from tests.polls import a_poll, answer
from tests.waiting import until
from tests.web.site import Site
from wall.core.annotation import Note
from wall.core.audit import Filter
from wall.core.moderation import Status
from wall.core.participant import participant_of
from wall.core.participation import NEW
from wall.core.poll import moved
from wall.core.post import Author, Media
from wall.core.source import SourceSettings
from wall.counting import Counter
from wall.purge import Purge
from wall.store import open_store
from wall.store.server import PrivateRedis

CANARY = Author(
    uid="ap:https://heron.example/users/canary",
    handle="@canary@heron.example",
    name="Canary Bird",
    url="https://heron.example/@canary",
    links=("https://canary.example",),
)
WORDS = ("canary", "heron.example")


@pytest.fixture
async def redis(tmp_path):
    """A Redis of this test's own, since all of it is searched."""
    server = PrivateRedis(tmp_path / "redis")
    await server.start()
    yield server
    await server.stop()


@pytest.fixture
async def store(redis):
    store = open_store(redis.url)
    yield store
    await store.database.close()


@pytest.fixture
async def site(redis, tmp_path, store, event):
    async with Site(tmp_path, redis.url).running() as site:
        await store.sources.save(event.slug, SourceSettings(id="form", kind="form"))
        await store.events.change(
            event.slug, lambda one: replace(one, participation=NEW, questions="open", back_channels=True)
        )
        yield site


async def wrote(site, event):
    """Have an author from a network do all that one can, and have it all dealt with; return their pictures."""
    store, accept = site.store, site.services["acceptor"].accept
    pictures = [
        await site.services["pictures"].keep_bytes(plain(colour=one), kind="photo") for one in ("red", "lime")
    ]
    author = replace(CANARY, avatar=pictures[1])
    photo = Media(kind="image", url="https://heron.example/a.png", picture=pictures[0], alt="A canary")

    def post(number, text, **fields):
        uid = f"ap:https://heron.example/users/canary/{number}"
        aliases, url = (f"https://heron.example/@canary/{number}",), f"https://heron.example/@canary/{number}"
        return a_post(text, author=author, uid=uid, aliases=aliases, url=url, **fields)

    posts = [
        post(1, "I am the canary, see https://canary.example/x #PyConEx", media=(photo,)),
        post(2, "Canary again #PyConEx", reposted_by=("@canary",)),
        post(3, "A third canary #PyConEx", reply_to="ap:https://heron.example/users/canary/1"),
    ]
    await accept(event.slug, posts)
    for kind, one in zip(("approve", "pin", "reject"), posts, strict=True):
        standing = await store.posts.get(event.slug, one.id)
        decision = replace(a_decision(kind, standing), reason="Advertising" if kind == "reject" else None)
        await store.posts.decide(event.slug, decision, now=site.time)
    note = Note(id="n1", post_id=posts[0].id, by="mia", by_name="Mia", text="Canary is a speaker")
    await store.posts.annotate(event.slug, note, now=site.time)
    await store.authors.trust(event.slug, author.uid, by="Mia")
    edited = replace(post(1, "I am the canary, edited #PyConEx", media=(photo,)), revision=9)
    await accept(event.slug, [edited])
    await Counter(store).count(event.slug)
    return [one.id for one in pictures]


async def test_of_an_author_who_leaves_nothing_is_kept_anywhere(site, store, redis, event, tmp_path):
    pictures = await wrote(site, event)
    assert len(await in_redis(store.database, *WORDS)) > 5  # the control: it is there, in many places
    assert in_files(tmp_path / "pictures", *pictures)

    assert in_files(redis.folder, *WORDS)

    await site.services["leaving"].leave(event.slug, CANARY.uid, at=site.time, now=site.time)
    await Counter(store).count(event.slug)
    await Purge(store, site.services["pictures"]).once(kept_seconds=-1)

    assert await in_redis(store.database, *WORDS) == set()
    assert in_files(tmp_path / "pictures", *pictures) == set()
    await redis.rewrite()
    await until(lambda: not in_files(redis.folder, *WORDS))


async def taken_away(browser, path):
    """Return what is told in the file of what is kept of somebody, and the names of its pictures."""
    answer = await browser.get(path)
    assert answer.status_code == 200, answer.text
    with zipfile.ZipFile(BytesIO(answer.content)) as packed:
        return json.loads(packed.read("data.json")), set(packed.namelist()) - {"data.json"}


async def test_a_moderator_takes_away_what_is_kept_of_an_author_who_asks(site, store, event, mia):
    pictures, browser = await wrote(site, event), await site.browser_of(mia)
    post = (await store.posts.of_author(event.slug, CANARY.uid))[0].post

    told, files = await taken_away(browser, f"/{event.slug}/moderate/authors/{post.id}/file")

    assert (told["author"], len(told["posts"]), told["trusted"]) == (CANARY.uid, 3, True)
    assert files == {f"pictures/{one}.webp" for one in pictures}
    assert "Mia" not in json.dumps(told)  # who decided and wrote the note
    entries, _ = await store.audit.page(event.slug, Filter(kinds=("data of somebody",)), limit=9)
    assert [(one.by_name, one.about) for one in entries] == [("Mia", "")]


async def take_part(site, event):
    """Have somebody do from a browser all that one can there; return it, and who they are."""
    browser = site.browser(address="192.0.2.9")
    browser.follow_redirects = True
    await browser.get(f"/{event.slug}/join")
    await browser.get(f"/{event.slug}/join")
    form = {
        "text": "I am the canary",
        "name": "Canary",
        "nonce": secrets.token_hex(16),
        "place": "remote",
        "alt": "A canary",
    }
    picture = {"picture": ("canary.png", plain(colour="orange"))}
    sent = await browser.post(f"/{event.slug}/join", data=form, files=picture)
    assert "canary" in sent.text
    ((_, standing),) = await site.store.posts.page(event.slug, Status.WAITING, limit=9)
    post, me = standing.post, participant_of(standing.post.author.uid)
    await site.store.posts.decide(event.slug, a_decision("approve", standing), now=site.time)
    await site.store.polls.add(
        event.slug, moved(a_poll(id="words", kind="words"), "open", now=site.time), now=site.time
    )
    await site.store.polls.cast(event.slug, "words", me, answer("canary"), states={"canary": "shown"})
    asked = await browser.post(
        f"/{event.slug}/questions",
        data={"text": "Why canaries?", "name": "Canary", "nonce": secrets.token_hex(16)},
    )
    assert asked.status_code == 200
    await browser.post(f"/{event.slug}/post/{post.id}/reactions", json={"reaction": "heart", "wanted": True})
    return browser, me, [one.id for one in post.pictures]


async def test_of_a_participant_who_leaves_nothing_is_kept_anywhere(site, store, redis, event, tmp_path):
    browser, me, pictures = await take_part(site, event)
    told, files = await taken_away(browser, f"/{event.slug}/join/mine.zip")
    assert (told["participant"]["name"], told["ballots"]) == ("Canary", {"What for lunch?": ["canary"]})
    assert [one["post"]["text"] for one in told["posts"]] == ["I am the canary", "Why canaries?"]
    assert files == {f"pictures/{one}.webp" for one in pictures}
    words = ("canary", "canaries", me)
    assert len(await in_redis(store.database, *words)) > 5
    assert in_files(tmp_path / "pictures", *pictures)

    await browser.post(f"/{event.slug}/join/leaving", data={"do": "leave"})
    await Counter(store).count(event.slug)
    await Purge(store, site.services["pictures"]).once(kept_seconds=-1)

    assert await in_redis(store.database, *words) == set()
    assert in_files(tmp_path / "pictures", *pictures) == set()
    await redis.rewrite()
    await until(lambda: not in_files(redis.folder, *words))
