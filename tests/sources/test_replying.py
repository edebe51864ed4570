import json
from dataclasses import replace
from urllib.parse import parse_qs

import httpx2
import pytest

from tests.cast import NOW, a_post
from wall.core.post import SourceRef
from wall.core.source import SourceSettings
from wall.errors import InvalidInput, SourceError
from wall.sources.fetch import Fetch
from wall.sources.mastodon.options import checked
from wall.sources.replying import Reply, able, prepared, send

MASTODON = SourceSettings(
    id="m1",
    kind="mastodon",
    options={
        "servers": "https://social.example",
        "token": "secret",
        "token_server": "https://social.example",
        "answers": "yes",
    },
)
BLUESKY = SourceSettings(
    id="b1",
    kind="bluesky",
    options={
        "appview": "https://appview.example",
        "login": "https://pds.example",
        "handle": "wall.example",
        "app_password": "abcd-efgh",
        "answers": "yes",
    },
)
TOOT = a_post(uid="ap:https://social.example/notes/n1", aliases=("local:social.example/77",))
SKY = a_post(
    uid="at://did:plc:alice/app.bsky.feed.post/3kabc",
    source=SourceRef(id="b1", kind="bluesky"),
    url="https://bsky.app/profile/alice.example/post/3kabc",
)


class Network:
    """A server that answers by path, and remembers what it was asked."""

    def __init__(self, answers):
        self.answers = answers
        self.asked = []

    async def __call__(self, request):
        self.asked.append(request)
        status, body = self.answers[request.url.path]
        return httpx2.Response(status, json=body)

    def of(self, path):
        return [one for one in self.asked if one.url.path == path]


async def replied(network, source, post, words="It is upstairs"):
    async with Fetch(user_agent="Wall/1", transport=httpx2.MockTransport(network)) as fetch:
        reply = Reply(to=post, words=words, key="wall-1", at=NOW, by_name="Mia", fetch=fetch)
        return await send(source, reply)


STATUSES = "/api/v1/statuses"
SEARCH = "/api/v2/search"
POSTED = (200, {"uri": "https://social.example/notes/n2", "url": "https://social.example/@wall/2", "id": "78"})


async def test_a_reply_goes_to_the_status_that_is_answered_and_names_its_author():
    network = Network({STATUSES: POSTED})

    sent = await replied(network, MASTODON, TOOT)

    (asked,) = network.asked
    form = parse_qs(asked.content.decode())
    assert (form["in_reply_to_id"], form["status"]) == (["77"], ["@alice@social.example It is upstairs"])
    assert (asked.headers["authorization"], asked.headers["idempotency-key"]) == ("Bearer secret", "wall-1")
    assert (sent.uid, sent.url) == ("ap:https://social.example/notes/n2", "https://social.example/@wall/2")


async def test_a_status_that_the_server_has_not_heard_of_is_looked_for_there():
    network = Network({SEARCH: (200, {"statuses": [{"id": "901"}]}), STATUSES: POSTED})

    await replied(network, MASTODON, replace(TOOT, aliases=()))

    (asked,) = network.of(STATUSES)
    assert parse_qs(asked.content.decode())["in_reply_to_id"] == ["901"]


@pytest.mark.parametrize(
    ("answers", "words"),
    [
        ({SEARCH: (200, {"statuses": []})}, "cannot find this post"),
        ({SEARCH: (401, {})}, "write:statuses"),
        ({SEARCH: (200, {"statuses": [{"id": "1"}]}), STATUSES: (403, {})}, "write:statuses"),
        ({SEARCH: (200, ["nonsense"])}, "cannot find this post"),
        ({SEARCH: (200, {"statuses": [{"id": "1"}]}), STATUSES: (200, {})}, "does not say where it is"),
        ({SEARCH: (200, {"statuses": [{"id": "1"}]}), STATUSES: (500, {})}, "500"),
    ],
)
async def test_what_goes_wrong_at_a_server_is_said_in_words(answers, words):
    with pytest.raises(SourceError, match=words):
        await replied(Network(answers), MASTODON, replace(TOOT, aliases=()))


POSTS = "/xrpc/app.bsky.feed.getPosts"
LOGIN = "/xrpc/com.atproto.server.createSession"
RECORD = "/xrpc/com.atproto.repo.putRecord"
ROOT = {"uri": "at://did:plc:bob/app.bsky.feed.post/1", "cid": "root"}


def a_sky(**record):
    view = {"uri": SKY.uid, "cid": "parent", "record": record}
    own = {"uri": "at://did:plc:wall/app.bsky.feed.post/new", "cid": "new"}
    return Network({POSTS: (200, {"posts": [view]}), LOGIN: (200, {"accessJwt": "jwt"}), RECORD: (200, own)})


async def test_a_reply_on_bluesky_names_its_parent_and_the_root_of_the_thread():
    network = a_sky(reply={"root": ROOT})

    sent = await replied(network, BLUESKY, SKY)

    (asked,) = network.of(RECORD)
    body = json.loads(asked.content)
    assert body["record"]["reply"] == {"root": ROOT, "parent": {"uri": SKY.uid, "cid": "parent"}}
    assert body["record"]["text"] == "It is upstairs"
    assert sent.url == f"https://bsky.app/profile/did:plc:wall/post/{body['rkey']}"


async def test_a_reply_on_bluesky_that_is_tried_again_is_the_same_record():
    network = a_sky()

    await replied(network, BLUESKY, SKY)
    await replied(network, BLUESKY, SKY)

    first, second = [json.loads(one.content)["rkey"] for one in network.of(RECORD)]
    assert first == second
    assert len(first) == 13


async def test_what_bluesky_would_not_take_is_not_sent():
    network = a_sky()

    with pytest.raises(SourceError, match="300 characters"):
        await replied(network, BLUESKY, SKY, "a" * 301)

    assert network.asked == []


def test_only_accounts_that_were_allowed_to_may_answer_and_only_at_their_own_network():
    silent = replace(MASTODON, options={**MASTODON.options, "answers": "no"})
    tokenless = replace(MASTODON, options={**MASTODON.options, "token": ""})

    assert able(TOOT, [MASTODON, BLUESKY, silent, tokenless]) == [MASTODON]
    assert able(SKY, [MASTODON, BLUESKY]) == [BLUESKY]


def test_an_account_without_a_token_cannot_be_allowed_to_answer():
    with pytest.raises(InvalidInput) as refused:
        checked({"servers": "social.example", "answers": "yes"})

    assert refused.value.field == "answers"


def test_a_reply_is_prepared_where_no_account_may_write():
    x = a_post(source=SourceRef(id="x1", kind="x"), url="https://x.com/alice/status/123")

    assert prepared(x, "Yes & no").url == "https://x.com/intent/post?in_reply_to=123&text=Yes+%26+no"
    assert (
        prepared(replace(TOOT, url="https://social.example/@alice/1"), "Yes").words == "@alice@social.example Yes"
    )
    assert prepared(replace(SKY, url="javascript:alert(1)"), "Yes").url is None
