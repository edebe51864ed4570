from datetime import UTC, datetime, timedelta

import pytest

from tests.sources.world import FIXTURES, NOW
from wall.errors import SourceError
from wall.sources.base import Health, SetAside
from wall.sources.irc.history import Mark
from wall.sources.irc.line import parse
from wall.sources.irc.registration import Terms
from wall.sources.irc.session import Said, Session, TakenBack

MODERN = "message-tags server-time batch draft/chathistory"
SINCE = Mark(time=datetime(2026, 11, 22, 9, 30, tzinfo=UTC), msgid="m0")
JOINED = ":wall!w@h JOIN #wall"


class Server:
    """Talks to a session as a server does."""

    def __init__(self, since=None, **terms):
        terms = {"host": "irc.example", "channel": "#wall", "nick": "wall", **terms}
        self.session = Session(Terms(**terms), since=since, now=NOW)
        self.session.answers()

    def says(self, *lines, now=NOW):
        return [event for line in lines for event in self.session.receive(parse(line.encode()), now)]

    def welcomes(self, caps="", features="CHATHISTORY=50"):
        if caps:
            self.says(f":s CAP * LS :{caps}", f":s CAP * ACK :{caps}")
        self.says(":s 001 wall :Hi", f":s 005 wall {features} :are supported", ":s 376 wall :End")
        return self

    def heard(self):
        return self.session.answers().decode().splitlines()


def message(text="Hi", *, time="2026-11-22T09:59:00.000Z", msgid="m1", batch=None, nick="mia"):
    tags = f"time={time};msgid={msgid}" + (f";batch={batch}" if batch else "")
    return f"@{tags} :{nick}!u@h PRIVMSG #wall :{text}"


def page(*messages):
    return [":s BATCH +1 chathistory #wall", *messages, ":s BATCH -1"]


def texts(events):
    return [event.text for event in events if isinstance(event, Said)]


def test_it_joins_once_it_was_greeted():
    server = Server(key="sesame").welcomes()

    assert server.heard()[-1] == "JOIN #wall sesame"


def test_a_ping_is_answered():
    server = Server()

    server.says("PING :one two")

    assert server.heard() == ["PONG :one two"]


def test_a_plain_server_is_read_from_now_on():
    server = Server().welcomes()

    (health,) = server.says(JOINED)

    assert health == Health(
        "healthy",
        "Reading #wall on irc.example as wall.",
        ("It has no history: what is said while the wall is away is lost.",),
    )
    assert server.says(":mia!u@h PRIVMSG #Wall :Hello") == [Said(nick="mia", text="Hello", mark=Mark(time=NOW))]


def test_what_a_message_tells_is_kept_and_where_somebody_is_is_not():
    server = Server().welcomes()

    (said,) = server.says(
        "@time=2026-11-22T09:59:00.120Z;msgid=x;account=mia2;bot :mia!user@home.example PRIVMSG #wall :Hi"
    )

    assert said.mark == Mark(time=datetime(2026, 11, 22, 9, 59, 0, 120000, tzinfo=UTC), msgid="x")
    assert (said.account, said.bot) == ("mia2", True)
    assert "home.example" not in repr(said)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("\x01ACTION waves\x01", ["mia waves"]),
        ("\x01ACTION waves", ["mia waves"]),
        ("\x01VERSION\x01", []),
        ("\x01ACTION \x01", []),
    ],
)
def test_an_action_is_words_and_other_requests_are_nothing(text, words):
    assert texts(Server().welcomes().says(f":mia!u@h PRIVMSG #wall :{text}")) == words


@pytest.mark.parametrize(
    "line",
    [
        ":mia!u@h PRIVMSG wall :for your eyes only",
        ":mia!u@h PRIVMSG @#wall :for operators only",
        ":mia!u@h PRIVMSG #other :elsewhere",
        ":mia!u@h NOTICE #wall :from a program",
        ":HistServ!h@h PRIVMSG #wall :mia joined",
        ":irc.example PRIVMSG #wall :from the server",
        "@+typing=active :mia!u@h TAGMSG #wall",
        ":mia!u@h JOIN #wall",
        ":mia!u@h QUIT :Bye",
    ],
)
def test_what_was_not_said_in_the_channel_by_somebody_is_left_out(line):
    assert Server().welcomes().says(line) == []


def test_a_message_without_words_is_set_aside():
    assert isinstance(Server().welcomes().says(":mia!u@h PRIVMSG #wall")[0], SetAside)


def test_what_is_taken_back_is_told():
    server = Server().welcomes()

    assert server.says(":mia!u@h REDACT #wall m1 :typo", ":mia!u@h REDACT #other m2") == [TakenBack("m1")]


def test_a_newcomer_asks_for_the_newest():
    server = Server().welcomes(MODERN)

    server.says(JOINED)

    assert server.heard()[-1] == "CHATHISTORY LATEST #wall * 50"


def test_who_comes_back_asks_for_what_came_since_with_some_overlap():
    server = Server(SINCE).welcomes(MODERN)

    server.says(JOINED)

    assert server.heard()[-1] == "CHATHISTORY AFTER #wall timestamp=2026-11-22T09:29:00.000Z 50"


