import asyncio
import json
from dataclasses import replace

import pytest

from tests.cast import NOW, a_decision, a_post
from tests.waiting import until
from tests.web.roads import through
from tests.web.site import Site, closed, next_frame, updates
from wall import __version__, hub
from wall.commands.web import LONGEST_FRAME
from wall.core.moderation import Status, Verdict
from wall.store.submission import Submission
from wall.web import follow
from wall.web.frames import Close

THROUGH = Verdict(status=Status.APPROVED)


@pytest.fixture
def path(event):
    return f"/{event.slug}/stream"


@pytest.fixture
def recheck_often(monkeypatch):
    monkeypatch.setattr(follow, "RECHECK_SECONDS", 0.02)


async def decide(store, event, kind, standing):
    return await store.posts.decide(event.slug, a_decision(kind, standing), now=NOW)


# What a viewer is sent


async def test_a_stream_says_hello_first_with_its_cursor_and_version(served, store, event, path, approved):
    async with served.stream(path) as stream:
        hello = json.loads(await stream.recv())

    tip = await store.feeds.tip(event.slug, "public")
    assert hello == {"type": "hello", "cursor": str(tip), "version": __version__}


async def test_what_is_approved_comes_as_json(served, store, event, path, waiting):
    async with served.stream(path) as stream:
        await next_frame(stream, "hello")
        await decide(store, event, "approve", waiting)
        frame = await next_frame(stream, "updates")

    (update,) = frame["updates"]
    assert frame["cursor"].endswith(f":{update['offset']}")
    assert update["kind"] == "posted"
    assert update["post"]["text"] == waiting.post.text


async def test_pages_are_sent_the_one_fragment_of_a_post(served, store, event, path, waiting):
    async with served.stream(f"{path}?view=html") as stream:
        await next_frame(stream, "hello")
        await decide(store, event, "approve", waiting)
        (update,) = await updates(stream, 1)

    page = await served.browser().get(f"/{event.slug}/feed?view=html")
    assert page.json()["posts"] == [update["post"]]
    assert update["post"]["html"].lstrip().startswith("<article")


async def test_a_viewer_who_comes_back_gets_what_it_missed_once_and_in_order(served, store, event, path):
    first = await through(store, event, "1")
    tip = await store.feeds.tip(event.slug, "public")
    for text in "234":
        await through(store, event, text)

    async with served.stream(f"{path}?cursor={tip}") as stream:
        missed = await updates(stream, 3)
        await decide(store, event, "remove", first)
        (after,) = await updates(stream, 1)

    assert [(update["offset"], update["post"]["text"]) for update in missed] == [(2, "2"), (3, "3"), (4, "4")]
    assert (after["offset"], after["kind"], after["id"]) == (5, "removed", first.post.id)


async def test_what_was_removed_meanwhile_comes_without_a_word_of_it(served, store, event, path):
    start = await store.feeds.tip(event.slug, "public")
    await decide(store, event, "remove", await through(store, event, "Secret words"))

    async with served.stream(f"{path}?cursor={start}") as stream:
        frame = await next_frame(stream, "updates")

    assert [update["kind"] for update in frame["updates"]] == ["void", "removed"]
    assert "Secret" not in json.dumps(frame)


@pytest.mark.parametrize("cursor", ["other:1", "nonsense", "%00", "{epoch}:99", "{epoch}:-1", "{epoch}:"])
async def test_a_cursor_that_is_not_of_this_history_gets_a_resync(served, store, event, path, approved, cursor):
    epoch = (await store.feeds.tip(event.slug, "public")).epoch

    async with served.stream(f"{path}?cursor={cursor.format(epoch=epoch)}") as stream:
        frames = [json.loads(await stream.recv()) for _ in range(2)]

    assert [frame["type"] for frame in frames] == ["hello", "resync"]


async def test_a_cursor_older_than_what_is_kept_gets_a_resync(redis_server, tmp_path, store, event, path):
    start = await store.feeds.tip(event.slug, "public")
    for text in "123":
        await through(store, event, text)

    async with (
        Site(tmp_path, redis_server.url, kept_updates=2).listening() as site,
        site.stream(f"{path}?cursor={start}") as stream,
    ):
        await next_frame(stream, "resync")
        await through(store, event, "4")
        (update,) = await updates(stream, 1)

    assert update["offset"] == 4


async def test_a_quiet_stream_has_a_beat_with_its_cursor(served, monkeypatch, store, event, path, approved):
    monkeypatch.setattr(hub, "BEAT_SECONDS", 0.02)

    async with served.stream(path) as stream:
        beat = await next_frame(stream, "beat")

    assert beat["cursor"] == str(await store.feeds.tip(event.slug, "public"))


