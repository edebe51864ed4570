import asyncio

import pytest

from tests.sources.imapd import PASSWORD, USER, letter, running
from tests.sources.peers.mail import FastMail
from tests.sources.world import healths, last_position, once, posts, until
from wall.errors import InvalidInput, SourceError
from wall.sources.mail.source import BACKFILL, Mail

GOOD = {"server": "imap.example.org", "user": USER, "password": PASSWORD}


@pytest.fixture
async def imapd():
    async with running() as imapd:
        yield imapd


def source(world, imapd, kind=FastMail, **options):
    return kind(world(**{"server": imapd.server, "user": USER, "password": PASSWORD, **options}))


class PatientMail(FastMail):
    idle_seconds = 600.0
    poll_seconds = 600.0


def number(count):
    return lambda events: len(posts(events)) >= count


@pytest.mark.parametrize(
    ("field", "answer"),
    [
        ("server", ""),
        ("server", "https://imap.example.org"),
        ("server", "imap.example.org:99999"),
        ("user", "two\r\nlines"),
        ("password", ""),
        ("password", "x" * 400),
        ("folder", "*"),
        ("folder", "Entwürfe"),
        ("everything", "perhaps"),
    ],
)
def test_what_cannot_be_used_is_named(field, answer):
    with pytest.raises(InvalidInput) as refused:
        Mail.check(GOOD | {field: answer})

    assert refused.value.field == field


def test_options_are_cleaned():
    found = Mail.check(GOOD | {"server": " IMAP.Example.org:993 ", "user": f" {USER} "})

    assert found == {**GOOD, "folder": "INBOX", "everything": "yes"}


async def test_new_mail_comes_while_the_server_is_only_listened_to(world, imapd):
    imapd.deliver(letter(number=1))

    events = await until(
        source(world, imapd, PatientMail),
        number(2),
        meanwhile=once(lambda events: posts(events) and imapd.idling, lambda: imapd.deliver(letter(number=2))),
    )

    assert len(posts(events)) == 2
    assert "at once" in healths(events)[0][1]


async def test_a_server_that_cannot_tell_is_looked_at_again_and_again(world):
    async with running("IMAP4rev1") as imapd:
        imapd.deliver(letter(number=1))
        events = await until(
            source(world, imapd), number(2), meanwhile=once(posts, lambda: imapd.deliver(letter(number=2)))
        )

    assert len(posts(events)) == 2
    assert "cannot tell" in healths(events)[0][1]
    assert not imapd.asked("IDLE")


async def test_only_what_came_since_is_fetched_again(world, imapd):
    imapd.deliver(letter(number=1))
    position = last_position(await until(source(world, imapd), posts))
    imapd.deliver(letter("Later", number=2))

    events = await until(source(world, imapd), posts, position)

    assert [post.text for post in posts(events)] == ["Later"]


async def test_a_mailbox_that_was_made_anew_brings_the_same_posts(world, imapd):
    imapd.deliver(letter(number=1))
    first = await until(source(world, imapd), posts)
    imapd.validity += 1
    imapd.mails, imapd.arrived = {5: imapd.mails[1]}, {5: imapd.arrived[1]}

    again = await until(source(world, imapd), posts, last_position(first))

    assert [post.uid for post in posts(again)] == [post.uid for post in posts(first)]
    assert last_position(again) == f"{imapd.validity}/5"


async def test_of_an_old_mailbox_the_newest_are_read(world, imapd):
    for place in range(BACKFILL + 5):
        imapd.deliver(letter(f"Number {place}", number=place))

    events = await until(source(world, imapd), number(BACKFILL))

    assert [post.text for post in posts(events)][:1] == ["Number 5"]


async def test_nothing_in_the_mailbox_is_changed(world, imapd):
    imapd.deliver(letter())

    await until(source(world, imapd), posts)

    assert {words.split()[0] for words in imapd.requests} <= {
        "CAPABILITY", "AUTHENTICATE", "EXAMINE", "FETCH", "UID", "IDLE"
    }  # fmt: skip
    assert all("BODY.PEEK[" in words for words in imapd.asked("UID FETCH") if "BODY" in words)


async def test_only_mails_with_the_hashtag_come_where_so_chosen(world, imapd):
    imapd.deliver(letter("Hello", number=1))
    imapd.deliver(letter("Hello #PyConDE", number=2))

    events = await until(source(world, imapd, everything="no"), posts)

    assert [post.text for post in posts(events)] == ["Hello #PyConDE"]


@pytest.mark.parametrize(
    ("answers", "words", "permanent"),
    [
        ({"AUTHENTICATE": "TAG NO [AUTHENTICATIONFAILED] wall@event.example no\r\n"}, "app password", True),
        ({"AUTHENTICATE": "TAG NO [UNAVAILABLE] later\r\n"}, "at the moment", False),
        (
            {"EXAMINE": "TAG NO [NONEXISTENT] Unknown mailbox\r\n"},
            "“INBOX” cannot be opened: Unknown mailbox",
            True,
        ),
        ({"EXAMINE": "TAG NO [INUSE] locked\r\n"}, "locked", False),
        ({"EXAMINE": "* 1 EXISTS\r\nTAG OK done\r\n"}, "UIDVALIDITY", True),
        ({"UID FETCH": "TAG NO broken\r\n"}, "refuses what we ask: broken", False),
    ],
)
async def test_a_refusal_is_told_in_words(world, imapd, answers, words, permanent):
    imapd.deliver(letter())
    imapd.answers = answers

    with pytest.raises(SourceError, match=words) as refused:
        await until(source(world, imapd), lambda _: False)

    assert refused.value.permanent is permanent
    assert USER not in refused.value.message


async def test_no_password_is_sent_to_a_server_that_takes_none(world):
    async with running("IMAP4rev1 LOGINDISABLED") as imapd:
        with pytest.raises(SourceError, match="takes no passwords") as refused:
            await until(source(world, imapd), lambda _: False)

    assert refused.value.permanent


async def test_it_stops_within_a_second_while_it_listens(world, imapd):
    reading = asyncio.create_task(until(source(world, imapd, PatientMail), lambda _: False))
    async with asyncio.timeout(20):
        while not imapd.idling:
            await asyncio.wait((reading,), timeout=0.01)

    reading.cancel()
    ended, _ = await asyncio.wait((reading,), timeout=1.0)

    assert ended == {reading}
