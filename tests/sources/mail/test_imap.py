import ssl

import pytest
import trustme

from tests.sources.imapd import PAGE, PASSWORD, USER, letter, running
from wall.errors import SourceError
from wall.sources.fetch import Fetch
from wall.sources.mail.imap import connected
from wall.sources.mail.imap_response import Refused


@pytest.fixture
async def fetch():
    async with Fetch(user_agent="Wall/1", private_addresses=True) as fetch:
        yield fetch


def dialling(fetch, imapd, **how):
    host, port = imapd.server.split(":")
    return connected(fetch, host, int(port), **how)


@pytest.mark.parametrize("capabilities", ["IMAP4rev1 AUTH=PLAIN", "IMAP4rev1"])
async def test_it_signs_in_as_the_server_wants_it(fetch, capabilities):
    async with running(capabilities) as imapd, dialling(fetch, imapd, secure=False) as imap:
        await imap.sign_in(USER, PASSWORD)

        mailbox = await imap.open("INBOX")

    assert (mailbox.validity, mailbox.messages) == (77, 0)
    assert imapd.asked("EXAMINE") == ['EXAMINE "INBOX"']


async def test_no_password_goes_where_none_is_taken(fetch):
    async with running("IMAP4rev1 LOGINDISABLED") as imapd, dialling(fetch, imapd, secure=False) as imap:
        with pytest.raises(Refused):
            await imap.sign_in(USER, PASSWORD)

    assert not imapd.asked("LOGIN")


async def test_only_the_beginning_of_a_message_is_asked_for(fetch):
    async with running() as imapd, dialling(fetch, imapd, secure=False) as imap:
        imapd.deliver(letter("word " * 1000))

        found = await imap.fetch([1, 5], 100)

    assert [len(one.body) for one in found.values()] == [100]


async def test_a_message_that_comes_while_others_are_fetched_is_not_waited_for(fetch):
    async with running() as imapd, dialling(fetch, imapd, secure=False) as imap:
        imapd.answers["UID FETCH"] = "* 3 EXISTS\r\nTAG OK done\r\n"
        await imap.after(1)

        await imap.idle(60.0)

    assert not imapd.asked("IDLE")


async def test_one_that_is_new_ends_the_wait(fetch):
    async with running() as imapd, dialling(fetch, imapd, secure=False) as imap:
        imapd.answers["IDLE"] = "+ idling\r\n* OK still here\r\n* 1 EXISTS\r\nTAG OK done\r\n"

        await imap.idle(60.0)

        assert imap.news


async def test_a_server_that_ends_the_wait_itself_is_not_waited_for(fetch):
    async with running() as imapd, dialling(fetch, imapd, secure=False) as imap:
        imapd.answers["IDLE"] = "+ idling\r\nTAG OK that was long enough\r\n"

        await imap.idle(60.0)

        assert not imap.news


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        ("* BYE over\r\n", "ends the conversation: over"),
        ("TAG WHAT\r\n", "does not speak IMAP"),
        ("* 1 FETCH (UID 1 BODY[] {9999999999}\r\n", "larger than we asked for"),
        ("* " + "x" * 70_000 + "\r\n", "longer than"),
        ("* 1 FETCH (UID 1)\r\n" * 101, "more than we asked for"),
        ("* OK {1}\r\nx" * 100 + "\r\nTAG NO no\r\n", "no"),
    ],
)
async def test_a_server_that_answers_otherwise_is_trouble_in_words(fetch, answer, words, monkeypatch):
    monkeypatch.setattr("wall.sources.mail.imap.MOST_RESPONSES", 100)
    async with running() as imapd, dialling(fetch, imapd, secure=False) as imap:
        imapd.answers["UID FETCH"] = answer

        with pytest.raises((SourceError, Refused), match=words):
            await imap.after(1)


@pytest.mark.parametrize("greeting", [PAGE, "* BYE too many", "SSH-2.0"])
async def test_who_does_not_greet_as_a_mail_server_is_none(fetch, greeting):
    async with running() as imapd:
        imapd.greeting = greeting

        with pytest.raises(SourceError) as trouble:
            async with dialling(fetch, imapd, secure=False):
                pass

    assert not trouble.value.permanent


async def test_a_silent_server_does_not_hold_us(fetch, monkeypatch):
    monkeypatch.setattr("wall.sources.mail.imap.ANSWER_SECONDS", 0.05)
    async with running() as imapd:
        imapd.answers["CAPABILITY"] = ""

        with pytest.raises(SourceError, match="in time"):
            async with dialling(fetch, imapd, secure=False):
                pass


async def test_a_private_address_is_not_asked():
    async with running() as imapd, Fetch(user_agent="Wall/1") as public:
        with pytest.raises(SourceError, match="private address"):
            async with dialling(public, imapd):
                pass

    assert imapd.connections == 0


async def test_it_speaks_over_tls(fetch, tmp_path, monkeypatch):
    authority, tls = trustme.CA(), ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("127.0.0.1").configure_cert(tls)
    authority.cert_pem.write_to_path(tmp_path / "authority.pem")
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "authority.pem"))

    async with running(tls=tls) as imapd, dialling(fetch, imapd) as imap:
        assert b"IDLE" in imap.capabilities


async def test_no_password_goes_to_a_server_nobody_vouches_for(fetch):
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    trustme.CA().issue_cert("127.0.0.1").configure_cert(tls)

    async with running(tls=tls) as imapd:
        with pytest.raises(SourceError, match="certificate"):
            async with dialling(fetch, imapd):
                pass

    assert imapd.requests == []
