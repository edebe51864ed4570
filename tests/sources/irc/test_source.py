import ssl
from contextlib import aclosing

import pytest
import trustme

from tests.sources.ircd import ago, running
from tests.sources.world import deletes, healths, last_position, once, posts, set_aside, until
from tests.waiting import until as wait_until
from wall.core.source import SourceSettings
from wall.errors import InvalidInput, SourceError
from wall.sources.irc import source as irc
from wall.sources.irc.source import Irc

GIVEN = {"server": "irc.example.org", "channel": "#wall"}


def reading(world, ircd, **options):
    return Irc(world(server=ircd.address, channel="#wall", **options))


def texts(events):
    return [post.text for post in posts(events)]


def count(number):
    return lambda events: len(posts(events)) >= number


async def test_after_a_crash_it_goes_on_where_it_was_however_much_was_said(world):
    async with running() as ircd:
        ircd.say("Before #PyConDE", at=ago(minutes=30), live=False)
        first = await until(reading(world, ircd), healths)
        for number in range(120):
            ircd.say(f"{number} #PyConDE", at=ago(minutes=20, seconds=-number), live=False)

        second = await until(reading(world, ircd), healths, last_position(first))

    assert texts(second) == ["Before #PyConDE", *(f"{number} #PyConDE" for number in range(120))]


async def test_a_flood_is_taken_in_whole_and_in_order(world):
    def flood():
        for number in range(2000):
            ircd.say(f"{number} #PyConDE")

    async with running() as ircd:
        events = await until(reading(world, ircd), count(2000), meanwhile=once(healths, flood))

    assert texts(events) == [f"{number} #PyConDE" for number in range(2000)]


async def test_a_server_of_the_last_century_is_read(world):
    def talk():
        ircd.tell(b":zed!u@h PRIVMSG #wall :Gr\xfc\xdfe #PyConDE\r\n")
        ircd.say("Same words #PyConDE")
        ircd.say("Same words #PyConDE")

    async with running(caps="") as ircd:
        events = await until(reading(world, ircd), count(3), meanwhile=once(healths, talk))

    assert texts(events) == ["Grüße #PyConDE", "Same words #PyConDE", "Same words #PyConDE"]
    assert len({post.uid for post in posts(events)}) == 3


async def test_a_whole_channel_can_belong_to_the_event(world):
    async with running() as ircd:
        ircd.say("Lunch?", live=False)

        events = await until(reading(world, ircd, everything="yes"), posts)

    assert texts(events) == ["Lunch?"]


async def test_what_is_taken_back_is_the_very_message(world):
    async with running() as ircd:
        ircd.say("Oops #PyConDE", live=False)

        events = await until(
            reading(world, ircd),
            deletes,
            meanwhile=once(posts, lambda: ircd.tell(":op!u@h REDACT #wall m1 :off topic")),
        )

    assert deletes(events)[0].uid == posts(events)[0].uid


async def test_a_line_without_end_is_set_aside_and_the_next_one_is_read(world):
    def talk():
        ircd.tell(b":zed!u@h PRIVMSG #wall :" + b"#PyConDE " * 100_000 + b"\r\n")
        ircd.say("After #PyConDE")

    async with running() as ircd:
        events = await until(reading(world, ircd), posts, meanwhile=once(healths, talk))

    assert texts(events) == ["After #PyConDE"]
    assert [one.reason for one in set_aside(events)] == ["The server sent a line longer than any of IRC."]


async def test_what_was_said_before_a_server_hung_up_is_not_lost(world):
    def hang_up():
        ircd.say("Last words #PyConDE")
        ircd.tell("ERROR :Closing Link: (Server going down)")

    heard = []
    async with running() as ircd:
        with pytest.raises(SourceError, match="Server going down") as refused:
            await read_all(reading(world, ircd), heard, once(healths, hang_up))

    assert texts(heard) == ["Last words #PyConDE"]
    assert not refused.value.permanent


async def read_all(source, heard, meanwhile):
    async with aclosing(source.posts(None)) as batches:
        async for batch in batches:
            heard += batch
            await meanwhile(heard)


async def test_a_server_is_not_connected_to_again_at_once(world):
    async with running() as ircd:
        ircd.greeting = ["ERROR :Closing Link: (Bye)"]

        with pytest.raises(SourceError) as refused:
            await until(reading(world, ircd), healths)

    assert 15 <= refused.value.retry_after <= 30


