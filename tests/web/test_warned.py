"""Staff are warned by mail: once, by a real mail server, whatever falls over meanwhile."""

import re
from dataclasses import replace
from datetime import timedelta
from email.header import decode_header, make_header

import pytest

from tests.cast import NOW
from tests.mail_server import receiving
from tests.web.site import Site
from wall.core.mailbox import Mailbox
from wall.core.measures import Tally
from wall.core.people import Link
from wall.core.retention import Retention
from wall.mailing import Mailing
from wall.store.letters import SENDING, WAITING
from wall.web.warner import Warner

BASE = "http://127.0.0.1"
TO = "olga@example.org"


@pytest.fixture
async def mailbox():
    async with receiving() as mailbox:
        yield mailbox


@pytest.fixture
async def mailing_site(redis_server, tmp_path, mailbox, people):
    await people.database.command("DEL", WAITING)
    settings = {"mail_url": mailbox.url, "mail_from": "wall@example.org", "public_url": BASE}
    async with Site(tmp_path, redis_server.url, **settings).running() as site:
        yield site


@pytest.fixture
def look(mailing_site, store, mailbox):
    """Have a process look that just started, and return what it counted."""

    async def look(url=None, **passed):
        mailing_site.later(**passed)
        await store.database.command("DEL", SENDING)  # of one that was stopped in mid look
        counted = Tally("x", "x", ("outcome",))
        await Warner(
            store,
            Mailing(url or mailbox.url, "wall@example.org"),
            mailing_site.services["pages"],
            base=BASE,
            now=lambda: mailing_site.time,
            outcomes=counted,
        ).look()
        return {labels[0]: number for labels, number in counted.values.items()}

    return look


@pytest.fixture
async def olga(people, event):
    """Olga organises the event, and is warned by mail."""
    olga = await people.add("Olga", slug=event.slug, role="organiser")
    return await people.change(olga.id, lambda one: replace(one, mailbox=Mailbox(address=TO)))


@pytest.fixture
def link_of(mailing_site):
    async def link_of(person):
        link = Link(kind="sign-in", expires_at=mailing_site.time + timedelta(hours=1), person_id=person.id)
        return await mailing_site.store.people.make_link(link, now=mailing_site.time)

    return link_of


def subjects(mailbox):
    return [str(make_header(decode_header(one["Subject"]))) for one in mailbox.letters]


def words(letter):
    return letter.get_payload(decode=True).decode()


async def test_an_address_counts_once_the_link_that_was_sent_there_is_opened(mailing_site, people, mailbox, event):
    olga = await people.add("Olga", slug=event.slug, role="organiser")
    browser = await mailing_site.browser_of(olga)

    sent = await browser.post("/account/mailbox", data={"address": f" {TO} "})
    before = await people.get(olga.id)
    token = re.search(r"mailbox\?l=([\w-]+)", words(mailbox.letters[0]))[1]
    shown = await browser.get("/account/mailbox", params={"l": token})
    looked_at = await people.get(olga.id)
    taken = await browser.post("/account/mailbox/confirm", data={"token": token})
    again = await browser.post("/account/mailbox/confirm", data={"token": token})

    assert (sent.status_code, shown.status_code, taken.status_code, again.status_code) == (200, 200, 303, 403)
    assert before.mailbox is looked_at.mailbox is None
    assert (await people.get(olga.id)).mailbox == Mailbox(address=TO, language="en")
    assert mailbox.letters[0]["To"] == TO


async def test_what_is_no_address_is_said_in_words_and_nothing_is_sent(mailing_site, mailbox, olga):
    browser = await mailing_site.browser_of(olga)

    answers = [
        await browser.post("/account/mailbox", data={"address": one}) for one in ("olga", "nobody@x.example")
    ]

    assert [one.status_code for one in answers] == [422, 503]
    assert "no e-mail address" in answers[0].text
    assert mailbox.letters == []


async def test_a_link_is_good_for_nobody_else(mailing_site, people, mailbox, olga, mia):
    await (await mailing_site.browser_of(olga)).post("/account/mailbox", data={"address": "new@b.example"})
    token = re.search(r"l=([\w-]+)", words(mailbox.letters[0]))[1]

    refused = await (await mailing_site.browser_of(mia)).post("/account/mailbox/confirm", data={"token": token})

    assert refused.status_code == 403
    assert (await people.get(mia.id)).mailbox is None


async def test_whoever_takes_an_address_away_tells_it_so_and_nothing_more_is_sent_there(
    mailing_site, people, mailbox, olga, look
):
    browser = await mailing_site.browser_of(olga)

    await browser.post("/account/mailbox", data={"do": "remove"})

    assert await look() == {"sent": 1}
    assert subjects(mailbox) == ["You are warned here no longer"]
    assert (await people.get(olga.id)).mailbox is None


async def test_what_is_about_to_be_erased_is_told_once_to_whoever_is_in_charge(
    mailing_site, store, people, event, mailbox, olga, mia, look
):
    await people.change(mia.id, lambda one: replace(one, mailbox=Mailbox(address="mia@example.org")))
    kept = Retention(posts=10, threads=10)
    await store.events.change(event.slug, lambda one: replace(one, ends=NOW.date(), retention=kept))

    early = await look(days=2)
    await look(days=1)
    await look(days=1)

    assert early == {}
    (letter,) = mailbox.letters
    assert letter["To"] == TO
    assert "Posts and their pictures, Private threads" in words(letter)
    assert f"{BASE}/organise/{event.slug}#retention" in words(letter)


