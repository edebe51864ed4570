import asyncio
import gzip

import httpx2
import pytest
import pytest_asyncio

from tests.cast import NOW, a_decision
from tests.waiting import until
from tests.web.roads import through
from tests.web.site import Site
from wall.errors import StoreUnavailable
from wall.web.answers import made


async def heard(served, store, event):
    """Wait until the served hub knows all there is, and return how far that is."""
    tip = await store.feeds.tip(event.slug, "public")
    await until(lambda: served.services["hub"].channels[event.slug, "public"].tip == tip)
    return tip


@pytest_asyncio.fixture
async def served(redis_server, tmp_path):
    async with Site(tmp_path, redis_server.url).listening() as served:
        yield served


@pytest_asyncio.fixture
async def client(served):
    async with httpx2.AsyncClient(base_url=served.base, trust_env=False) as client:
        yield client


@pytest.fixture
def feed(event):
    return f"/{event.slug}/feed"


@pytest.fixture
def asked(served, monkeypatch):
    """The questions that Redis was asked for snapshots."""
    feeds = type(served.services["store"].feeds)
    original = feeds.snapshot
    calls = []

    async def counted(self, slug, name, *, limit):
        calls.append(slug)
        return await original(self, slug, name, limit=limit)

    monkeypatch.setattr(feeds, "snapshot", counted)
    return calls


@pytest.mark.parametrize("what", ["", "?view=html", "?cursor={tip}"])
async def test_an_answer_may_be_kept_by_anybody_for_a_moment_only(client, store, event, feed, what):
    tip = await store.feeds.tip(event.slug, "public")

    answer = await client.get(feed + what.format(tip=tip))

    assert answer.status_code == 200
    assert answer.headers["cache-control"] == "public, max-age=1, stale-while-revalidate=1"
    assert answer.headers["vary"] == "Accept-Encoding"
    assert "set-cookie" not in answer.headers


async def test_who_has_the_answer_is_told_so_without_a_body(client, store, event, feed):
    await through(store, event, "one")
    first = await client.get(feed)

    again = await client.get(feed, headers={"if-none-match": first.headers["etag"]})

    assert again.status_code == 304
    assert again.content == b""
    assert again.headers["etag"] == first.headers["etag"]
    assert again.headers["cache-control"] == first.headers["cache-control"]


@pytest.mark.parametrize("tags", ['"a", {etag}', "*", "{strong}"])
async def test_tags_are_compared_weakly(client, feed, tags):
    etag = (await client.get(feed)).headers["etag"]

    answer = await client.get(feed, headers={"if-none-match": tags.format(etag=etag, strong=etag[2:])})

    assert answer.status_code == 304


async def test_every_view_and_every_change_has_a_tag_of_its_own(client, served, store, event, feed):
    await through(store, event, "one")
    json, html = await client.get(feed), await client.get(f"{feed}?view=html")
    standing = await through(store, event, "two")
    await heard(served, store, event)
    later = await client.get(feed, headers={"if-none-match": json.headers["etag"]})
    await store.posts.decide(event.slug, a_decision("pin", standing), now=NOW)
    await heard(served, store, event)
    pinned = await client.get(feed, headers={"if-none-match": later.headers["etag"]})

    tags = {answer.headers["etag"] for answer in (json, html, later, pinned)}
    assert [later.status_code, pinned.status_code] == [200, 200]
    assert len(tags) == 4


async def test_the_body_is_compressed_once_and_plain_for_those_who_cannot_read_that(
    client, served, store, event, feed
):
    for text in "abcdef":
        await through(store, event, text)
    plain = await client.get(feed, headers={"accept-encoding": "identity"})
    built = served.services["measures"].built.values[()]

    packed = await client.get(feed, headers={"accept-encoding": "gzip, br"})

    assert "content-encoding" not in plain.headers
    assert packed.headers["content-encoding"] == "gzip"
    assert int(packed.headers["content-length"]) < int(plain.headers["content-length"])
    assert packed.content == plain.content
    assert served.services["measures"].built.values[()] == built


async def test_many_who_ask_at_once_cost_one_question_and_one_body(client, served, asked, store, event, feed):
    await through(store, event, "one")

    answers = await asyncio.gather(*(client.get(feed) for _ in range(20)))
    later = [await client.get(feed) for _ in range(3)]

    assert len({answer.content for answer in (*answers, *later)}) == 1
    assert len(asked) == 1
    assert served.services["measures"].built.values[()] == 1


