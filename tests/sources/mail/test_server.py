"""Against a real server of mail."""

import pytest

from tests.sources import pymap
from tests.sources.imapd import letter
from tests.sources.peers.mail import FastMail
from tests.sources.world import last_position, once, posts, until
from wall.errors import SourceError

pytestmark = [
    pytest.mark.peer,
    pytest.mark.skipif(pymap.PROGRAM is None, reason="pymap is not installed; .ci/set-up pymap does it"),
]


class ListeningMail(FastMail):
    idle_seconds = 600.0


@pytest.fixture
async def server(tmp_path):
    async with pymap.pymap(tmp_path) as server:
        yield server


def source(world, server, password=pymap.PASSWORD):
    return ListeningMail(world(server=server.server, user=pymap.USER, password=password))


def saying(words):
    return lambda events: any(words in post.text for post in posts(events))


async def test_mail_comes_at_once_and_is_gone_on_from(world, server):
    await server.deliver(letter("The first one", number=1))

    first = await until(
        source(world, server),
        saying("The second one"),
        meanwhile=once(saying("The first one"), lambda: server.deliver(letter("The second one", number=2))),
    )
    await server.deliver(letter("The third one", number=3))
    second = await until(source(world, server), saying("The third one"), last_position(first))

    assert [post.text for post in posts(second)] == ["The third one"]


async def test_a_wrong_password_is_for_good(world, server):
    with pytest.raises(SourceError, match="app password") as refused:
        await until(source(world, server, "wrong"), lambda _: False)

    assert refused.value.permanent
