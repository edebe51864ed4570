"""Where staff are warned: an address counts once its link was opened by who asked for it."""

import re

from tests.web.letters.conftest import BASE, TO, subjects, words
from wall.core.mailbox import Mailbox


async def test_an_address_counts_once_the_link_that_was_sent_there_is_opened(mailing_site, people, mailbox, event):
    olga = await people.add("Olga", slug=event.slug, role="organiser")
    browser = await mailing_site.browser_of(olga, base=BASE)

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
    browser = await mailing_site.browser_of(olga, base=BASE)

    answers = [
        await browser.post("/account/mailbox", data={"address": one}) for one in ("olga", "nobody@x.example")
    ]

    assert [one.status_code for one in answers] == [422, 503]
    assert "no e-mail address" in answers[0].text
    assert mailbox.letters == []


async def test_a_link_is_good_for_nobody_else(mailing_site, people, mailbox, olga, mia):
    await (await mailing_site.browser_of(olga, base=BASE)).post(
        "/account/mailbox", data={"address": "new@b.example"}
    )
    token = re.search(r"l=([\w-]+)", words(mailbox.letters[0]))[1]

    refused = await (await mailing_site.browser_of(mia, base=BASE)).post(
        "/account/mailbox/confirm", data={"token": token}
    )

    assert refused.status_code == 403
    assert (await people.get(mia.id)).mailbox is None


async def test_whoever_takes_an_address_away_tells_it_so_and_nothing_more_is_sent_there(
    mailing_site, people, mailbox, olga, look
):
    browser = await mailing_site.browser_of(olga, base=BASE)

    await browser.post("/account/mailbox", data={"do": "remove"})

    assert await look() == {"sent": 1}
    assert subjects(mailbox) == ["You are warned here no longer"]
    assert (await people.get(olga.id)).mailbox is None
