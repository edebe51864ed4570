"""DESIGN, section 6, field by field: what a post is in the feed, and that its snapshot and its updates say the same."""

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.cast import ALICE, NOW, a_post
from tests.pictures import plain
from wall.core.markup import from_text
from wall.core.moderation import Status, Verdict
from wall.core.post import Media
from wall.core.programme import Session
from wall.store.submission import Submission

THROUGH = Verdict(status=Status.APPROVED)
BRIDGES = Session(id="bridges", title="Bridges", starts=NOW - timedelta(hours=1), ends=NOW + timedelta(hours=1))
BOATS = replace(BRIDGES, id="boats", title="Boats")


@pytest.fixture
async def posted(site, store, event):
    """A post with all that one may have, in a session, and a bare one."""
    await store.programmes.change(event.slug, lambda before: before.with_session(BRIDGES), now=NOW)
    picture = await site.services["pictures"].keep_bytes(plain(40, 30), kind="photo")
    photo = Media(kind="image", url="https://far.example/a.png", picture=picture, alt="A bridge")
    said = from_text("So <true> #PyConEx")
    bare = a_post("Why? #PyConEx")
    full = a_post(
        said.text,
        spans=said.spans,
        author=replace(ALICE, url="https://social.example/@alice", avatar=picture),
        url="https://social.example/@alice/1",
        language="en",
        media=(photo,),
        reply_to=bare.uid,
        sensitive=True,
    )
    for post in (bare, full):
        await store.posts.submit(event.slug, [Submission(post, THROUGH)], now=NOW)
    return bare, full, picture


@pytest.fixture
def told(site, event):
    """Return the newest post as the snapshot has it, and as the update of it."""

    async def told():
        browser = site.browser()
        snapshot = (await browser.get(f"/{event.slug}/feed")).json()
        epoch = snapshot["cursor"].partition(":")[0]
        updates = (await browser.get(f"/{event.slug}/feed?cursor={epoch}:0")).json()["updates"]
        of_posts = [one["post"] for one in updates if one["kind"] == "posted"]
        return snapshot["posts"][0], of_posts[-1]

    return told


async def test_a_post_in_the_feed_is_what_the_design_says(event, posted, told):
    bare, full, picture = posted
    ours = f"/{event.slug}/media/{full.id}/{picture.id}"

    in_snapshot, in_update = await told()

    assert in_snapshot == in_update
    assert (
        in_snapshot.items()
        >= {
            "id": full.id,
            "url": "https://social.example/@alice/1",
            "source": "mastodon",
            "author": {
                "name": "Alice",
                "handle": "@alice@social.example",
                "avatar": f"{ours}/thumb",
                "url": "https://social.example/@alice",
            },
            "text": "So <true> #PyConEx",
            "html": '<p>So &lt;true&gt; <span class="tag">#PyConEx</span></p>',
            "language": "en",
            "hashtags": ["PyConEx"],
            "posted_at": "2026-06-12T09:30:00.000Z",
            "approved_at": "2026-06-12T09:30:00.000Z",
            "pinned": False,
            "session": "bridges",
            "reply_to": bare.id,
            "sensitive": True,
        }.items()
    )
    (media,) = in_snapshot["media"]
    assert media.items() >= {
        "kind": "image", "src": f"{ours}/screen", "thumb": f"{ours}/thumb", "width": 40, "height": 30, "alt": "A bridge",
    }.items()  # fmt: skip
    assert "far.example" not in str(in_snapshot)


async def test_a_post_of_two_sessions_at_once_is_of_neither(store, event, posted, told):
    await store.programmes.change(event.slug, lambda before: before.with_session(BOATS), now=NOW)

    assert [one["session"] for one in await told()] == [None, None]


async def test_the_session_is_that_of_the_programme_as_it_is_now(store, event, posted, told):
    assert (await told())[0]["session"] == "bridges"
    moved = replace(BRIDGES, starts=NOW + timedelta(hours=2), ends=NOW + timedelta(hours=3))

    await store.programmes.change(event.slug, lambda before: before.with_session(moved), now=NOW)

    assert (await store.sessions.told(event.slug, [await store.posts.get(event.slug, posted[1].id)]))[
        0
    ].session is None
