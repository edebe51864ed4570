"""A wall that sends letters by a real mail server, and Olga, who organises and is warned."""

import asyncio
from dataclasses import replace
from datetime import timedelta
from email.header import decode_header, make_header

import pytest

from tests.mail_server import receiving
from tests.web.site import Site
from wall.core.mailbox import Mailbox
from wall.core.measures import Tally
from wall.core.people import Link
from wall.mailing import Mailing
from wall.store.letters import SENDING, WAITING
from wall.web.warner import Warner

BASE = "http://localhost"
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
        # Tests look themselves, when they mean to.
        (own,) = [one for one in asyncio.all_tasks() if one.get_name() == "warner"]
        own.cancel()
        await asyncio.wait([own])
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
