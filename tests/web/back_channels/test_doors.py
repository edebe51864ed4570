"""Every door there is, for words that were said in private: they leave by none."""

import hashlib
import logging
import re

import pytest

from tests.push_service import Browser
from tests.web.back_channels.conftest import Somebody
from tests.web.site import Site
from wall.core.audit import Filter
from wall.web.routes import routes

WORDS = "zanthoxylum quagmire behind the boathouse"
NAMES = ("Benjaminsson", "Anastasiadou")


@pytest.fixture
async def ana(somebody):
    return await somebody("Anastasiadou")


@pytest.fixture
async def ben(somebody):
    return await somebody("Benjaminsson")


@pytest.fixture
async def post(ana, writes):
    """A post of Ana's without her name."""
    return await writes(Somebody(ana.browser, type("Event", (), {"slug": ana.base.split("/")[1]}), ""))


@pytest.fixture
async def talk(ana, ben, thread):
    """A thread in which much was done: said, proposed, invited, and pushed to."""
    await ben.say(thread, WORDS)
    await ana.post(f"/{thread}/chosen", do="propose", message="2")
    await ben.invitation(thread, "Cleopatra")
    return thread


def everything(thread, post, slug):
    """Return every address that can be asked for, with what stands in its place here."""
    names = {
        "slug": slug, "thread": thread, "number": 2, "post_id": post, "status": "waiting", "section": "settings",
        "list": "usual", "edition": "x", "link": "x",
    }  # fmt: skip
    for route in routes():
        for method in sorted(getattr(route, "methods", None) or ()):
            path = re.sub(r"\{(\w+)(:\w+)?\}", lambda found: str(names.get(found[1], "x")), route.path)
            if method != "HEAD" and not path.endswith(".sse"):
                yield method, path


LEAVING = ("/sign-out", "/account/name", "/account/passphrase")


@pytest.mark.parametrize("who", ["stranger", "moderator", "organiser", "owner", "another in the room"])
async def test_nobody_who_is_not_in_it_reads_a_word_or_a_name(site, event, people, somebody, talk, post, who):
    role = who if who in ("moderator", "organiser") else None
    person = (
        await people.add("Zed", slug=event.slug, role=role, owner=who == "owner")
        if role or who == "owner"
        else None
    )
    browser = site.browser()
    if person:
        browser = await site.browser_of(person)
    elif who == "another in the room":
        browser = (await somebody("Dora")).browser

    for method, path in everything(talk, post, event.slug):
        if path in LEAVING:
            continue
        answer = await browser.request(method, path)
        for secret in ("zanthoxylum", "quagmire", "boathouse", *NAMES, "Cleopatra"):
            assert secret not in answer.text, (method, path)


async def test_a_thread_of_others_answers_like_one_that_is_not_there(site, event, people, talk, somebody):
    browsers = [
        site.browser(),
        (await somebody("Dora")).browser,
        await site.browser_of(await people.add("Oda", owner=True)),
        await site.browser_of(await people.add("Mia", slug=event.slug, role="moderator")),
    ]
    versions = [f"/{{}}/news?version={number}" for number in range(8)]
    paths = ["/{}", "/{}/news", *versions]
    forms = ["messages", "messages/2", "chosen", "answer", "invitations", "leaving", "erasure", "excerpts/x"]

    for browser in browsers:
        for method, part in [("GET", one) for one in paths] + [("POST", f"/{{}}/{one}") for one in forms]:
            there, nowhere = [
                await browser.request(method, f"/{event.slug}/back-channels" + part.format(id))
                for id in (talk, "x" * 22)
            ]
            assert (there.status_code, there.text) == (nowhere.status_code, nowhere.text) == (404, there.text), (
                part
            )


async def test_a_member_of_an_event_is_nobody_in_the_threads_of_another(site, store, event, ana, talk):
    other = await store.events.get(event.slug)
    await store.events.create(
        type(other)(**{name: getattr(other, name) for name in other.__slots__} | {"slug": f"{event.slug}-b"})
    )

    assert (await ana.browser.get(f"/{event.slug}-b/back-channels/{talk}")).status_code == 404