async def test_what_a_viewer_says_is_not_listened_to(served, store, event, path, waiting):
    async with served.stream(path) as stream:
        await stream.send('{"kind":"approve"}')
        await stream.send(b"\x00\xff")
        await decide(store, event, "approve", waiting)
        (update,) = await updates(stream, 1)

    assert update["kind"] == "posted"


async def test_the_desk_is_told_what_arrives_and_who_decides(served, store, event, mia):
    browser = await served.browser_of(mia)
    post = a_post()

    async with served.stream(f"/{event.slug}/moderate/stream", browser=browser) as stream:
        await next_frame(stream, "hello")
        await store.posts.submit(event.slug, [Submission(post, Verdict(reason="Held back."))], now=NOW)
        (arrived,) = await updates(stream, 1)
        await decide(store, event, "reject", await store.posts.get(event.slug, post.id))
        (decided,) = await updates(stream, 1)

    assert (arrived["kind"], arrived["was"], arrived["status"], arrived["by"]) == (
        "submitted",
        "",
        "waiting",
        None,
    )
    assert "Held back." in arrived["card"]
    assert (decided["kind"], decided["was"], decided["status"], decided["by"]) == (
        "decided",
        "waiting",
        "rejected",
        "Mia",
    )


# Who is refused, and who is sent away


async def test_a_view_that_is_none_is_refused(served, event, path):
    async with served.stream(f"{path}?view=xml") as stream:
        assert await closed(stream) == Close.NOT_ALLOWED


async def test_an_event_that_is_none_is_refused(served):
    async with served.stream("/no-such-event/stream") as stream:
        assert await closed(stream) == Close.NOT_ALLOWED


async def test_too_many_streams_from_one_address_are_told_to_come_back(redis_server, tmp_path, path):
    async with Site(tmp_path, redis_server.url, max_streams_per_address=2).listening() as site:
        async with site.stream(path) as one, site.stream(path) as two, site.stream(path) as three:
            assert await closed(three) == Close.TOO_MANY
            await next_frame(one, "hello")
            await next_frame(two, "hello")
        await until(lambda: not site.services["doors"].addresses)

        async with site.stream(path) as again:
            assert await next_frame(again, "hello")


async def test_a_desk_is_closed_when_its_session_is_ended(served, recheck_often, store, event, mia):
    browser = await served.browser_of(mia)

    async with served.stream(f"/{event.slug}/moderate/stream", browser=browser) as stream:
        await next_frame(stream, "hello")
        await store.people.sign_out_everywhere(mia.id)

        assert await closed(stream) == Close.NOT_ALLOWED


async def test_a_desk_is_closed_when_its_moderators_role_is_taken_away(served, recheck_often, store, event, mia):
    browser = await served.browser_of(mia)

    async with served.stream(f"/{event.slug}/moderate/stream", browser=browser) as stream:
        await next_frame(stream, "hello")
        await store.people.save(replace(mia, roles={}))

        assert await closed(stream) == Close.NOT_ALLOWED


async def test_a_screen_is_closed_when_its_token_is_taken_back(served, recheck_often, store, event):
    browser, screen = await served.browser_of_screen(event.slug)

    async with served.stream(f"/{event.slug}/screen/stream", browser=browser) as stream:
        await next_frame(stream, "hello")
        await store.screens.revoke(event.slug, screen.id)

        assert await closed(stream) == Close.NOT_ALLOWED


async def test_a_public_stream_stays_open_through_every_check(served, recheck_often, store, event, path):
    async with served.stream(path) as stream:
        await next_frame(stream, "hello")
        await asyncio.sleep(0.1)
        await through(store, event)

        assert await updates(stream, 1)


async def test_a_viewer_who_leaves_is_forgotten(served, event, path):
    async with served.stream(path) as stream:
        await next_frame(stream, "hello")
        assert served.services["hub"].channels[event.slug, "public"].viewers == 1

    await until(lambda: served.services["hub"].channels[event.slug, "public"].viewers == 0)
    assert not served.services["doors"].addresses


async def test_too_long_a_message_ends_the_stream_and_is_counted(served, path):
    async with served.stream(path) as stream:
        await next_frame(stream, "hello")
        await stream.send("x" * (LONGEST_FRAME + 1))

        assert await closed(stream) == 1009
    await until(lambda: served.services["measures"].violations.values == {("oversize",): 1})
