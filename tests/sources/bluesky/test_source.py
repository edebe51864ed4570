import json
from contextlib import AsyncExitStack

import pytest
from starlette.responses import HTMLResponse, JSONResponse

from tests.sources import skies
from tests.sources.peers.bluesky import FastBluesky
from tests.sources.skies import MIA, NOW_US, ZED, account, commit, identity, profile, record, tag, uri
from tests.sources.world import CONTINUED, deletes, healths, last_position, of, posts, set_aside, until
from wall.errors import InvalidInput, SourceError
from wall.sources.base import Checkpoint, Restore
from wall.sources.bluesky.source import Bluesky
from wall.sources.servers import host_of

SECOND = 1_000_000
HALF_AN_HOUR_AGO = NOW_US - 1800 * SECOND


@pytest.fixture
async def sky(world):
    """A Jetstream and an AppView, and a source that reads them."""
    async with AsyncExitStack() as stack:
        yield Sky(
            world,
            stack,
            await stack.enter_async_context(skies.jetstream()),
            await stack.enter_async_context(skies.appview()),
        )


class Sky:
    def __init__(self, world, stack, stream, appview):
        self.world, self.stack, self.stream, self.appview = world, stack, stream, appview

    async def another(self, *events, wire="v1"):
        return await self.stack.enter_async_context(skies.jetstream(*events, wire=wire))

    def source(self, *streams, kind=FastBluesky, **options):
        streams = " ".join(getattr(one, "url", one) for one in streams or (self.stream,))
        return kind(self.world(**({"jetstreams": streams, "appview": self.appview.url} | options)))


def texts(events):
    return [post.text for post in posts(events)]


def then(enough, act):
    """Do something once, as soon as what was yielded is enough."""
    left = [act]

    async def meanwhile(events):
        if left and enough(events):
            await left.pop()()

    return meanwhile


# What comes


@pytest.mark.parametrize("wire", ["v1", "v2"])
async def test_either_wire_is_found_out_and_read(sky, wire):
    stream = await sky.another(commit("one", cid="c1"), commit("two", record("no")), wire=wire)

    events = await until(sky.source(stream), posts)

    assert [(post.uid, post.author.name, post.author.handle) for post in posts(events)] == [
        (uri("one"), "Mia", "mia.example")
    ]
    assert stream.cursors[-1] == HALF_AN_HOUR_AGO
    assert stream.protocols == [{"v1": None, "v2": "xrpc.v1.json"}[wire]]


async def test_a_hashtag_is_found_in_text_in_facets_and_beside_the_text(sky):
    sky.stream.events += [
        commit("text", record("I am at #pyconde")),
        commit("facet", record("🎉 #PyCon-DE", facets=[tag("🎉 #PyCon-DE", "PyCon-DE")])),
        commit("beside", record("No tag here", tags=["PyConDE"])),
        commit("none", record("PyConDE without the sign")),
    ]

    events = await until(sky.source(), lambda events: len(posts(events)) == 3)

    assert [(post.uid.rpartition("/")[2], post.tags[-1].where) for post in posts(events)] == [
        ("text", "text"),
        ("facet", "meta"),
        ("beside", "meta"),
    ]


async def test_what_authors_add_to_their_own_posts_comes_if_the_event_says_so(sky):
    def answer(rkey, to, did=MIA):
        return commit(rkey, record(rkey, reply={"parent": {"uri": uri(to)}, "root": {"uri": uri("old")}}), did=did)

    sky.stream.events += [commit("root"), answer("more", "root"), answer("further", "more")]
    sky.stream.events += [answer("theirs", "root", ZED), answer("elsewhere", "other"), answer("known", "old")]
    sky.stream.events += [commit("end")]

    events = await until(sky.source(event=CONTINUED, known=[uri("old")]), lambda events: len(posts(events)) == 5)
    without = await until(sky.source(), lambda events: len(posts(events)) == 2)

    assert texts(events) == ["Hello #PyConDE", "more", "further", "known", "Hello #PyConDE"]
    assert texts(without) == ["Hello #PyConDE"] * 2


async def test_authors_are_asked_for_together_and_once(sky):
    sky.stream.events += [commit(f"p{number}", record(f"{number} #pyconde"), did=did) for number, did in enumerate([MIA, ZED] * 4)]  # fmt: skip

    class Gathering(FastBluesky):
        gather_seconds = 0.3

    await until(sky.source(kind=Gathering), lambda events: len(posts(events)) == 8)

    assert len(sky.appview.asked("getProfiles")) == 1


