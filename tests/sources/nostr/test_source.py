import asyncio
import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import httpx2
import pytest

from tests.cast import a_post
from tests.sources.peers import PACE
from tests.sources.relay import MIA, ZED, Relay, local_relay, scripted_relay
from tests.sources.world import amplifiers, deletes, healths, last_position, of, posts, set_aside, until
from wall.errors import InvalidInput, SourceError
from wall.sources.base import Amplified
from wall.sources.fetch import Fetch
from wall.sources.nostr.bech32 import encode
from wall.sources.nostr.source import Nostr
from wall.sources.servers import host_of

# Nobody listens on this port of this machine.
DEAD = Relay("ws://127.0.0.1:1")
WRITTEN = datetime.now(UTC).replace(microsecond=0) - timedelta(minutes=5)


class Fast(Nostr):
    profile_seconds = 0.3
    handle_seconds = 0.5
    glance_seconds = 0.02
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
    async with scripted_relay(["CLOSED", "notes", "error: too busy"]) as relay:
        events = await until(source(relay), healths)

    assert "refuses to be read: error: too busy" in str(healths(events))


async def test_a_relay_for_members_only_is_told_in_words_and_for_good(source):
    async with local_relay(members_only=True) as relay:
        with pytest.raises(SourceError, match="no key to sign in with, so name another relay") as refused:
            await until(source(relay), lambda _: False)

    assert refused.value.permanent


async def test_a_relay_that_does_not_tell_of_deletes_says_so_and_is_read_on(source):
    deletions = [["CLOSED", "deletions", "restricted: kind 5"]]
    note = MIA.note()
    frames = [["EVENT", "notes", note], ["EOSE", "notes"]]
    async with scripted_relay(*frames, profiles=[["EOSE", "profiles"]], deletions=deletions) as relay:
        events = await until(source(relay), lambda events: "degraded" in str(healths(events)))

    assert "does not tell of deletes" in str(healths(events))
    assert [post.uid for post in posts(events)] == [f"nostr:{note['id']}"]


async def test_a_relay_that_does_not_answer_is_told(source):
    async with scripted_relay() as relay:
        events = await until(Hasty(source(relay).context), healths)

    assert healths(events) == [("failing", f"{host_of(relay.url)}: It takes our question and does not answer it.")]


class Hasty(Fast):
    answer_seconds = 0.2


async def test_a_relay_that_falls_silent_later_is_told(source):
    clock = [WRITTEN]
    async with scripted_relay(["EOSE", "notes"], again=[]) as relay:
        reading = source(relay)
        reading.context = replace(reading.context, now=lambda: clock[0])

        async def wait(events):
            clock[0] += timedelta(seconds=10 * len(healths(events)))

        events = await until(reading, lambda events: "does not answer" in str(healths(events)), meanwhile=wait)

    assert [state for state, _ in healths(events)] == ["healthy", "failing"]


async def test_notes_are_passed_on_also_when_their_end_is_never_told(source):
    async with scripted_relay(["EVENT", "notes", MIA.note()], profiles=[["EOSE", "profiles"]]) as relay:
        assert posts(await until(Hasty(source(relay).context), posts))


async def test_what_a_relay_did_not_send_by_itself_is_found_by_asking_again(source):
    clock = [WRITTEN]
    again = [["EVENT", "again", MIA.note(at=WRITTEN)], ["EOSE", "again"]]
    async with scripted_relay(["EOSE", "notes"], again=again, profiles=[["EOSE", "profiles"]]) as relay:
        reading = source(relay)
        reading.context = replace(reading.context, now=lambda: clock[0])

        async def wait(events):
            clock[0] = WRITTEN + timedelta(seconds=130 * len(healths(events)))

        assert posts(await until(reading, posts, meanwhile=wait))


async def test_older_notes_are_asked_for_until_there_is_nothing_new(source):
    newer, older = MIA.note("newer #pyconde", at=WRITTEN), MIA.note("older #pyconde", at=WRITTEN)
    frames = [["EVENT", "notes", newer], ["EOSE", "notes"]]
    pages = [["EVENT", "older", newer], ["EVENT", "older", older], ["EOSE", "older"]]
    async with scripted_relay(*frames, older=pages, profiles=[["EOSE", "profiles"]]) as relay:
        since = json.dumps({relay.url: 1_795_300_000})

        events = await until(
            source(relay), lambda events: len(posts(events)) == 2 and len(asked_until(relay)) == 2, since
        )

    assert texts(events) == {"newer #pyconde", "older #pyconde"}
    assert asked_until(relay) == [int(WRITTEN.timestamp())] * 2


def asked_until(relay):
    return [message[2]["until"] for message in relay.requests if message[:2] == ["REQ", "older"]]


