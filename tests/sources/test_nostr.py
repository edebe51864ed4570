import json
from datetime import UTC, datetime, timedelta

import pytest

from tests.sources.relay import MIA, ZED, Relay, local_relay, scripted_relay
from tests.sources.world import deletes, healths, last_position, posts, set_aside, until
from wall.errors import InvalidInput, SourceError
from wall.sources.nostr import Nostr
from wall.sources.servers import host_of

# Nobody listens on this port of this machine.
DEAD = Relay("ws://127.0.0.1:1")


class Fast(Nostr):
    profile_seconds = 0.3
    longest_wait_seconds = 0.05


@pytest.fixture
def source(world):
    """Make a source of these relays."""

    def of(*relays, **options):
        relays = " ".join(relay.url for relay in relays)
        return Fast(world(relays=relays, now=lambda: datetime.now(UTC), **options))

    return of


async def test_notes_come_with_their_authors_names_stored_and_live(source):
    async with local_relay() as relay:
        await relay.publish(
            MIA.profile(display_name="Mia", picture="https://x.example/a.png"), MIA.note("One #pyconde")
        )
        reading = source(relay)
        published = []

        async def live(events):
            if posts(events) and not published:
                published.append(await relay.publish(ZED.note("Two #pyconde")))

        events = await until(reading, lambda events: len(posts(events)) == 2, meanwhile=live)

    assert [(post.text, post.author.name) for post in posts(events)] == [
        ("One #pyconde", "Mia"),
        ("Two #pyconde", posts(events)[1].author.handle),
    ]
    assert posts(events)[0].author.avatar_url == "https://x.example/a.png"


async def test_every_usual_spelling_of_the_hashtag_is_found(source):
    spellings = ("pyconde", "PyConDE", "Pyconde", "PYCONDE")
    notes = [MIA.note(f"#{spelling}", tags=[("t", spelling)]) for spelling in spellings]
    async with local_relay() as relay:
        await relay.publish(*notes, MIA.note("#other", tags=[("t", "other")]))

        events = await until(source(relay), lambda events: len(posts(events)) == 4)

    assert {post.uid for post in posts(events)} == {f"nostr:{note['id']}" for note in notes}


async def test_the_same_note_on_two_relays_is_one_post(source):
    both, here, there = MIA.note("both #pyconde"), MIA.note("here #pyconde"), MIA.note("there #pyconde")
    async with local_relay() as one, local_relay() as other:
        await one.publish(both, here)
        await other.publish(both, there)

        events = await until(
            source(one, other), lambda events: {"here #pyconde", "there #pyconde"} <= texts(events)
        )

    assert sorted(post.text for post in posts(events)) == ["both #pyconde", "here #pyconde", "there #pyconde"]
    told_by = {post.text: post.source.place for post in posts(events)}
    assert told_by["here #pyconde"] == host_of(one.url)


def texts(events):
    return {post.text for post in posts(events)}


async def test_an_author_s_delete_is_told_live(source):
    note = MIA.note()
    async with local_relay() as relay:
        await relay.publish(note)
        deleted = []

        async def delete(events):
            if posts(events) and not deleted:
                deleted.append(await relay.publish(MIA.deletion(note)))

        events = await until(source(relay), deletes, meanwhile=delete)

    assert [(event.uid, event.author) for event in deletes(events)] == [
        (f"nostr:{note['id']}", f"nostr:{MIA.pubkey}")
    ]


async def test_a_delete_missed_while_away_is_found_by_what_is_known(source):
    note = MIA.note()
    async with local_relay() as relay:
        await relay.publish(note, MIA.deletion(note))

        events = await until(source(relay, known=[f"nostr:{note['id']}"]), deletes)

    assert deletes(events)[0].uid == f"nostr:{note['id']}"


async def test_somebody_else_s_delete_is_told_as_theirs(source):
    note = MIA.note()
    frames = [
        ["EVENT", "notes", note],
        ["EOSE", "notes"],
        ["EOSE", "profiles"],
        ["EVENT", "deletions", ZED.deletion(note)],
    ]
    async with scripted_relay(*frames) as relay:
        events = await until(source(relay, known=[f"nostr:{note['id']}"]), deletes)

    assert deletes(events)[0].author == f"nostr:{ZED.pubkey}"