async def test_who_left_is_nobody(ana, ben, talk):
    await ana.post(f"/{talk}/leaving")

    assert (await ana.browser.get(f"{ana.base}/{talk}")).status_code == 404
    assert (await ana.browser.get(f"{ana.base}/{talk}/news")).status_code == 404
    assert (await ana.say(talk, "I am still here")).status_code == 404


async def test_a_moderator_whose_role_is_taken_away_reads_no_more(people, event, mia, mia_there, ben, post):
    thread, _ = await ben.begin(post, "team")
    desk = await mia_there.browser.get(f"/{event.slug}/moderate/back-channels")
    await mia_there.browser.post(re.search(r"/[\w-]+/moderate/back-channels/asks/\w+", desk.text)[0])
    before = await mia_there.browser.get(f"{ben.base}/{thread}")

    await people.grant(mia.id, event.slug, None)

    assert before.status_code == 200
    assert (await mia_there.browser.get(f"{ben.base}/{thread}")).status_code == 404


async def test_no_log_tells_of_it(store, event, caplog, ana, ben, mia_there, thread):
    caplog.set_level(logging.DEBUG)
    await ben.say(thread, WORDS)
    await ana.post(f"/{thread}/chosen", do="report", message="2")
    await mia_there.browser.get(f"/{event.slug}/moderate/back-channels")

    entries, _ = await store.audit.page(event.slug, Filter(), limit=100)
    logged = "\n".join(record.getMessage() for record in caplog.records if record.name.startswith("wall"))
    told = logged + repr(entries) + (await mia_there.browser.get("/metrics")).text
    assert not [word for word in ("zanthoxylum", "boathouse", thread) if word in told]


async def test_no_feed_is_told_of_it(site, event, ben, talk):
    cursor = (await site.browser().get(f"/{event.slug}/feed")).json()["cursor"]

    await ben.say(talk, WORDS)

    assert (await site.browser().get(f"/{event.slug}/feed")).json()["cursor"] == cursor


async def test_who_steals_the_disk_of_redis_finds_no_word_no_name_and_no_address(
    redis_server, site, ana, ben, mia_there, talk
):
    await ana.post(f"/{talk}/chosen", do="report", message="2", words="Chrysanthemum")
    await ana.browser.post(f"{ana.base}/push", json=Browser("https://push.example.net/very-own-address").asked())
    await ben.post(f"/{talk}/messages/2", text="rhododendron")

    disk = b"".join(path.read_bytes() for path in redis_server.folder.rglob("*") if path.is_file())

    assert talk.encode() in disk
    for secret in (
        "zanthoxylum",
        "boathouse",
        "rhododendron",
        "Chrysanthemum",
        *NAMES,
        "Cleopatra",
        "very-own-address",
    ):
        assert secret.encode() not in disk, secret
    keys = set(re.findall(rb"wall:\{[^}]*\}:back-channels[^\r\n]*", disk))
    assert not [key for key in keys for one in (ana, ben) if id_of(one) in key]


def id_of(one):
    """Return the id of somebody who takes part, as their posts have it."""
    secret = one.browser.cookies["participant"]
    return hashlib.sha256(f"{one.base.split('/')[1]}\x1f{secret}".encode()).hexdigest()[:24].encode()


async def test_without_a_key_there_are_no_private_threads_and_the_reason_is_told(
    redis_server, tmp_path, event, olga
):
    async with Site(tmp_path / "b", redis_server.url, back_channel_key="").running() as site:
        mine = await site.browser().get(f"/{event.slug}/back-channels", headers={"accept": "text/html"})
        desk = await (await site.browser_of(olga)).get(f"/{event.slug}/moderate/back-channels")
        settings = await (await site.browser_of(olga)).get(f"/organise/{event.slug}")

    assert (mine.status_code, desk.status_code) == (404, 404)
    assert "WALL_BACK_CHANNEL_KEY" in mine.text
    assert "Not possible yet" in settings.text
