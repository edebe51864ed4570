"""Somebody whom the team bars adds nothing to private threads: at no door, with clear words, until they are let back."""

import html
import re

import pytest

from wall.core.audit import Filter
from wall.core.barring import BARRED

WORDS = html.escape(BARRED)


@pytest.fixture
def desk(event):
    return f"/{event.slug}/moderate/back-channels"


@pytest.fixture
def bar(desk, mia_there):
    async def bar(reporter, thread, number="2"):
        """Have somebody report a message, and bar who said it."""
        await reporter.post(f"/{thread}/chosen", do="report", message=number)
        (action,) = re.findall(rf"{desk}/reports/\w+/barring", (await mia_there.browser.get(desk)).text)
        return await mia_there.browser.post(action, data={"message": "0"})

    return bar


@pytest.fixture
async def barred(ana, ben, thread, bar):
    """The thread of Ana and Ben, from which Ben, who began it, is barred for what he said."""
    await ben.say(thread, "You are an awful person")
    await bar(ana, thread)
    return thread


@pytest.mark.parametrize(
    ("path", "form"),
    [
        ("/messages", {"text": "Me again"}),
        ("/messages/2", {"text": "Other words"}),
        ("/chosen", {"do": "propose", "message": "2"}),
        ("/excerpts/x", {"do": "agree"}),
        ("/invitations", {"whom": "Cleo"}),
    ],
)
async def test_who_is_barred_adds_nothing_to_a_thread_and_is_told_why(ben, ana, barred, path, form):
    answer = await ben.post(f"/{barred}{path}", **form)

    assert answer.status_code == 403
    assert WORDS in answer.text
    there = await ana.page(f"/{barred}")
    assert "Me again" not in there
    assert "You are an awful person" in there


async def test_who_is_barred_begins_nothing(ben, barred, post):
    _, refused = await ben.begin(post, "team", words="Hello")

    assert refused.status_code == 403
    assert WORDS in await ben.page(f"/new?post={post}")


async def test_who_is_barred_reads_on_reports_deletes_and_leaves(ana, ben, barred, desk, mia_there):
    await ana.say(barred, "You can still read this")

    page = await ben.page(f"/{barred}")
    await ben.post(f"/{barred}/chosen", do="report", message="3")
    await ben.post(f"/{barred}/messages/2", do="delete")
    left = await ben.post(f"/{barred}/leaving")

    assert "You can still read this" in page
    assert WORDS in page
    assert 'action="' + ben.base + f'/{barred}/messages"' not in page
    assert left.status_code == 303
    assert "You can still read this" in (await mia_there.browser.get(desk)).text
    assert "You are an awful person" not in await ana.page(f"/{barred}")


async def test_the_others_are_told_in_a_neutral_line_and_no_more(ana, ben, thread, bar):
    await ben.say(thread, "You are an awful person")
    version = re.search(r'data-version="([\d.]+)"', await ana.page(f"/{thread}"))[1]
    await bar(ana, thread)

    page = await ana.page(f"/{thread}")

    assert "<bdi>Ben</bdi> cannot write in private threads at present." in page
    assert "barred" not in page.lower()
    assert (await ana.browser.get(f"{ana.base}/{thread}/news?version={version}")).status_code == 200


async def test_what_they_asked_and_invited_before_reaches_nobody(ana, ben, somebody, writes, thread, bar):
    cleo, dora = await somebody("Cleo"), await somebody("Dora")
    await ben.begin(await writes(cleo, "Where do terns nest?"))
    link = await ben.invitation(thread, "Dora")
    await ben.say(thread, "You are an awful person")
    before = await cleo.asked()
    (unread,) = [(await cleo.browser.get(f"{cleo.base}/unread")).json()["unread"]]

    await bar(ana, thread)

    assert (len(before), unread) == (1, 1)
    assert await cleo.asked() == []
    assert (await cleo.browser.get(f"{cleo.base}/unread")).json() == {"unread": 0}
    assert (await cleo.post(f"/{before[0]}/answer", do="accept")).status_code == 404
    assert (await dora.browser.post(link, data={})).status_code == 404


async def test_who_is_barred_takes_no_invitation(ana, ben, somebody, writes, barred):
    dora = await somebody("Dora")
    other, _ = await dora.begin(await writes(ben, "Where do terns nest?"))
    hers, _ = await dora.begin(await writes(dora, "Where do owls nest?"), "link")
    link = await dora.invitation(hers, "Ben")

    asked = await ben.post(f"/{other}/answer", do="accept")
    answers = [await ben.browser.get(link), await ben.browser.post(link, data={})]
    declined = await ben.post(f"/{other}/answer", do="decline")

    assert [one.status_code for one in (asked, *answers)] == [403, 403, 403]
    assert all(WORDS in one.text for one in (asked, *answers))
    assert declined.status_code == 303


async def test_they_are_shown_at_the_desk_and_let_back_in_and_the_log_tells_of_both(
    event, store, desk, ana, ben, mia_there, barred
):
    page = (await mia_there.browser.get(desk)).text
    (back,) = set(re.findall(rf"{desk}/barred/\w+", page))

    await mia_there.browser.post(back)
    again = await mia_there.browser.post(back)
    said = await ben.say(barred, "I am sorry")

    assert "Nobody is barred" not in page
    assert "/barring" not in page
    assert (said.status_code, again.status_code) == (303, 404)
    assert "I am sorry" in await ana.page(f"/{barred}")
    assert "cannot write" not in await ana.page(f"/{barred}")
    entries, _ = await store.audit.page(event.slug, Filter(kinds=("barred", "let back")), limit=9)
    assert [(one.kind, one.by_name, one.about) for one in entries] == [
        ("let back", "Mia", ""),
        ("barred", "Mia", ""),
    ]


async def test_moderators_read_no_more_than_before(ben, ana, barred, mia_there):
    assert (await mia_there.browser.get(f"{mia_there.base}/{barred}")).status_code == 404


async def test_neither_the_team_nor_whoever_reports_is_barred(ana, ben, thread, desk, mia_there):
    await ana.say(thread, "These are my own words")
    await ana.post(f"/{thread}/chosen", do="report", message="2")
    report = re.search(rf"{desk}/reports/\w+", (await mia_there.browser.get(desk)).text)[0]

    refused = await mia_there.browser.post(f"{report}/barring", data={"message": "0"})

    assert "There is nobody to bar here" in refused.text
    assert "Nobody is barred" in (await mia_there.browser.get(desk)).text


async def test_the_team_is_told_that_one_who_is_barred_cannot_answer(event, ben, writes, desk, mia_there, barred):
    post = await writes(ben, "Where do terns nest?")

    answer = await mia_there.browser.post(desk, data={"post": post, "do": "ask", "words": "Hello"})

    assert "Let them back in first" in answer.text


async def test_redis_does_not_tell_who_is_barred(store, event, barred):
    rows = await store.database.command("HGETALL", f"wall:{{{event.slug}}}:back-channels:barred")

    assert rows
    assert b"Ben" not in repr(rows).encode()
