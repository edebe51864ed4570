"""Real servers of IRC: a plain one, one that tells history on joining, and one that is asked for it."""

import pytest

from tests.sources import irc_servers
from tests.sources.irc_servers import program, talking
from tests.sources.world import deletes, healths, last_position, once, posts, until
from wall.errors import SourceError
from wall.sources.irc.source import Irc


def needs(name):
    return pytest.mark.skipif(program(name) is None, reason=f"{name} is not installed; .ci/set-up peers does it")


@pytest.fixture
async def ngircd(tmp_path):
    async with irc_servers.ngircd(tmp_path) as port:
        yield port


@pytest.fixture
async def inspircd(tmp_path):
    async with irc_servers.inspircd(tmp_path) as port:
        yield port


@pytest.fixture
async def ergo(tmp_path):
    async with irc_servers.ergo(tmp_path) as port:
        yield port


def channel(world, port, **options):
    return Irc(world(server=f"irc://127.0.0.1:{port}", channel="#wall", **options))


def texts(events):
    return [post.text for post in posts(events)]


@needs("ngircd")
async def test_a_plain_server_is_read(world, ngircd):
    async with talking(ngircd) as alice:

        def talk():
            alice.send("PRIVMSG #wall :Great talk #PyConDE 🎉", "PRIVMSG #wall :\x01ACTION waves #PyConDE\x01")
            alice.send("PRIVMSG #wall :Lunch?", "PRIVMSG #wall :\x0304red\x03 \x02bold\x02 #PyConDE")

        events = await until(
            channel(world, ngircd), lambda events: len(posts(events)) == 3, meanwhile=once(healths, talk)
        )

    assert texts(events) == ["Great talk #PyConDE 🎉", "alice waves #PyConDE", "red bold #PyConDE"]
    assert healths(events)[0][1].startswith("Reading #wall on 127.0.0.1 as backchann. It has no history")


@needs("ngircd")
@pytest.mark.parametrize(("name", "words"), [("#closed", "invite-only"), ("#locked", "needs a key")])
async def test_a_channel_that_is_closed_says_how(world, ngircd, name, words):
    async with talking(ngircd):
        source = Irc(world(server=f"irc://127.0.0.1:{ngircd}", channel=name))

        with pytest.raises(SourceError, match=words) as refused:
            await until(source, healths)

    assert refused.value.permanent


@needs("ngircd")
async def test_a_key_opens(world, ngircd):
    async with talking(ngircd):
        source = Irc(world(server=f"irc://127.0.0.1:{ngircd}", channel="#locked", key="sesame"))

        assert healths(await until(source, healths))[0][0] == "healthy"


@needs("ngircd")
async def test_a_nick_that_is_taken_gets_a_number(world, ngircd):
    async with talking(ngircd, "backchann"):
        events = await until(channel(world, ngircd), healths)

    assert "as backchan2" in healths(events)[0][1]


@needs("inspircd")
@pytest.mark.peer
async def test_a_server_that_tells_history_on_joining_is_read_on(world, inspircd):
    async with talking(inspircd) as alice:
        alice.send("MODE #wall +H 50:1h", "PRIVMSG #wall :Before #PyConDE")
        await alice.heard()

        first = await until(channel(world, inspircd), posts)
        alice.send("PRIVMSG #wall :While nobody read #PyConDE")
        await alice.heard()
        second = await until(
            channel(world, inspircd), lambda events: len(posts(events)) == 2, last_position(first)
        )

    assert texts(second) == ["Before #PyConDE", "While nobody read #PyConDE"]
    assert posts(second)[0].uid == posts(first)[0].uid


@needs("ergochat")
async def test_a_server_that_keeps_history_is_asked_for_it(world, ergo):
    async with talking(ergo, caps="draft/message-redaction message-tags echo-message") as alice:
        alice.send("PRIVMSG #wall :Before #PyConDE")
        first = await until(channel(world, ergo), posts)

        alice.send(*(f"PRIVMSG #wall :{number} #PyConDE" for number in range(230)))
        await alice.heard()
        second = await until(
            channel(world, ergo),
            lambda events: healths(events),
            last_position(first),
        )

    assert texts(second)[-230:] == [f"{number} #PyConDE" for number in range(230)]


@needs("ergochat")
async def test_what_is_taken_back_is_told(world, ergo):
    async with talking(ergo, caps="draft/message-redaction message-tags echo-message") as alice:
        alice.send("PRIVMSG #wall :Oops #PyConDE")
        said = await alice.until("Oops")
        msgid = said.partition("msgid=")[2].partition(" ")[0].partition(";")[0]

        events = await until(
            channel(world, ergo), deletes, meanwhile=once(posts, lambda: alice.send(f"REDACT #wall {msgid}"))
        )

    assert deletes(events)[0].uid == posts(events)[0].uid