def test_a_server_that_knows_no_times_is_asked_by_message():
    server = Server(SINCE).welcomes(MODERN, "MSGREFTYPES=msgid")

    server.says(JOINED)

    assert server.heard()[-1] == "CHATHISTORY AFTER #wall msgid=m0 100"


def test_history_is_read_page_by_page_until_there_is_no_more():
    server = Server(SINCE).welcomes(MODERN)
    server.says(JOINED)

    first = server.says(*page(message("one", msgid="m1", batch="1"), message("two", msgid="m2", batch="1")))
    second = server.heard()[-1]
    last = server.says(*page())

    assert texts(first) == ["one", "two"]
    assert second == "CHATHISTORY AFTER #wall msgid=m2 50"
    assert [event.state for event in last] == ["healthy"]
    assert server.heard() == []


def test_a_server_that_tells_the_same_page_again_and_again_is_not_asked_for_ever():
    server = Server(SINCE).welcomes(MODERN)
    server.says(JOINED)

    server.says(*page(message(batch="1")))
    server.says(*page(message(batch="1")))

    assert server.session.caught_up


def test_what_is_said_while_history_is_read_moves_no_position():
    server = Server(SINCE).welcomes(MODERN)
    server.says(JOINED)

    server.says(message("now", time="2026-11-22T09:59:59.000Z", msgid="m9"))
    before = server.session.covered
    server.says(*page())

    assert before == SINCE
    assert server.session.covered.msgid == "m9"


def test_a_position_never_goes_back():
    server = Server(SINCE).welcomes(MODERN)
    server.says(JOINED, *page())

    server.says(message("old", time="2026-11-22T08:00:00.000Z"))

    assert server.session.covered == SINCE


def test_whose_history_is_refused_goes_on_without():
    server = Server(SINCE).welcomes(MODERN)

    events = server.says(JOINED, ":s FAIL CHATHISTORY MESSAGE_ERROR #wall :No")

    assert [event.state for event in events] == ["healthy"]


def test_other_batches_end_nothing():
    server = Server(SINCE).welcomes(MODERN)

    server.says(JOINED, ":s BATCH +2 netsplit a b", ":s BATCH -2", ":s BATCH +3 chathistory #other", ":s BATCH -3")

    assert not server.session.caught_up


def test_a_kick_is_met_with_patience():
    server = Server().welcomes()
    server.says(JOINED)
    server.heard()

    (health,) = server.says(":op!u@h KICK #wall wall :no bots")
    server.session.tick(NOW + timedelta(seconds=59))
    at_once = server.heard()
    server.session.tick(NOW + timedelta(seconds=60))

    assert health == Health(
        "degraded", "The wall was removed from #wall by op (“no bots”). It goes back in 1 minute."
    )
    assert at_once == []
    assert server.heard() == ["JOIN #wall"]


def test_who_is_removed_three_times_stays_away():
    server = Server().welcomes()
    kick = (JOINED, ":op!u@h KICK #wall wall :no")
    server.says(*kick, *kick)

    with pytest.raises(SourceError, match="3 times, last by op") as refused:
        server.says(*kick)

    assert refused.value.permanent


def test_kicks_of_long_ago_are_forgotten():
    server = Server().welcomes()
    kick = (JOINED, ":op!u@h KICK #wall wall :no")
    server.says(*kick, *kick)

    (_, health) = server.says(*kick, now=NOW + timedelta(hours=2))

    assert "1 minute." in health.detail


def test_after_a_kick_history_is_read_from_where_it_was():
    server = Server(SINCE).welcomes(MODERN)
    server.says(JOINED, message("live, history not read yet"), ":op!u@h KICK #wall wall :no")
    server.heard()

    server.says(JOINED)

    assert server.heard()[-1] == "CHATHISTORY AFTER #wall timestamp=2026-11-22T09:29:00.000Z 50"


def test_somebody_else_s_kick_is_none_of_ours():
    server = Server().welcomes()

    assert server.says(JOINED, ":op!u@h KICK #wall mia :no")[1:] == []


def test_nickserv_is_given_time_before_a_channel_for_registered_nicks_is_given_up():
    server = Server(account="us", password="sesame").welcomes()
    refused = ":s 477 wall #wall :Registered nicks only"

    server.says(refused, refused, refused)
    server.heard()
    server.session.tick(NOW + timedelta(seconds=10))

    assert server.heard() == ["JOIN #wall"]
    with pytest.raises(SourceError, match="registered nicks only"):
        server.says(refused)


def test_a_server_that_never_lets_us_in_is_given_up():
    with pytest.raises(SourceError, match="does not let us into #wall"):
        Server().session.tick(NOW + timedelta(seconds=60))


@pytest.mark.parametrize("server", ["inspircd", "ergo", "ngircd"])
def test_what_real_servers_sent_is_understood(server):
    recorded = (FIXTURES / f"irc/{server}.txt").read_bytes().splitlines()
    told = Server().welcomes()

    heard = [
        event for line in recorded if line[:1] in (b":", b"@") for event in told.session.receive(parse(line), NOW)
    ]

    assert texts(heard)[0] == "Great talk #PyConDE_日本 #Öl 🎉"
    assert texts(heard)[1] == "alice waves #PyCon"
    assert {event.nick for event in heard if isinstance(event, Said)} == {"alice"}