async def test_after_a_pause_all_that_a_relay_gives_a_few_at_a_time_is_read(source):
    times = [WRITTEN + timedelta(seconds=number) for number in range(25)]
    async with local_relay(most=10) as relay:
        await relay.publish(*(MIA.note(f"{at:%M:%S} #pyconde", at=at) for at in times))
        since = json.dumps({relay.url: int(WRITTEN.timestamp())})

        events = await until(source(relay), lambda events: len(posts(events)) == len(times), since)

    assert {post.created_at for post in posts(events)} == set(times)


async def test_a_delete_told_before_its_note_keeps_it_away(source):
    early, late = MIA.note("early #pyconde", at=WRITTEN), MIA.note("late #pyconde", at=WRITTEN)
    notes = [
        ["EVENT", "notes", MIA.deletion(early, late)],
        ["EVENT", "notes", late],
        ["EVENT", "notes", ZED.note()],
    ]
    async with scripted_relay(*notes, ["EOSE", "notes"], profiles=[["EOSE", "profiles"]]) as relay:
        events = await until(source(relay), posts)

    assert [post.author.uid for post in posts(events)] == [f"nostr:{ZED.pubkey}"]


async def test_a_note_that_expires_is_withdrawn_then(source):
    clock = [WRITTEN]
    note = MIA.note(tags=[("t", "pyconde"), ("expiration", str(int(WRITTEN.timestamp()) + 60))], at=WRITTEN)
    frames = [["EVENT", "notes", note], ["EOSE", "notes"]]
    async with scripted_relay(*frames, profiles=[["EOSE", "profiles"]]) as relay:
        reading = source(relay)
        reading.context = replace(reading.context, now=lambda: clock[0])

        async def wait(events):
            if posts(events):
                clock[0] = WRITTEN + timedelta(seconds=61)

        events = await until(reading, deletes, meanwhile=wait)

    assert [event.uid for event in deletes(events)] == [posts(events)[0].uid]
    assert "expiring" not in last_position(events)


async def test_a_note_that_expired_while_nobody_read_is_withdrawn_though_no_relay_answers(source):
    saved = json.dumps({"expiring": {"a" * 64: 1_795_300_000}})

    events = await until(source(DEAD), deletes, saved)

    assert [event.uid for event in deletes(events)] == [f"nostr:{'a' * 64}"]


async def test_when_notes_expire_is_kept_in_the_position(source):
    ends = int((datetime.now(UTC) + timedelta(days=1)).timestamp())
    note = MIA.note(tags=[("t", "pyconde"), ("expiration", str(ends))])
    async with local_relay() as relay:
        await relay.publish(note)

        events = await until(source(relay), posts)

    assert json.loads(last_position(events))["expiring"] == {note["id"]: ends}


async def test_reposts_are_counted_once_for_each_who_passes_it_on(source):
    note = MIA.note()
    async with local_relay() as relay:
        await relay.publish(note, ZED.repost(note), MIA.repost(note))

        events = await until(source(relay), lambda events: any(post.reposts == 2 for post in posts(events)))

    assert {post.uid for post in posts(events)} == {f"nostr:{note['id']}"}
    assert len({post.content_hash for post in posts(events)}) == 1


async def test_comments_and_pictures_come_like_notes(source):
    picture = [("t", "pyconde"), ("title", "The hall"), ("imeta", "url https://x.example/a", "m image/png")]
    comment = MIA.event("So true #pyconde", kind=1111, tags=[("t", "pyconde"), ("E", "a" * 64), ("e", "b" * 64)])
    async with local_relay() as relay:
        await relay.publish(comment, MIA.event("Full #pyconde", kind=20, tags=picture))

        events = await until(source(relay), lambda events: len(posts(events)) == 2)

    found = {post.text: post for post in posts(events)}
    assert found["So true #pyconde"].reply_to == f"nostr:{'b' * 64}"
    assert [media.url for media in found["The hall\nFull #pyconde"].media] == ["https://x.example/a"]


async def test_people_named_in_a_note_are_shown_by_their_names(source):
    npub = encode("npub", bytes.fromhex(ZED.pubkey))
    async with local_relay() as relay:
        await relay.publish(ZED.profile(name="Zed"), MIA.note(f"With nostr:{npub} #pyconde"))

        events = await until(source(relay), posts)

    assert texts(events) == {"With @Zed #pyconde"}


# Names at domains (NIP-05)


@pytest.fixture
async def domains():
    """Answer for domains: what stands in `told` by address, and nothing for others. Gives `told` and the client."""
    told = {}

    async def answer(request):
        found = told.get(str(request.url), httpx2.Response(404))
        return await found(request) if callable(found) else found

    async with Fetch(user_agent="Wall/1", private_addresses=True, transport=httpx2.MockTransport(answer)) as fetch:
        yield told, fetch