async def test_many_who_come_from_the_same_cursor_share_one_body(client, served, store, event, feed):
    start = await store.feeds.tip(event.slug, "public")
    await through(store, event, "one")

    answers = await asyncio.gather(*(client.get(f"{feed}?cursor={start}") for _ in range(20)))

    assert len({answer.content for answer in answers}) == 1
    assert [one["post"]["text"] for one in answers[0].json()["updates"]] == ["one"]
    assert served.services["measures"].built.values[()] == 1


async def test_a_reader_from_a_cursor_reaches_the_snapshot_update_by_update(client, served, store, event, feed):
    cursor = (await client.get(feed)).json()["cursor"]
    texts = []
    for text in "abc":
        await through(store, event, text)
        await heard(served, store, event)
        answer = (await client.get(f"{feed}?cursor={cursor}")).json()
        texts += [one["post"]["text"] for one in answer["updates"]]
        cursor = answer["cursor"]

    assert texts == ["a", "b", "c"]
    assert (await client.get(f"{feed}?cursor={cursor}")).json() == {"cursor": cursor, "updates": []}


async def test_a_removal_is_in_the_next_answer_of_every_kind(client, served, store, event, feed):
    start = await store.feeds.tip(event.slug, "public")
    standing = await through(store, event, "secret")
    asked = [feed, f"{feed}?view=html", f"{feed}?cursor={start}", f"{feed}?cursor={start}&view=html"]
    await client.get(feed)
    await heard(served, store, event)
    before = [(await client.get(address)).text for address in asked]

    await store.posts.decide(event.slug, a_decision("remove", standing), now=NOW)
    await heard(served, store, event)

    after = [(await client.get(address)).text for address in asked]
    assert all("secret" in text for text in before)
    assert not any("secret" in text for text in after)


@pytest.mark.parametrize("cursor", ["other:3", "nonsense", "", "1" * 5000])
async def test_a_cursor_that_cannot_be_told_on_from_is_gone_for_all_who_ask(client, feed, cursor):
    answer = await client.get(feed, params={"cursor": cursor})

    assert answer.status_code == 410
    assert answer.json()["error"]["code"] == "gone"
    assert answer.headers["cache-control"].startswith("public, max-age=1")


async def test_a_cursor_that_is_further_than_this_process_is_looked_up_and_not_refused(
    client, served, store, event, feed
):
    await client.get(feed)
    hub = served.services["hub"]
    await through(store, event, "one")
    tip = await heard(served, store, event)
    hub.channels[event.slug, "public"].ring.tip -= 1
    hub.channels[event.slug, "public"].ring._values.pop()

    answer = await client.get(f"{feed}?cursor={tip}")

    assert answer.json() == {"cursor": str(tip), "updates": []}


async def test_without_redis_all_who_wait_are_told_and_the_next_one_is_served(
    client, served, store, event, feed, monkeypatch
):
    feeds = type(served.services["store"].feeds)

    async def away(self, slug, name, *, limit):
        raise StoreUnavailable("Redis is away.")

    with monkeypatch.context() as patched:
        patched.setattr(feeds, "snapshot", away)
        refused = await asyncio.gather(*(client.get(feed) for _ in range(5)))
    served_again = await client.get(feed)

    assert {answer.status_code for answer in refused} == {503}
    assert {answer.headers["cache-control"] for answer in refused} == {"no-store"}
    assert served_again.status_code == 200


async def test_what_is_kept_is_bounded(client, served, store, event, feed, monkeypatch):
    monkeypatch.setattr("wall.web.answers.MOST_KEPT", 3)
    start = await store.feeds.tip(event.slug, "public")
    for text in "abcdef":
        await through(store, event, text)

    for offset in range(6):
        await client.get(f"{feed}?cursor={start.epoch}:{offset}")

    assert len(served.services["answers"].told) == 3
    assert not served.services["answers"].making


def test_an_answer_is_compressed_the_same_every_time():
    one, two = made("x" * 5000), made("x" * 5000)

    assert one == two
    assert gzip.decompress(one.gzipped) == one.plain