@pytest.mark.parametrize(
    ("password", "outcome"), [("secret", "Reading"), ("wrong", "does not accept the account")]
)
async def test_an_account_signs_in(world, password, outcome):
    async with running(caps="server-time sasl=PLAIN") as ircd:
        source = reading(world, ircd, account="wall", password=password)
        try:
            said = healths(await until(source, healths))[0][1]
        except SourceError as error:
            said = error.message

    assert outcome in said


async def test_it_is_read_over_tls(world, tmp_path, monkeypatch):
    authority = trustme.CA()
    authority.cert_pem.write_to_path(tmp_path / "authority.pem")
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "authority.pem"))
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("127.0.0.1").configure_cert(tls)

    async with running(tls=tls) as ircd:
        source = Irc(world(server=f"127.0.0.1:{ircd.port}", channel="wall"))

        assert healths(await until(source, healths))[0][0] == "healthy"


async def test_a_silent_server_is_asked_for_a_sign_of_life_and_given_up(world, monkeypatch):
    monkeypatch.setattr(irc, "GLANCE_SECONDS", 0.02)
    monkeypatch.setattr(irc, "QUIET_SECONDS", 0.1)
    monkeypatch.setattr(irc, "SILENT_SECONDS", 0.3)

    async with running() as ircd:
        with pytest.raises(SourceError, match="has fallen silent"):
            await until(reading(world, ircd), lambda _: False)

        assert ircd.has_sent("PING wall")


async def test_it_says_goodbye(world):
    async with running() as ircd:
        await until(reading(world, ircd), healths)
        await wait_until(lambda: ircd.has_sent("QUIT"))


@pytest.mark.parametrize(
    ("server", "kept"),
    [
        ("irc.example.org", "ircs://irc.example.org:6697"),
        (" IRC.Example.org:7000 ", "ircs://irc.example.org:7000"),
        ("ircs://irc.example.org", "ircs://irc.example.org:6697"),
        ("irc://irc.example.org", "irc://irc.example.org:6667"),
        ("[::1]:6697", "ircs://[::1]:6697"),
    ],
)
def test_a_server_is_kept_with_its_port(server, kept):
    assert Irc.check({**GIVEN, "server": server})["server"] == kept


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("server", ""),
        ("server", "https://irc.example.org"),
        ("server", "irc.example.org/#wall"),
        ("server", "two servers"),
        ("server", "irc.example.org:0"),
        ("server", "irc.example.org:99999"),
        ("channel", ""),
        ("channel", "#a,#b"),
        ("channel", "#a b"),
        ("channel", "#a\nQUIT"),
        ("channel", "#" + "a" * 300),
        ("nick", "9lives"),
        ("nick", "a b"),
        ("nick", "x" * 31),
        ("everything", "perhaps"),
        ("account", "us"),
        ("password", "sesame"),
        ("key", "a b"),
        ("key", "a\r\nQUIT"),
        ("server_password", "x" * 300),
    ],
)
def test_what_cannot_be_used_is_refused_by_name(field, value):
    with pytest.raises(InvalidInput) as refused:
        Irc.check({**GIVEN, field: value})

    assert refused.value.field in (field, {"account": "password", "password": "account"}.get(field))


@pytest.mark.parametrize("secret", [{"account": "us", "password": "sesame"}, {"server_password": "sesame"}])
def test_a_password_goes_over_tls_only(secret):
    with pytest.raises(InvalidInput, match="TLS"):
        Irc.check({**GIVEN, **secret, "server": "irc://irc.example.org"})


def test_secrets_are_marked_so():
    assert {option.name for option in Irc.options if option.secret} == {"password", "key", "server_password"}


def test_what_is_checked_is_checked_to_the_same():
    once_checked = Irc.check({**GIVEN, "channel": "wall", "bridges": "Relay, Other"})

    assert Irc.check(once_checked) == once_checked
    assert (once_checked["channel"], once_checked["bridges"]) == ("#wall", "relay other")


def test_a_handle_is_a_nick_or_an_account():
    settings = SourceSettings(id="one", kind="irc", options=GIVEN)

    assert Irc.known_as("@Mia", settings) == ("irc:irc.example.org/nick:mia", "irc:irc.example.org/account:mia")


@pytest.mark.parametrize("handle", ["", "@", "two words"])
def test_what_is_no_nick_is_refused(handle):
    with pytest.raises(InvalidInput):
        Irc.known_as(handle, SourceSettings(id="one", kind="irc", options=GIVEN))
