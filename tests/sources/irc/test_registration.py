from base64 import b64decode

import pytest

from wall.errors import SourceError
from wall.sources.irc.line import parse
from wall.sources.irc.registration import Registration, Terms

OFFER = ":s CAP * LS :message-tags server-time batch sasl=PLAIN,EXTERNAL cap-notify"


def registration(**terms):
    return Registration(Terms(host="irc.example", channel="#wall", **{"nick": "wall", **terms}))


def told(registration, *lines):
    """Return what is answered to lines."""
    return [
        answer.decode().removesuffix("\r\n")
        for line in lines
        for answer in registration.receive(parse(line.encode()))
    ]


def test_it_begins_with_capabilities_and_a_name():
    sent = b"".join(registration(server_password="open").start()).decode().split("\r\n")

    assert [line.split()[0] for line in sent[:-1]] == ["CAP", "PASS", "NICK", "USER"]


def test_only_what_is_offered_and_understood_is_asked_for():
    assert told(registration(), OFFER) == ["CAP REQ :message-tags server-time batch"]


def test_an_offer_in_several_lines_is_answered_once():
    one = registration()

    assert told(one, ":s CAP * LS * :batch server-time") == []
    assert told(one, ":s CAP * LS :message-tags") == ["CAP REQ :message-tags server-time batch"]


def test_an_offer_of_nothing_ends_the_talk():
    assert told(registration(), ":s CAP * LS :multi-prefix") == ["CAP END"]


def test_a_server_that_grants_nothing_is_read_plainly():
    one = registration()

    assert told(one, OFFER, ":s CAP * NAK :message-tags server-time batch")[1:] == ["CAP END"]
    assert one.caps == set()


def test_what_a_server_takes_back_is_gone():
    one = registration()

    told(one, OFFER, ":s CAP * ACK :message-tags server-time batch", ":s CAP * DEL :batch")

    assert one.caps == {"message-tags", "server-time"}


def test_an_account_signs_in_before_anything_else():
    one = registration(account="us", password="sesame")

    sent = told(
        one,
        OFFER,
        ":s CAP * ACK :message-tags server-time batch",
        ":s CAP * ACK :sasl",
        "AUTHENTICATE +",
        ":s 903 wall :Welcome",
    )

    assert sent[1:3] == ["CAP REQ sasl", "AUTHENTICATE PLAIN"]
    assert b64decode(sent[3].removeprefix("AUTHENTICATE ")) == b"\0us\0sesame"
    assert sent[4:] == ["CAP END"]


@pytest.mark.parametrize(("length", "chunks"), [(293, [396]), (296, [400, "+"]), (400, [400, 140])])
def test_a_long_password_goes_in_several_lines(length, chunks):
    sent = told(registration(account="us", password="x" * length), "AUTHENTICATE +")

    assert [word if (word := line.split()[1]) == "+" else len(word) for line in sent] == chunks


def test_a_server_that_takes_no_password_over_sasl_is_refused_in_words():
    one = registration(account="us", password="sesame")

    with pytest.raises(SourceError, match="EXTERNAL") as refused:
        told(one, ":s CAP * LS :sasl=EXTERNAL")

    assert refused.value.permanent


def test_without_sasl_nickserv_is_told():
    one = registration(account="us", password="sesame")

    sent = told(one, ":s 001 wall :Hi", ":s 376 wall :End")

    assert sent[-1] == "PRIVMSG NickServ :IDENTIFY us sesame"


@pytest.mark.parametrize(
    ("line", "words"),
    [
        (
            ":NickServ!n@services NOTICE wall :Invalid password for \x02us\x02.",
            "does not accept the password of us",
        ),
        (":NickServ!n@services NOTICE wall :Password incorrect.", "does not accept the password of us"),
        (":s 401 wall NickServ :No such nick", "has no accounts"),
    ],
)
def test_what_nickserv_refuses_lasts(line, words):
    with pytest.raises(SourceError, match=words) as refused:
        told(registration(account="us", password="sesame"), line)

    assert refused.value.permanent


def test_nobody_else_speaks_for_nickserv():
    assert told(registration(), ":mia!u@h NOTICE wall :Invalid password") == []


def test_a_taken_nick_gets_a_number():
    one = registration()

    sent = told(one, ":s 433 * wall :In use", ":s 433 * wall2 :In use", ":s 001 wall3 :Hi")

    assert sent == ["NICK wall2", "NICK wall3"]
    assert one.nick == "wall3"


def test_nicks_are_not_tried_for_ever():
    with pytest.raises(SourceError, match="choose another"):
        told(registration(), *[":s 433 * wall :In use"] * 20)


def test_a_nick_too_long_for_an_old_server_is_shortened():
    one = registration(nick="backchannel")

    assert told(one, ":s 432 * backchannel :Erroneous", ":s 433 * backchann :In use") == [
        "NICK backchann",
        "NICK backchan2",
    ]


def test_a_nick_that_is_not_allowed_is_said():
    with pytest.raises(SourceError, match="does not allow the nick wall") as refused:
        told(registration(), ":s 432 * wall :Erroneous")

    assert refused.value.permanent


def test_it_knows_what_it_is_called_by_now():
    one = registration()

    told(one, ":s 001 wall :Hi", ":WALL!u@h NICK :Guest123")

    assert one.nick == "Guest123"


def test_it_tells_people_what_it_is():
    sent = told(
        registration(),
        ":s 001 wall :Hi",
        ":s 005 wall BOT=B NICKLEN=30 :are supported",
        ":s 422 wall :No greeting",
    )

    assert sent[0].startswith("AWAY :I only read")
    assert sent[1:] == ["MODE wall +B"]


def test_a_secret_is_in_no_message():
    assert "sesame" not in repr(
        Terms(host="h", channel="#c", nick="n", password="sesame", server_password="sesame")
    )