async def test_one_account_that_the_appview_cannot_read_spoils_it_for_nobody_else(sky):
    others = ["did:plc:" + letter * 24 for letter in "abcdef"]
    sky.appview.profiles |= {did: profile(did, "Other") for did in others}
    sky.appview.unreadable = {others[3]}
    sky.stream.events += [commit("p", record("#pyconde"), did=did) for did in others]

    events = await until(sky.source(), lambda events: len(posts(events)) == 5)

    assert others[3] not in {post.author.uid for post in posts(events)}


async def test_a_name_that_changed_is_asked_for_again(sky):
    sky.stream.events.append(commit("one", record("first #pyconde")))

    async def rename():
        sky.appview.profiles[MIA] = profile(MIA, "Mimi")
        await sky.stream.say(identity(), commit("two", record("second #pyconde")))

    events = await until(sky.source(), lambda events: len(posts(events)) == 2, meanwhile=then(posts, rename))

    assert [post.author.name for post in posts(events)] == ["Mia", "Mimi"]


# Who is not shown


@pytest.mark.parametrize("labels", [("!no-unauthenticated",), ("!takedown",)])
async def test_who_is_only_for_those_signed_in_never_leaves_the_source_and_is_counted(sky, labels):
    sky.appview.profiles[ZED] = profile(ZED, "Zed", *labels)
    sky.stream.events += [commit("hidden", did=ZED), commit("shown")]

    events = await until(
        sky.source(), lambda events: posts(events) and "Left out so far: 1" in str(healths(events))
    )

    assert [post.uid for post in posts(events)] == [uri("shown")]


async def test_a_post_of_which_its_author_says_so_by_itself_is_left_out_as_well(sky):
    labels = {"$type": "com.atproto.label.defs#selfLabels", "values": [{"val": "!no-unauthenticated"}]}
    sky.stream.events += [commit("hidden", record(labels=labels)), commit("shown")]

    events = await until(
        sky.source(), lambda events: posts(events) and "Left out so far: 1" in str(healths(events))
    )

    assert [post.uid for post in posts(events)] == [uri("shown")]


async def test_whom_the_appview_does_not_show_is_not_shown(sky):
    del sky.appview.profiles[ZED]
    sky.stream.events += [commit("gone", did=ZED), commit("shown")]

    events = await until(sky.source(), posts)

    assert [post.uid for post in posts(events)] == [uri("shown")]


async def test_posts_wait_as_long_as_nobody_says_who_may_be_shown(sky):
    sky.appview.answers["app.bsky.actor.getProfiles"] = HTMLResponse("<h1>Soon</h1>")
    sky.stream.events.append(commit())

    async def mend():
        sky.appview.answers.clear()

    def says_so(events):
        return "New posts wait" in str(healths(events))

    events = await until(
        sky.source(),
        lambda events: posts(events) and healths(events)[-1][0] == "healthy",
        meanwhile=then(says_so, mend),
    )

    assert "degraded" in [state for state, _ in healths(events)]


async def test_a_position_never_passes_a_post_that_waits(sky):
    sky.appview.answers["app.bsky.actor.getProfiles"] = JSONResponse({}, status_code=503)
    sky.stream.events += [commit("early", record("no"), time=NOW_US - 90 * SECOND), commit("one"), commit("late", record("no"), time=NOW_US)]  # fmt: skip

    events = await until(sky.source(), lambda events: "New posts wait" in str(healths(events)))

    assert all(json.loads(one.position)["time"] < NOW_US - 60 * SECOND for one in of(Checkpoint, events))


async def test_an_appview_that_refuses_for_good_ends_the_source(sky):
    sky.appview.answers["app.bsky.actor.getProfiles"] = JSONResponse({}, status_code=404)
    sky.stream.events.append(commit())

    with pytest.raises(SourceError) as refusal:
        await until(sky.source(), lambda _: False)

    assert refusal.value.permanent


# What becomes of posts


async def test_an_account_that_goes_away_takes_its_posts_along_and_brings_them_back(sky):
    sky.stream.events += [commit("one", cid="c1"), commit("two", record("2 #pyconde"), did=ZED)]
    sky.appview.show("one", cid="c1")

    async def leave():
        await sky.stream.say(account(False))

    async def come_back():
        await sky.stream.say(account(True, time=NOW_US))

    both = then(lambda events: len(posts(events)) == 2, leave), then(deletes, come_back)

    async def meanwhile(events):
        for step in both:
            await step(events)

    events = await until(sky.source(), lambda events: of(Restore, events), meanwhile=meanwhile)

    assert [(one.uid, one.author) for one in deletes(events)] == [(uri("one"), MIA)]
    assert [one.post.uid for one in of(Restore, events)] == [uri("one")]


