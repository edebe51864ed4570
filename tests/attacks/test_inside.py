"""Addresses in a stranger's post that lead to what only this machine and its network can reach.

That a name is looked up once and asked where it was checked (DNS rebinding), that every redirect is checked again and
which numbers are refused, is in tests/sources/test_fetch.py and test_address.py; here the whole way of a post is gone.
"""

import pytest

from tests.pictures import plain
from tests.raw_server import answer
from tests.sources.test_fetch import INSIDE

SECRET = answer(plain(), content_type="image/png")


@pytest.mark.parametrize("host", [host for host in INSIDE if "。" not in host])
async def test_no_picture_is_fetched_from_inside(sender, server, host):
    server.answers["/latest/meta-data"] = SECRET

    standing = await sender.post("Look #PyConEx", server.url("/latest/meta-data", host=host))

    (media,) = standing.post.media
    assert (media.picture, server.requests) == (None, [])
    assert media.problem


async def test_a_face_is_not_fetched_from_inside_either(sender, server):
    server.answers["/face"] = SECRET

    standing = await sender.post(author={"name": "Ana", "avatar": server.url("/face")})

    assert (standing.post.author.avatar, server.requests) == (None, [])


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd",
        "ftp://127.0.0.1/x",
        "gopher://127.0.0.1:6379/_FLUSHALL",
        "unix:/run/redis.sock",
        "http://user:pass@127.0.0.1/",
        "http://127。0。0。1/",
    ],
)
async def test_an_address_of_another_kind_makes_no_post(sender, url):
    answer = await sender.send({"external_id": "1", "text": "Hello #PyConEx", "media": [{"url": url}]})

    assert answer.status_code == 422
    assert "not an address of the web" in answer.text


async def test_where_inside_is_allowed_the_same_picture_is_fetched(open_sender, server):
    """The control: what stops it above is the guard, and nothing else."""
    server.answers["/latest/meta-data"] = SECRET

    standing = await open_sender.post("Look #PyConEx", server.url("/latest/meta-data"))

    assert standing.post.media[0].picture
    assert server.paths == ["/latest/meta-data"]