@pytest.fixture
def handle_of(source, domains):
    """Say what a note of Mia's is signed with, when her profile claims a name."""
    _, fetch = domains

    async def handle_of(claim):
        frames = [["EVENT", "notes", MIA.note()], ["EOSE", "notes"]]
        profiles = [["EVENT", "profiles", MIA.profile(name="Mia", nip05=claim)], ["EOSE", "profiles"]]
        async with scripted_relay(*frames, profiles=profiles) as relay:
            reading = source(relay)
            reading.context = replace(reading.context, fetch=fetch)
            return posts(await until(reading, posts))[0].author.handle

    return handle_of


def names(**names):
    return httpx2.Response(200, json={"names": names})


NPUB = encode("npub", bytes.fromhex(MIA.pubkey))
UNCONFIRMED = f"{NPUB[:9]}…{NPUB[-4:]}"


@pytest.mark.parametrize(
    ("claim", "name", "shown"),
    [("Mia@X.example", "mia", "mia@x.example"), ("_@x.example", "_", "x.example")],
)
async def test_a_name_that_its_domain_confirms_is_shown(domains, handle_of, claim, name, shown):
    told, _ = domains
    told[f"https://x.example/.well-known/nostr.json?name={name}"] = names(**{name: MIA.pubkey})

    assert await handle_of(claim) == shown


@pytest.mark.parametrize(
    "answer",
    [
        names(mia=ZED.pubkey),
        names(other=MIA.pubkey),
        httpx2.Response(200, json=[]),
        httpx2.Response(200, json={"names": [MIA.pubkey]}),
        httpx2.Response(200, text="<html>"),
        httpx2.Response(500),
        httpx2.Response(302, headers={"location": "https://y.example/names.json"}),
    ],
    ids=["somebody else's", "another name", "a list", "names in a list", "a page", "trouble", "a redirect"],
)
async def test_a_name_that_its_domain_does_not_confirm_is_not_shown(domains, handle_of, answer):
    told, _ = domains
    told["https://x.example/.well-known/nostr.json?name=mia"] = answer
    told["https://y.example/names.json"] = names(mia=MIA.pubkey)

    assert await handle_of("mia@x.example") == UNCONFIRMED


@pytest.mark.parametrize(
    "claim", ["mia", "@x.example", "mia@localhost", "mia@127.0.0.1", "m a@x.example", "a@b@c.de"]
)
async def test_what_is_no_name_at_a_domain_asks_nobody(handle_of, claim):
    assert await handle_of(claim) == UNCONFIRMED


async def test_a_domain_that_does_not_answer_holds_a_note_up_only_so_long(domains, handle_of):
    told, _ = domains
    never = asyncio.Event()

    async def silent(request):
        await never.wait()

    told["https://x.example/.well-known/nostr.json?name=mia"] = silent

    assert await handle_of("mia@x.example") == UNCONFIRMED


async def test_a_relay_s_own_limit_is_kept(source, domains):
    told, fetch = domains
    async with scripted_relay(["EOSE", "notes"]) as relay:
        told[relay.url.replace("ws:", "http:")] = httpx2.Response(200, json={"limitation": {"max_limit": 40}})
        reading = source(relay)
        reading.context = replace(reading.context, fetch=fetch)

        await until(reading, lambda _: relay.requests)

    assert relay.requests[0][2]["limit"] == 40


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


async def test_a_relay_tells_who_passes_on_a_note_on_the_wall_with_what_their_profile_asks(source):
    note, unshown = MIA.note("Shown #pyconde"), MIA.note("Waits #pyconde")
    shy = ZED.profile(name="Zed", about="Leave me out. #nobot")
    on_the_wall = a_post(uid=f"nostr:{note['id']}")
    async with local_relay() as relay:
        await relay.publish(note, unshown, shy, ZED.repost(note), ZED.repost(unshown))
        reading = source(relay, to_ask=[on_the_wall])
        reading.asking = PACE
        published = []

        async def live(events):
            if amplifiers(events) and not published:
                published.append(await relay.publish(MIA.repost(note)))

        events = await until(reading, lambda events: len(amplifiers(events)) == 2, meanwhile=live)

    told = [(one.uid, author.uid, author.wishes) for one in of(Amplified, events) for author in one.by]
    assert told == [
        (on_the_wall.uid, f"nostr:{ZED.pubkey}", ("nobot",)),
        (on_the_wall.uid, f"nostr:{MIA.pubkey}", ()),
    ]
