import pytest
from hypothesis import given
from hypothesis import strategies as st

from wall.errors import InvalidPost
from wall.sources.irc.line import decoded, folded, parse, serialise, unformatted

WORDS = st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=20).filter(
    lambda word: " " not in word and not word.startswith(":")
)


@pytest.mark.parametrize(
    ("line", "source", "command", "params"),
    [
        (b"PING", "", "PING", ()),
        (b"ping :irc.example\r", "", "PING", ("irc.example",)),
        (b":mia!u@h PRIVMSG #wall :Hello, you", "mia!u@h", "PRIVMSG", ("#wall", "Hello, you")),
        (b":mia!u@h PRIVMSG #wall ::) now", "mia!u@h", "PRIVMSG", ("#wall", ":) now")),
        (b":mia!u@h PRIVMSG #wall :", "mia!u@h", "PRIVMSG", ("#wall", "")),
        (b":mia!u@h PRIVMSG #wall :  ends with blanks  ", "mia!u@h", "PRIVMSG", ("#wall", "  ends with blanks  ")),
        (b":irc.example 432  #x :Wrong nick", "irc.example", "432", ("#x", "Wrong nick")),
        (b":irc.example MODE #wall +n  ", "irc.example", "MODE", ("#wall", "+n")),
        (b":mia JOIN :#wall", "mia", "JOIN", ("#wall",)),
        (b":a\tb JOIN #wall", "a\tb", "JOIN", ("#wall",)),
        (b"@time=x :mia JOIN #wall", "mia", "JOIN", ("#wall",)),
    ],
)
def test_a_line_has_a_source_a_command_and_words(line, source, command, params):
    found = parse(line)

    assert (found.source, found.command, found.params) == (source, command, params)


@pytest.mark.parametrize(
    ("raw", "tags"),
    [
        ("a=1;b;c=", {"a": "1", "b": "", "c": ""}),
        (r"a=1\:2\s3\\4\r\n", {"a": "1;2 3\\4\r\n"}),
        (r"a=x\y;b=end" + "\\", {"a": "xy", "b": "end"}),
        (r"a=\\n", {"a": r"\n"}),
        ("a=1;a=2", {"a": "2"}),
        ("vendor.example/a=1;+b=2;;=3", {"vendor.example/a": "1", "+b": "2"}),
    ],
)
def test_tags_are_unescaped_letter_by_letter(raw, tags):
    assert parse(f"@{raw} PING".encode()).tags == tags


@pytest.mark.parametrize("line", [b"", b"\r", b"   "])
def test_an_empty_line_says_nothing(line):
    assert parse(line) is None


@pytest.mark.parametrize(
    "line", [b"HTTP/1.1 200 OK", b"<html>", b":mia", b"@a=b", b"12", b"1234 x", b"PING" + b" x" * 200]
)
def test_what_is_no_line_of_irc_is_refused(line):
    with pytest.raises(InvalidPost):
        parse(line)


@given(st.binary(max_size=600))
def test_any_bytes_are_a_line_or_refused(data):
    try:
        line = parse(data)
    except InvalidPost:
        return

    assert line is None or line.command.isupper() or line.command.isdecimal()


@given(st.lists(WORDS, max_size=5), st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=60))
def test_what_is_written_is_read_the_same(middle, last):
    data = serialise("PRIVMSG", *middle, last)

    assert parse(data.removesuffix(b"\r\n")).params == (*middle, last)


@pytest.mark.parametrize(
    "params", [("#wall\r\nQUIT",), ("#wall\0",), ("two words", "x"), ("", "x"), (":x", "y"), ("x" * 600,)]
)
def test_nothing_is_sent_that_is_more_than_one_line(params):
    with pytest.raises(InvalidPost):
        serialise("JOIN", *params)


@pytest.mark.parametrize(
    ("data", "text"),
    [
        ("Grüße 日本 🎉".encode(), "Grüße 日本 🎉"),
        ("Grüße".encode("latin-1"), "Grüße"),
        ("“quoted” €".encode("cp1252"), "“quoted” €"),
        (b"caf\xe9 \x81", "café \x81"),
        ("cut through 日".encode()[:-1], "cut through "),
        (b"", ""),
    ],
)
def test_text_is_read_in_the_encoding_it_is_likely_in(data, text):
    assert decoded(data) == text


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        (
            "\x02bold\x02 \x1ditalic\x1d \x1funder\x1f \x1estruck\x1e \x11mono\x11 \x16reversed\x16\x0f",
            "bold italic under struck mono reversed",
        ),
        ("\x034red\x03 \x0304,12both\x03 \x03plain", "red both plain"),
        ("\x03123 numbers", "3 numbers"),
        ("\x03,5 no colour", ",5 no colour"),
        ("\x04ff0000red\x04", "red"),
    ],
)
def test_formatting_is_left_out(text, plain):
    assert unformatted(text) == plain


def test_names_are_compared_as_servers_do():
    assert folded("Mia[Away]^\\") == folded("mia{aWAY}~|")


@pytest.mark.parametrize(
    ("line", "nick"),
    [
        (b":mia!u@h PING", "mia"),
        (b":mia PING", "mia"),
        (b":irc.example PING", ""),
        (b"PING", ""),
        (b":a.b!u@h PING", "a.b"),
    ],
)
def test_a_server_has_no_nick(line, nick):
    assert parse(line).nick == nick