async def test_posts_of_an_account_that_is_away_are_remembered_through_a_restart(sky):
    sky.stream.events += [commit("one", cid="c1"), account(False)]
    first = await until(
        sky.source(), lambda events: any(uri("one") in one.position for one in of(Checkpoint, events))
    )
    sky.appview.show("one", cid="c1")

    await sky.stream.say(account(True, time=NOW_US))
    events = await until(sky.source(), lambda events: of(Restore, events), last_position(first))

    assert of(Restore, events)[0].post.author.name == "Mia"


async def test_a_delete_of_a_post_that_nobody_told_of_says_nothing(sky):
    sky.stream.events += [commit("other", operation="delete"), commit("one")]

    events = await until(sky.source(), posts)

    assert not deletes(events)


async def test_a_post_deleted_before_its_author_is_known_never_comes(sky):
    sky.stream.events += [commit("one"), commit("one", operation="delete"), commit("two", record("2 #pyconde"))]

    events = await until(sky.source(), posts)

    assert [post.uid for post in posts(events)] == [uri("two")]


async def test_an_edit_that_drops_the_hashtag_is_told_all_the_same(sky):
    edit = commit("one", record("Changed my mind"), operation="update", cid="c2", rev="3n2u6ryetak2g")
    sky.stream.events += [commit("one", cid="c1"), edit]

    events = await until(sky.source(), lambda events: len(posts(events)) == 2)

    assert texts(events) == ["Hello #PyConDE", "Changed my mind"]
    assert posts(events)[1].revision > posts(events)[0].revision


async def test_what_the_appview_no_longer_shows_is_deleted_once_that_is_sure(sky, world):
    sky.appview.show("stays", cid="c2")
    sky.stream.events.append(commit("noise", record("no")))

    source = FastBluesky(
        world(jetstreams=sky.stream.url, appview=sky.appview.url, known=[uri("gone"), uri("stays")])
    )
    events = await until(source, deletes)

    assert [one.uid for one in deletes(events)] == [uri("gone")]
    assert len(sky.appview.asked("getPosts")) >= 4


async def test_an_appview_that_shows_nothing_at_all_deletes_nothing(sky, world):
    sky.stream.events.append(commit("noise", record("no")))

    source = FastBluesky(world(jetstreams=sky.stream.url, appview=sky.appview.url, known=[uri("one"), uri("two")]))
    events = await until(source, lambda _: len(sky.appview.asked("getPosts")) > 6)

    assert not deletes(events)


async def test_the_only_post_is_deleted_too_once_the_appview_showed_it(sky, world):
    sky.appview.show("one", cid="c1")
    sky.stream.events.append(commit("noise", record("no")))

    async def forget():
        del sky.appview.posts[uri("one")]

    source = FastBluesky(world(jetstreams=sky.stream.url, appview=sky.appview.url, known=[uri("one")]))
    shown = then(lambda _: sky.appview.asked("getPosts"), forget)
    events = await until(source, deletes, meanwhile=shown)

    assert [one.uid for one in deletes(events)] == [uri("one")]


async def test_a_label_that_hides_takes_away_and_one_that_warns_tells_again(sky, world):
    sky.appview.show("bad", cid="c1", labels=["!hide"])
    sky.appview.show("warned", cid="c2", labels=["porn"])
    sky.stream.events.append(commit("noise", record("no")))

    source = FastBluesky(
        world(jetstreams=sky.stream.url, appview=sky.appview.url, known=[uri("bad"), uri("warned")])
    )
    events = await until(source, lambda events: deletes(events) and posts(events))

    assert [one.uid for one in deletes(events)] == [uri("bad")]
    assert (posts(events)[0].sensitive, posts(events)[0].content_warning) == (True, "Adult content")


# Hosts


async def test_a_host_that_fails_is_followed_by_the_next_from_a_minute_before(sky):
    first = await sky.another(commit("one"))
    second = await sky.another(commit("one"), commit("two", record("Second host #pyconde"), time=NOW_US))

    async def fail():
        first.answer = (503, "Broken.\n", {})
        for socket in set(first.sockets):
            await socket.close()

    events = await until(
        sky.source(first, second),
        lambda events: "Second host #pyconde" in texts(events),
        meanwhile=then(posts, fail),
    )

    assert len(posts(events)) == 2
    assert second.cursors[0] == NOW_US - 120 * SECOND
    assert healths(events)[-1] == ("healthy", f"Reading {host_of(second.url)}.")


