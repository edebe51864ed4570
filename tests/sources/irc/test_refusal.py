import pytest

from wall.sources.irc.line import parse
from wall.sources.irc.refusal import Names, refusal

NAMES = Names(host="irc.example", channel="#wall", nick="wall", account="us")


def refused(line):
    return refusal(parse(line.encode()), NAMES)


@pytest.mark.parametrize(
    ("line", "words"),
    [
        (":s 464 wall :Password incorrect", "does not accept the server password"),
        (":s 465 wall :You are not welcome", "banned from irc.example: “You are not welcome”"),
        (":s 904 wall :SASL authentication failed", "does not accept the account name or its password"),
        (":s 403 wall #wall :No such channel", "no channel #wall on irc.example"),
        (":s 473 wall #WALL :Cannot join (+i)", "invite-only"),
        (":s 474 wall #wall :Cannot join (+b)", "banned from #wall"),
        (":s 475 wall #wall :Cannot join (+k)", "needs a key"),
        (":s 477 wall #wall :Cannot join (+r)", "registered nicks only"),
        (":s 489 wall #wall :Cannot join (+z)", "over TLS"),
        (":s 470 wall #wall ##wall :Forwarding", "sends newcomers on"),
        ("ERROR :Closing Link: 1.2.3.4 (K-Lined: spam)", "banned"),
        ("ERROR :Closing Link: (Bad Password)", "does not accept the server password"),
        ("ERROR :Closing Link: (SASL access only)", "lets in only who signs in"),
        ("ERROR :(Throttled): You need to identify via SASL to use this server", "lets in only who signs in"),
        (":s FAIL * ACCOUNT_REQUIRED_TO_CONNECT :You must log in with SASL", "lets in only who signs in"),
    ],
)
def test_a_refusal_that_lasts_says_what_to_do(line, words):
    error = refused(line)

    assert error.permanent
    assert words in error.message


@pytest.mark.parametrize(
    ("line", "words", "retry_after"),
    [
        (":s 471 wall #wall :Cannot join (+l)", "is full", None),
        (":s 480 wall #wall :Cannot join (+j) - throttle exceeded", "nobody at the moment", None),
        ("ERROR :Closing Link: (Ping timeout: 264 seconds)", "“Closing Link: (Ping timeout: 264 seconds)”", None),
        ("ERROR :Trying to reconnect too fast.", "less often", 120),
        ("ERROR :Closing link: (Too many connections from your IP)", "less often", 120),
        ("ERROR :Your host is throttled", "less often", 120),
    ],
)
def test_a_refusal_that_passes_is_tried_again(line, words, retry_after):
    error = refused(line)

    assert not error.permanent
    assert error.retry_after == retry_after
    assert words in error.message


@pytest.mark.parametrize(
    "line",
    [
        ":s 001 wall :Welcome",
        ":s 473 wall #other :Cannot join",
        ":s FAIL CHATHISTORY INVALID_TARGET #wall :No",
        ":s 403 wall",
        "NOTICE * :ERROR",
    ],
)
def test_other_lines_refuse_nothing(line):
    assert refused(line) is None


def test_a_server_s_words_are_cut_and_cleaned():
    error = refused("ERROR :" + "\x02zalgo\u202e " + "x" * 5000)

    assert len(error.message) < 200
    assert "\u202e" not in error.message