async def test_an_erasure_that_waits_is_told_and_one_that_was_taken_back_is_not(
    mailing_site, event, mailbox, olga, look
):
    config = replace(mailing_site.config, two_to_erase=True)
    mailing_site.services = {**mailing_site.services, "config": config}
    browser = await mailing_site.browser_of(olga)

    await browser.post(f"/organise/{event.slug}/erasure", data={"slug": event.slug})
    first = await look()
    await browser.post(f"/organise/{event.slug}/erasure", data={"do": "keep"})
    mailing_site.later(minutes=1)
    await browser.post(f"/organise/{event.slug}/erasure", data={"slug": event.slug})
    unreachable = await look("smtp://127.0.0.1:1")
    await browser.post(f"/organise/{event.slug}/erasure", data={"do": "keep"})

    assert (first, unreachable, await look(hours=1)) == ({"sent": 1}, {"failed": 1}, {"pointless": 1})
    (letter,) = mailbox.letters
    assert "Olga asked for" in words(letter)


async def test_a_browser_is_told_of_the_first_time_alone(mailing_site, people, mailbox, olga, look, link_of):
    browser = mailing_site.browser()

    for _ in range(2):
        await browser.post("/sign-in", data={"token": await link_of(olga)})
        await browser.post("/sign-out")
        mailing_site.later(minutes=1)
    await mailing_site.browser().post("/sign-in", data={"token": await link_of(olga)})
    await look()

    assert subjects(mailbox) == ["A new browser signed in to your account"] * 2


async def test_a_mark_of_another_person_makes_a_browser_familiar_to_nobody(
    mailing_site, people, event, mailbox, olga, look, link_of
):
    mallory = await people.add("Mallory", slug=event.slug, role="moderator")
    mallory = await people.change(mallory.id, lambda one: replace(one, mailbox=Mailbox(address="m@x.example")))
    browser = mailing_site.browser()
    await browser.post("/sign-in", data={"token": await link_of(mallory)})
    (mark,) = [one.value for one in browser.cookies.jar if mallory.id in one.name]
    browser.cookies.set(f"familiar-{olga.id}", mark)

    await browser.post("/sign-in", data={"token": await link_of(olga)})
    await look()

    assert sorted(one["To"] for one in mailbox.letters) == ["m@x.example", TO]


async def test_a_passphrase_that_was_set_is_told(mailing_site, mailbox, olga, look, passphrase):
    await (await mailing_site.browser_of(olga)).post("/account/passphrase", data={"passphrase": passphrase})

    await look()

    assert "A passphrase was set" in words(mailbox.letters[0])
    assert passphrase not in words(mailbox.letters[0])


async def test_a_mail_server_that_is_down_loses_nothing_and_gets_each_letter_once(
    mailing_site, mailbox, olga, look, passphrase
):
    await (await mailing_site.browser_of(olga)).post("/account/passphrase", data={"passphrase": passphrase})

    assert await look("smtp://127.0.0.1:1") == {"failed": 1}
    assert await look() == {}  # it is not due yet
    assert await look(minutes=1) == {"sent": 1}
    assert await look(hours=1) == {}
    assert len(mailbox.letters) == 1


async def test_a_letter_to_an_address_that_is_none_is_given_up_after_a_week(
    mailing_site, people, olga, look, passphrase
):
    await people.change(olga.id, lambda one: replace(one, mailbox=Mailbox(address="nobody@example.org")))
    await (await mailing_site.browser_of(olga)).post("/account/passphrase", data={"passphrase": passphrase})

    assert await look() == {"failed": 1}
    assert await look(days=7) == {"given up": 1}
    assert await look(days=1) == {}


async def test_who_is_gone_is_written_nothing_and_no_letter_is_kept(
    mailing_site, store, event, mailbox, olga, look, passphrase
):
    await (await mailing_site.browser_of(olga)).post("/account/passphrase", data={"passphrase": passphrase})
    await store.people.part_from(event.slug)

    assert await look() == {"pointless": 1}
    assert (mailbox.letters, await store.letters.waiting()) == ([], [])


async def test_who_left_the_team_has_no_address_here_any_more(store, event, people, olga):
    left = await people.grant(olga.id, event.slug, None)

    assert left.mailbox is None


async def test_one_process_sends(mailing_site, store, olga, mailbox, look, passphrase):
    await (await mailing_site.browser_of(olga)).post("/account/passphrase", data={"passphrase": passphrase})
    await store.database.command("DEL", SENDING)
    assert await store.letters.lease("another")

    await Warner(
        store, mailing_site.services["mailing"], mailing_site.services["pages"],
        base=BASE, now=lambda: mailing_site.time, outcomes=Tally("x", "x", ("outcome",)),
    ).look()  # fmt: skip

    assert mailbox.letters == []
    assert await look() == {"sent": 1}
