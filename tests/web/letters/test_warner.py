"""Staff are warned by mail: once, by a real mail server, whatever falls over meanwhile."""

from dataclasses import replace

from tests.authenticator import Authenticator
from tests.cast import NOW
from tests.web.letters.conftest import BASE, TO, subjects, words
from tests.web.test_passkeys import make
from wall.core.letter import letter
from wall.core.mailbox import Mailbox
from wall.core.measures import Tally
from wall.core.retention import Retention
from wall.store.letters import SENDING
from wall.web.warner import Warner


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
    browser = await mailing_site.browser_of(olga, base=BASE)

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
    await (await mailing_site.browser_of(olga, base=BASE)).post(
        "/account/passphrase", data={"passphrase": passphrase}
    )

    await look()

    assert "A passphrase was set" in words(mailbox.letters[0])
    assert passphrase not in words(mailbox.letters[0])


async def test_a_passkey_that_was_made_is_told_with_its_name(mailing_site, mailbox, olga, look):
    await make(await mailing_site.browser_of(olga, base=BASE), Authenticator(), name="Old phone")

    await look()

    assert "A passkey was made: Old phone" in words(mailbox.letters[0])


def waits(who):
    """A letter to somebody."""
    return letter(who, "way", now=NOW, about="passphrase")


async def test_a_mail_server_that_is_down_loses_nothing_and_gets_each_letter_once(store, mailbox, olga, look):
    await store.letters.put(waits(olga))

    assert await look("smtp://127.0.0.1:1") == {"failed": 1}
    assert await look() == {}  # it is not due yet
    assert await look(minutes=1) == {"sent": 1}
    assert await look(hours=1) == {}
    assert len(mailbox.letters) == 1


async def test_a_letter_to_an_address_that_is_none_is_given_up_after_a_week(store, people, olga, look):
    olga = await people.change(olga.id, lambda one: replace(one, mailbox=Mailbox(address="nobody@example.org")))
    await store.letters.put(waits(olga))

    assert await look() == {"failed": 1}
    assert await look(days=7) == {"given up": 1}
    assert await look(days=1) == {}


async def test_who_is_gone_is_written_nothing_and_no_letter_is_kept(
    mailing_site, store, event, mailbox, olga, look
):
    await store.letters.put(waits(olga))
    await store.people.part_from(event.slug)

    assert await look() == {"pointless": 1}
    assert (mailbox.letters, await store.letters.waiting()) == ([], [])


async def test_who_left_the_team_has_no_address_here_any_more(store, event, people, olga):
    left = await people.grant(olga.id, event.slug, None)

    assert left.mailbox is None


async def test_one_process_sends(mailing_site, store, olga, mailbox, look):
    await store.letters.put(waits(olga))
    await store.database.command("DEL", SENDING)
    assert await store.letters.lease("another")

    await Warner(
        store, mailing_site.services["mailing"], mailing_site.services["pages"],
        base=BASE, now=lambda: mailing_site.time, outcomes=Tally("x", "x", ("outcome",)),
    ).look()  # fmt: skip

    assert mailbox.letters == []
    assert await look() == {"sent": 1}
