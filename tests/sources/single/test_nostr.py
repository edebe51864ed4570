import pytest

from tests.sources.relay import MIA, local_relay
from tests.sources.single.web import Web, read
from tests.sources.world import NOW
from wall.core.source import SourceSettings
from wall.errors import SourceError
from wall.sources.fetch import Fetch
from wall.sources.nostr import bech32
from wall.sources.single import nostr
from wall.sources.single.base import Sought


def nevent(note_id, *relays):
    parts = [(0, bytes.fromhex(note_id)), *((1, one.encode()) for one in relays)]
    return bech32.encode("nevent", b"".join(bytes((kind, len(value))) + value for kind, value in parts))


def note(note_id):
    return bech32.encode("note", bytes.fromhex(note_id))


async def sought(address, *relays):
    own = [SourceSettings(id="n1", kind="nostr", options={"relays": " ".join(relays)})] if relays else []
    async with Fetch(user_agent="Wall/1", private_addresses=True) as fetch:
        return await nostr.read(Sought(address=address, fetch=fetch, sources=own, now=NOW))


@pytest.mark.parametrize("form", ["{}", "nostr:{}", "https://njump.me/{}"])
async def test_a_note_comes_from_the_events_own_relay_with_its_authors_name(form):
    said = MIA.note(at=NOW)
    async with local_relay() as one:
        await one.publish(said, MIA.profile(name="Mia"))

        post = await sought(form.format(note(said["id"])), one.url)

    assert (post.uid, post.text, post.author.name) == (f"nostr:{said['id']}", "Hello #PyConDE", "Mia")
    assert post.source.id == "n1"


async def test_a_name_that_tells_of_a_relay_needs_no_source():
    said = MIA.note(at=NOW)
    async with local_relay() as one:
        await one.publish(said)

        post = await sought(nevent(said["id"], one.url))

    assert post.uid == f"nostr:{said['id']}"


async def test_a_note_that_no_relay_has_is_said_so():
    async with local_relay() as one:
        with pytest.raises(SourceError, match="on none of the relays"):
            await sought(note("ab" * 32), one.url)


async def test_a_name_without_a_relay_says_what_to_paste():
    with pytest.raises(SourceError, match="which relay"):
        await read(nostr.read, Web(), note("ab" * 32))


async def test_a_mistyped_name_is_said_so():
    with pytest.raises(SourceError, match="mistyped"):
        await read(nostr.read, Web(), note("ab" * 32)[:-1] + "q")


async def test_other_addresses_are_left_to_others():
    assert await read(nostr.read, Web(), f"https://blog.example/about/{note('ab' * 32)}/more") is None
    assert await read(nostr.read, Web(), "https://blog.example/") is None
