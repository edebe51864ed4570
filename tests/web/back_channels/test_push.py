"""What a push service is sent, read as the browser reads it, over a real socket."""

import json

import pytest
import pytest_asyncio

from tests.push_service import Browser, PushService
from tests.raw_server import listening
from tests.waiting import until
from tests.web.site import Site
from wall import catalogs
from wall.catalogs import Catalog


@pytest_asyncio.fixture
async def site(redis_server, tmp_path):
    """A wall that may reach the push service of this machine."""
    async with Site(tmp_path, redis_server.url, private_addresses=True).running() as site:
        yield site


@pytest_asyncio.fixture
async def service():
    service = PushService()
    async with listening(service.serve) as port:
        service.base = f"http://127.0.0.1:{port}"
        yield service


@pytest.fixture
def subscribes(service):
    async def subscribes(one, path="/ana"):
        browser = Browser(service.base + path)
        answer = await one.browser.post(f"{one.base}/push", json=browser.asked())
        assert answer.status_code == 204
        return browser

    return subscribes


async def test_a_message_says_only_that_there_is_something_new(ana, ben, thread, service, subscribes):
    browser = await subscribes(ana)

    await ben.say(thread, "The heron nests here")
    await until(lambda: service.sent)

    ((path, headers, body),) = service.sent
    assert (path, browser.reads(body)) == ("/ana", b"Something new in a private thread")
    assert (headers["content-encoding"], headers["authorization"][:8]) == ("aes128gcm", "vapid t=")
    told = json.dumps(headers) + repr(body)
    assert not [word for word in ("heron", "Ben", "Ana", thread) if word in told]


async def test_a_message_is_in_the_language_of_the_page_it_was_asked_for_on(
    ana, ben, thread, service, subscribes, monkeypatch
):
    said = {"Something new in a private thread": ("Neues in einem Gespräch",)}
    monkeypatch.setattr(catalogs, "catalog", lambda code: Catalog(said if code == "de" else {}, lambda number: 0))
    ana.browser.headers["accept-language"] = "de"
    browser = await subscribes(ana)

    await ben.say(thread, "The heron nests here")
    await until(lambda: service.sent)

    assert browser.reads(service.sent[0][2]).decode() == "Neues in einem Gespräch"


async def test_who_writes_is_not_told_of_it_and_a_quick_row_is_told_once(
    site, ana, ben, thread, service, subscribes
):
    await subscribes(ana)
    await subscribes(ben, "/ben")

    for words in ("One", "Two", "Three"):
        await ben.say(thread, words)
    await site.services["pusher"].unsent.join()

    assert [path for path, *_ in service.sent] == ["/ana"]


async def test_who_is_asked_is_told(site, ana, ben, post, service, subscribes):
    await ana.begin(post, "link")
    await subscribes(ana)

    await ben.begin(post)
    await site.services["pusher"].unsent.join()

    assert [path for path, *_ in service.sent] == ["/ana"]


async def test_a_browser_that_is_gone_is_forgotten(site, ana, ben, post, thread, service, subscribes):
    await subscribes(ana)
    service.gone.add("/ana")

    for member in await member_ids(site, ana, thread):
        await site.services["pusher"].send(ana.base.split("/")[1], member)

    assert len(service.sent) == 1
    assert [
        await site.store.pushes.of(ana.base.split("/")[1], one) for one in await member_ids(site, ana, thread)
    ] == [[], []]


async def test_who_wants_to_hear_no_more_does_not(site, ana, ben, thread, service, subscribes):
    browser = await subscribes(ana)

    await ana.browser.post(f"{ana.base}/push/removal", json=browser.asked())
    await ben.say(thread, "Hello")
    await site.services["pusher"].unsent.join()

    assert service.sent == []


async def test_a_push_service_that_is_away_keeps_nobody_from_writing(site, ana, ben, thread):
    await ana.browser.post(f"{ana.base}/push", json=Browser("http://127.0.0.1:9/ana").asked())

    answer = await ben.say(thread, "Hello")
    await site.services["pusher"].unsent.join()

    assert answer.status_code == 303


async def test_the_key_of_the_installation_stays_the_same(site):
    first, second = await site.store.pushes.key(), await site.store.pushes.key()

    assert first.private_numbers() == second.private_numbers()


@pytest.mark.parametrize("body", [b"", b"{}", b'{"endpoint":"https://a.example"}', b'{"endpoint":7}', b"\xff"])
async def test_what_is_no_subscription_is_refused(ana, body):
    assert (await ana.browser.post(f"{ana.base}/push", content=body)).status_code == 422


async def test_who_is_in_no_thread_has_nothing_kept_for_them(site, event, ana):
    answer = await ana.browser.post(f"{ana.base}/push", json=Browser("https://push.example.net/ana").asked())

    assert answer.status_code == 403


async def member_ids(site, one, thread):
    read = await site.store.back_channels.peek(one.base.split("/")[1], thread)
    return [member.id for member in read.thread.members]
