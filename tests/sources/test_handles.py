"""Who is meant by a handle: the very author that a source tells of."""

import pytest

from tests.attacks.strangers import FEED, as_post
from tests.sources.fediverse import status
from tests.sources.mastodon.test_status import parse as parse_status
from tests.sources.nostr.test_note import post as note
from tests.sources.relay import MIA
from tests.sources.skies import MIA as DID
from tests.sources.test_webhook import SETTINGS, made
from tests.sources.world import EVENT, NOW
from wall.core.source import SourceSettings
from wall.errors import InvalidInput
from wall.sources.bluesky.source import Bluesky
from wall.sources.feed.entry import parse_json
from wall.sources.feed.source import Feed
from wall.sources.mastodon.source import Mastodon
from wall.sources.nostr.bech32 import decode, encode
from wall.sources.nostr.source import Nostr
from wall.sources.webhook import Webhook

NPUB = encode("npub", bytes.fromhex(MIA.pubkey))
NOTHING = SourceSettings(id="one", kind="any")


@pytest.mark.parametrize("handle", ["@mia@home.example", "mia@home.example", " @Mia@HOME.example "])
def test_an_account_of_the_fediverse(handle):
    author = parse_status(status(1), domain="home.example").author

    assert Mastodon.known_as(handle, NOTHING) == (author.uid,)


@pytest.mark.parametrize("handle", [NPUB, f"nostr:{NPUB}", MIA.pubkey, NPUB.upper()])
def test_a_key_of_nostr(handle):
    assert Nostr.known_as(handle, NOTHING) == (note().author.uid,)


@pytest.mark.parametrize("handle", [DID, f" {DID} ", f"https://bsky.app/profile/{DID}"])
def test_an_account_of_bluesky(handle):
    assert Bluesky.known_as(handle, NOTHING) == (DID,)


def test_who_writes_in_a_feed():
    body = b'{"version": "https://jsonfeed.org/version/1.1", "items": [{"id": "1", "title": "Hi", "authors": [{"name": "Ana B."}]}]}'
    author = as_post(parse_json(body)[0], EVENT, NOW).author
    settings = SourceSettings(id="f1", kind="feed", options={"address": FEED})

    assert Feed.known_as("ana b.", settings) == (author.uid,)


@pytest.mark.parametrize("author", [{"handle": "ana"}, {"name": "Ana"}, {"handle": "@Ana", "name": "Somebody"}])
def test_whom_a_webhook_tells_of(author):
    assert Webhook.known_as("@ana", SETTINGS) == (made(author=author).author.uid,)


@pytest.mark.parametrize(
    ("source", "handle"),
    [
        (Bluesky, "mia.example"),
        (Bluesky, "did:plc:short"),
        (Mastodon, "mia"),
        (Mastodon, "https://home.example/@mia"),
        (Mastodon, "@mia@home"),
        (Nostr, "mia"),
        (Nostr, NPUB[:-1]),
        (Nostr, NPUB[:-1] + ("q" if NPUB[-1] != "q" else "p")),
        (Nostr, encode("note", bytes(32))),
    ],
)
def test_what_is_no_handle_is_refused_in_words(source, handle):
    with pytest.raises(InvalidInput) as refused:
        source.known_as(handle, NOTHING)

    assert refused.value.field == "handle"


def test_a_name_of_a_key_is_read_as_it_is_written():
    assert decode("npub", encode("npub", bytes(range(32)))) == bytes(range(32))
