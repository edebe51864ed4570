"""A real server of Bluesky's network: what is recorded and scripted elsewhere is true there.

Scripted is only the AppView, whose answers hold the server's own records; the Jetstream is made of its firehose.
"""

from contextlib import AsyncExitStack
from datetime import UTC, datetime, timedelta

import pytest

from tests.pictures import plain
from tests.sources import pds
from tests.sources.appview import appview
from tests.sources.firehose import firehose
from tests.sources.peers.bluesky import FastBluesky
from tests.sources.skies import tag
from tests.sources.world import deletes, last_position, of, once, posts, until
from wall.sources.base import Restore

pytestmark = [
    pytest.mark.peer,
    pytest.mark.skipif(not pds.INSTALLED, reason="There is no atproto PDS; .ci/set-up atproto installs it"),
]

HIDDEN = {"$type": "com.atproto.label.defs#selfLabels", "values": [{"val": "!no-unauthenticated"}]}
SENSITIVE = {"$type": "com.atproto.label.defs#selfLabels", "values": [{"val": "graphic-media"}]}
LATER = "2100-01-01T00:00:00.000Z"


class Clock:
    """The time, some of which may be let pass."""

    def __init__(self):
        self.passed = timedelta()

    def now(self):
        return datetime.now(UTC) + self.passed


class Sky:
    def __init__(self, world, server, jetstream, view):
        self.world, self.server = world, server
        self.clock = Clock()
        self.addresses = {"jetstreams": jetstream, "appview": view}

    def source(self, *known):
        self.context = self.world(known=known, now=self.clock.now, **self.addresses)
        return FastBluesky(self.context)


@pytest.fixture
async def sky(world, tmp_path):
    async with AsyncExitStack() as stack:
        server = await stack.enter_async_context(pds.pds(tmp_path))
        jetstream = await stack.enter_async_context(firehose(server.stream))
        yield Sky(world, server, jetstream, await stack.enter_async_context(appview(server)))


def texts(events):
    return [post.text for post in posts(events)]


def count(number):
    return lambda events: len(posts(events)) == number


async def test_posts_are_read_as_written_and_what_became_of_them_after_a_pause(sky):
    mia = await sky.server.register("mia")
    await mia.introduce("Mïa")
    picture = {"image": await mia.upload(plain()), "alt": "The stage"}
    text = "Grüße 🎉 #PyConDE, see example.org @mia"
    first = await mia.post(
        text,
        langs=["de"],
        labels=SENSITIVE,
        facets=[
            tag(text),
            marked(text, "example.org", {"$type": "app.bsky.richtext.facet#link", "uri": "https://example.org/a"}),
            marked(text, "@mia", {"$type": "app.bsky.richtext.facet#mention", "did": mia.did}),
        ],
        embed={"$type": "app.bsky.embed.images", "images": [picture]},
    )
    second = await mia.post("Beside the text", tags=["PyConDE"])
    await mia.post("Something else")
    began = await until(sky.source(), count(2))
    shown, beside = posts(began)
    fetched = await sky.context.fetch.get(shown.media[0].url, accept=("image/",))

    await mia.edit(first, "Newer #PyConDE")
    await mia.delete(second)
    await mia.post("Last #PyConDE")
    source = sky.source(first, second)
    went_on = await until(source, lambda events: "Last #PyConDE" in texts(events), last_position(began))

    assert (shown.uid, shown.text, shown.language) == (first, text, "de")
    assert (shown.author.name, shown.author.handle, shown.author.uid) == ("Mïa", "mia.test", mia.did)
    assert [text[span.start : span.end] for span in shown.spans] == ["#PyConDE", "example.org", "@mia"]
    assert (shown.content_warning, shown.media[0].alt) == ("Graphic pictures", "The stage")
    assert fetched.body == plain()
    assert (beside.uid, beside.text, beside.tags[0].where) == (second, "Beside the text", "meta")
    edited = next(post for post in posts(went_on) if post.text == "Newer #PyConDE")
    assert edited.uid == first
    assert edited.revision > shown.revision
    assert [one.uid for one in deletes(went_on)] == [second]


async def test_a_delete_and_an_edit_are_heard_at_once(sky):
    mia = await sky.server.register("mia")
    uri = await mia.post("Hello #PyConDE")

    events = await until(
        sky.source(),
        deletes,
        meanwhile=both(
            once(count(1), lambda: mia.edit(uri, "Hello without it")), once(count(2), lambda: mia.delete(uri))
        ),
    )

    assert texts(events) == ["Hello #PyConDE", "Hello without it"]
    assert [(one.uid, one.author) for one in deletes(events)] == [(uri, mia.did)]


async def test_posts_leave_with_their_account_and_come_back_with_it(sky):
    mia = await sky.server.register("mia")
    uri = await mia.post("Hello #PyConDE")

    events = await until(
        sky.source(),
        lambda events: of(Restore, events),
        meanwhile=both(
            once(posts, lambda: mia.ask("com.atproto.server.deactivateAccount", deleteAfter=LATER)),
            once(deletes, lambda: mia.ask("com.atproto.server.activateAccount")),
        ),
    )

    assert [one.uid for one in deletes(events)] == [uri]
    (restored,) = of(Restore, events)
    assert (restored.post.uid, restored.post.text) == (uri, "Hello #PyConDE")


async def test_authors_are_shown_as_they_are_called_and_only_who_wants_to_be(sky):
    mia, zed = await sky.server.register("mia"), await sky.server.register("zed")
    await zed.introduce("Zed", labels=HIDDEN)
    await zed.post("For friends #PyConDE")
    await mia.post("One #PyConDE")

    async def rename():
        await mia.ask("com.atproto.identity.updateHandle", handle="mia2.test")
        await mia.post("Two #PyConDE")

    async def introduce():
        await mia.introduce("Mïa")
        await zed.introduce("Zed")
        sky.clock.passed = timedelta(minutes=11)
        await mia.post("Three #PyConDE")
        await zed.post("For all #PyConDE")

    events = await until(sky.source(), count(4), meanwhile=both(once(count(1), rename), once(count(2), introduce)))

    assert [(post.text, post.author.name, post.author.handle) for post in posts(events)] == [
        ("One #PyConDE", "mia.test", "mia.test"),
        ("Two #PyConDE", "mia2.test", "mia2.test"),
        ("Three #PyConDE", "Mïa", "mia2.test"),
        ("For all #PyConDE", "Zed", "zed.test"),
    ]


def marked(text, part, feature):
    start = len(text[: text.index(part)].encode())
    return {"index": {"byteStart": start, "byteEnd": start + len(part.encode())}, "features": [feature]}


def both(*acts):
    async def meanwhile(events):
        for act in acts:
            await act(events)

    return meanwhile