async def test_a_silent_host_is_left_for_the_next(sky):
    class Impatient(FastBluesky):
        silence_seconds = 0.2

    deaf, lively = await sky.another(), await sky.another(commit())

    events = await until(sky.source(deaf, lively, kind=Impatient), posts)

    assert len(deaf.requests) >= 1
    assert texts(events) == ["Hello #PyConDE"]


async def test_a_single_host_that_is_silent_is_said_to_be(sky):
    class Impatient(FastBluesky):
        silence_seconds = 0.05

    events = await until(sky.source(kind=Impatient), healths)

    assert healths(events)[0][0] == "failing"
    assert "is silent" in healths(events)[0][1]


async def test_after_a_restart_reading_goes_on_where_it_was(sky):
    sky.stream.events.append(commit())
    first = await until(sky.source(), posts)

    await until(
        sky.source(), lambda events: len(sky.stream.requests) > 1 and healths(events), last_position(first)
    )

    assert sky.stream.cursors == [HALF_AN_HOUR_AGO, NOW_US - 65 * SECOND]


async def test_frames_that_are_none_do_no_harm_and_are_told_of_only_if_they_may_be_ours(sky):
    sky.stream.events += [
        "{",
        b"\xff\xfe",
        "[]",
        "[" * 50_000,
        '"pyconde"',
        '{"did": "#pyconde"}',
        commit(),
    ]

    events = await until(sky.source(), posts)

    assert len(set_aside(events)) == 2


async def test_a_frame_that_is_too_large_ends_the_connection_in_words(sky):
    sky.stream.events.append("x" * 2_000_000)

    events = await until(sky.source(), healths)

    assert "sent something larger than 1048576 bytes" in str(healths(events))


# Searching


async def test_with_an_app_password_older_posts_are_searched_for_once(sky):
    sky.appview.found = [
        sky.appview.show("new", record("New #pyconde")),
        sky.appview.show("old", record("Old #pyconde")),
    ]
    login = {"handle": "@Mia.example", "app_password": "abcd-efgh", "login": sky.appview.url}

    events = await until(sky.source(**login), lambda events: len(posts(events)) == 2)

    assert texts(events) == ["Old #pyconde", "New #pyconde"]
    assert sky.appview.signed_in == {"identifier": "mia.example", "password": "abcd-efgh"}
    (query,) = sky.appview.asked("searchPosts")
    assert (query["tag"], query["sort"]) == ("PyConDE", "latest")


async def test_a_wrong_app_password_is_said_with_where_to_get_a_new_one_and_posts_come_live(sky):
    sky.appview.answers["com.atproto.server.createSession"] = JSONResponse({"error": "Auth"}, status_code=401)
    sky.stream.events.append(commit())
    login = {"handle": "mia.example", "app_password": "wrong", "login": sky.appview.url}

    events = await until(
        sky.source(**login), lambda events: posts(events) and "App passwords" in str(healths(events))
    )

    assert healths(events)[-1][0] == "degraded"
    assert "does not accept the handle and app password (401)" in healths(events)[-1][1]


async def test_without_one_a_long_absence_is_told(sky):
    long_ago = json.dumps({"time": NOW_US - 3 * 86_400 * SECOND, "host": sky.stream.url})
    sky.stream.events.append(commit())

    events = await until(sky.source(), posts, long_ago)

    assert "longer than a Jetstream remembers" in str(healths(events))


# Options


@pytest.mark.parametrize(
    ("options", "field"),
    [
        ({}, "jetstreams"),
        ({"jetstreams": "https://a.example"}, "jetstreams"),
        ({"jetstreams": "ws://a.example"}, "jetstreams"),
        ({"jetstreams": "wss://a.example", "appview": "ftp://b.example"}, "appview"),
        ({"jetstreams": "wss://a.example", "appview": "https://b.example https://c.example"}, "appview"),
        ({"jetstreams": "wss://a.example", "handle": "mia.example"}, "app_password"),
        ({"jetstreams": "wss://a.example", "app_password": "abcd"}, "handle"),
        ({"jetstreams": "wss://a.example", "handle": "mia.example", "app_password": "ä b"}, "app_password"),
    ],
)
def test_options_that_cannot_be_used_are_refused(options, field):
    with pytest.raises(InvalidInput) as refusal:
        Bluesky.check(options)

    assert refusal.value.field == field


def test_what_is_filled_in_already_can_be_used():
    cleaned = Bluesky.check({option.name: option.default for option in Bluesky.options})

    assert len(cleaned["jetstreams"].split()) == 6
    assert cleaned["appview"] == "https://public.api.bsky.app"