async def test_a_dead_relay_leaves_the_others_alone(source):
    async with local_relay() as relay:
        await relay.publish(MIA.note())

        events = await until(
            source(relay, DEAD), lambda events: posts(events) and "degraded" in str(healths(events))
        )

    assert "127.0.0.1:1 cannot be reached." in str(healths(events))


async def test_when_all_relays_are_dead_the_source_is_failing_and_goes_on_trying(source):
    events = await until(source(DEAD), healths)

    assert healths(events) == [("failing", "127.0.0.1:1 cannot be reached.")]


async def test_what_a_relay_makes_up_is_set_aside_and_the_rest_is_shown(source):
    good = MIA.note()
    forged = {**MIA.note("forged #pyconde"), "sig": ZED.note()["sig"]}
    tampered = {**MIA.note("before #pyconde"), "content": "after"}
    short_key = {**MIA.note("short #pyconde"), "pubkey": "ab"}
    half = {**MIA.note("half #pyconde"), "content": "\ud800"}
    frames = [["EVENT", "notes", one] for one in (forged, tampered, short_key, half, "text", None, 7)]
    nonsense = ["{", b"\xff", "[]", '"x"', "[" * 100_000]
    async with scripted_relay(*nonsense, *frames, ["EVENT", "notes", good], ["EOSE", "notes"]) as relay:
        events = await until(source(relay), posts)

    assert [post.uid for post in posts(events)] == [f"nostr:{good['id']}"]
    assert len(set_aside(events)) == len(frames) + len(nonsense)


async def test_a_note_from_the_future_is_set_aside(source):
    future = MIA.note(at=datetime.now(UTC) + timedelta(hours=1))
    async with scripted_relay(["EVENT", "notes", future], ["EOSE", "notes"], ["EOSE", "profiles"]) as relay:
        events = await until(source(relay), set_aside)

    assert "future" in set_aside(events)[0].reason


async def test_a_relay_that_sends_too_much_at_once_is_left_and_asked_again(source):
    async with scripted_relay("x" * 2_000_000) as relay:
        events = await until(source(relay), lambda _: sum(message[1] == "notes" for message in relay.requests) > 1)

    assert "sent something larger than 1048576 bytes" in str(healths(events))


async def test_a_relay_that_wants_no_readers_says_why(source):
    async with scripted_relay(["CLOSED", "notes", "auth-required: members only"]) as relay:
        events = await until(source(relay), healths)

    assert "refuses to be read: auth-required: members only" in str(healths(events))


async def test_a_note_waits_for_its_author_s_name_only_so_long(source):
    async with scripted_relay(["EVENT", "notes", MIA.note()], ["EOSE", "notes"]) as relay:
        events = await until(source(relay), posts)

    assert posts(events)[0].author.name == posts(events)[0].author.handle


async def test_reading_goes_on_fifteen_minutes_before_where_it_was(source):
    async with scripted_relay(["EOSE", "notes"]) as relay:
        since = json.dumps({relay.url: 1_795_300_000})

        await until(source(relay), lambda _: relay.requests, since)

    assert relay.requests[0][2]["since"] == 1_795_300_000 - 900


async def test_the_position_is_kept_for_each_relay(source):
    async with local_relay() as relay:
        await relay.publish(MIA.note())

        events = await until(source(relay), posts)

    assert list(json.loads(last_position(events))) == [relay.url]


@pytest.mark.parametrize("saved", ["", "{", "[]", '{"a": "b"}', '{"a": true}', "null"])
async def test_a_position_that_cannot_be_read_starts_anew(source, saved):
    async with scripted_relay(["EOSE", "notes"]) as relay:
        await until(source(relay), lambda _: relay.requests, saved)

    assert "since" not in relay.requests[0][2]


async def test_relays_that_all_refuse_the_connection_for_good_end_the_source(source):
    with pytest.raises(SourceError, match="not one of the web"):
        await until(Fast(guarded(source(DEAD))), lambda _: False)


def guarded(source):
    source.context.fetch.private_addresses = False
    return source.context


@pytest.mark.parametrize("relays", ["", "https://relay.example", "ws://relay.example", "wss://a?b"])
def test_relays_that_cannot_be_used_are_refused(relays):
    with pytest.raises(InvalidInput) as refusal:
        Nostr.check({"relays": relays})

    assert refusal.value.field == "relays"
