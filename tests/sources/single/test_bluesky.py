from urllib.parse import quote

import pytest

from tests.sources.single.web import Web, read
from tests.sources.world import NOW
from wall.errors import InvalidPost, SourceError
from wall.sources.bluesky.reading import CREATED
from wall.sources.bluesky.record import parse_record
from wall.sources.single import bluesky

API = "https://public.api.bsky.app/xrpc/"
DID = "did:plc:xbv5pcwf7gda2vqbr6666xch"
ADDRESS = "https://bsky.app/profile/alice.test/post/3n2u"
URI = f"at://{DID}/app.bsky.feed.post/3n2u"


def view(**record):
    """Return a post as getPosts shows it, in the shape recorded from an AppView."""
    return {
        "uri": URI,
        "author": {"did": DID, "handle": "alice.test", "displayName": "Älice", "labels": []},
        "record": {"text": "Grüße #PyConDE", "langs": ["de"], "createdAt": "2026-11-21T23:30:30.000Z"} | record,
        "labels": [],
        "indexedAt": "2026-11-21T23:30:31.000Z",
    }


@pytest.fixture
def web():
    web = Web()
    web.json(f"{API}com.atproto.identity.resolveHandle?handle=alice.test", {"did": DID})
    return web


def show(web, *views):
    web.json(f"{API}app.bsky.feed.getPosts?uris={quote(URI, safe='')}", {"posts": views})
    profiles = [one["author"] for one in views]
    web.json(f"{API}app.bsky.actor.getProfiles?actors={quote(DID, safe='')}", {"profiles": profiles})


async def test_a_post_is_had_by_its_address_with_the_name_of_its_author(web):
    show(web, view())

    post = await read(bluesky.read, web, ADDRESS)

    assert (post.uid, post.text, post.language) == (URI, "Grüße #PyConDE", "de")
    assert (post.author.uid, post.author.name, post.author.handle) == (DID, "Älice", "alice.test")
    assert [tag.key for tag in post.tags] == ["pyconde"]


@pytest.mark.parametrize("address", [URI, f"https://bsky.app/profile/{DID}/post/3n2u"])
async def test_an_account_named_by_its_identifier_is_not_looked_up(web, address):
    show(web, view())

    await read(bluesky.read, web, address)

    assert not any("resolveHandle" in url for url in web.asked)


async def test_links_lead_where_they_say_even_shortened(web):
    facet = {
        "index": {"byteStart": 7, "byteEnd": 16},
        "features": [{"$type": "app.bsky.richtext.facet#link", "uri": "https://long.example/slides"}],
    }
    show(web, view(text="Grüße long.ex..", facets=[facet, {"index": {"byteStart": 9, "byteEnd": 9999}}]))

    (span,) = (await read(bluesky.read, web, ADDRESS)).spans

    assert (span.kind, span.href) == ("link", "https://long.example/slides")


async def test_a_name_that_nobody_has_is_said_so(web):
    with pytest.raises(SourceError, match="nobody called"):
        await read(bluesky.read, web, "https://bsky.app/profile/gone.test/post/3n2u")


async def test_it_is_the_post_that_the_stream_brings(web):
    show(web, view())

    post = await read(bluesky.read, web, ADDRESS)

    record = view()["record"]
    streamed = parse_record(
        record, did=DID, rkey="3n2u", revision=CREATED, source=post.source, time=post.created_at, now=NOW
    )
    assert (post.uid, post.content_hash, post.revision) == (streamed.uid, streamed.content_hash, streamed.revision)


async def test_an_author_who_shows_it_only_to_those_signed_in_is_heeded(web):
    hidden = view()
    hidden["author"]["labels"] = [{"val": "!no-unauthenticated"}]
    show(web, hidden)

    with pytest.raises(InvalidPost, match="signed in"):
        await read(bluesky.read, web, ADDRESS)


async def test_what_was_deleted_is_said_so(web):
    show(web)

    with pytest.raises(SourceError, match="no such post"):
        await read(bluesky.read, web, ADDRESS)


async def test_other_addresses_are_left_to_others(web):
    assert await read(bluesky.read, web, "https://bsky.app/about") is None
    assert await read(bluesky.read, web, "https://blog.example/profile/a.b/post/1") is None
