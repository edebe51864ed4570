import pytest

from tests.copied import AT_URI, NOSTR_ID, STATUS, bridged_skeet, bridged_toot, entry, note, skeet, toot
from wall.config import Config
from wall.core.bridges import BRIDGES, Origin, names, origin, plain

CONVERT = "ap:https://bsky.brid.gy/convert/ap/"


@pytest.mark.parametrize(
    ("post", "name"),
    [
        (bridged_toot(), AT_URI),
        (toot(uid=f"{CONVERT}at%3A%2F%2Fdid%3Aplc%3Aalice%2Fapp.bsky.feed.post%2F3kabc"), AT_URI),
        (toot(uid=f"{CONVERT}at:/did:plc:alice/app.bsky.feed.post/3kabc"), AT_URI),
        (toot(uid="ap:https://web.brid.gy/convert/ap/https://blog.example/one/"), "https://blog.example/one"),
        (toot(uid=f"ap:https://mostr.pub/objects/{NOSTR_ID}"), f"nostr:{NOSTR_ID}"),
        (toot(uid=f"ap:https://nostr.brid.gy/convert/ap/nostr:{NOSTR_ID}"), f"nostr:{NOSTR_ID}"),
        (bridged_skeet(of=STATUS), STATUS),
        (skeet(handle="alice.nostr.brid.gy", bridged_from=f"nostr:{NOSTR_ID}"), f"nostr:{NOSTR_ID}"),
        (note(handle="alice_at_social.example@mostr.pub", bridged_from=f"ap:{STATUS}"), STATUS),
        (note(handle="alice@momostr.pink", bridged_from=f"ap:{STATUS}"), STATUS),
        (entry(), "https://social.example/@alice/77"),
    ],
)
def test_what_a_bridge_made_says_where_it_came_from(post, name):
    assert origin(post) == Origin(name, certain=True)


@pytest.mark.parametrize(
    "post",
    [
        skeet(bridged_from=STATUS),
        skeet(bridged_from=STATUS, handle="brid.gy.evil.example"),
        note(bridged_from=f"ap:{STATUS}"),
        note(bridged_from=f"ap:{STATUS}", handle="alice@notmostr.pub"),
        entry(host="planet.example"),
    ],
)
def test_what_anybody_can_write_of_their_own_post_is_no_proof(post):
    found = origin(post)

    assert found is not None
    assert not found.certain


@pytest.mark.parametrize(
    "post",
    [
        toot(),
        skeet(),
        note(),
        toot(uid=f"ap:https://evil.example/convert/ap/{AT_URI}"),
        toot(uid="ap:https://bsky.brid.gy/convert/ap/nonsense"),
        toot(uid="ap:https://[bsky.brid.gy/convert/ap/"),
        toot(uid="ap:https://mostr.pub/objects/none"),
        toot(uid="ap:"),
    ],
)
def test_a_post_of_its_own_came_from_nowhere(post):
    assert origin(post) is None


def test_an_organiser_may_trust_other_bridges():
    post = toot(uid=f"ap:https://bridge.example/convert/ap/{AT_URI}")

    assert origin(post, ("bridge.example",)) == Origin(AT_URI, certain=True)
    assert origin(bridged_toot(), ("bridge.example",)) is None


@pytest.mark.parametrize(
    ("name", "as_compared"),
    [
        (f"ap:{STATUS}", STATUS),
        ("http://Social.Example/@alice/77/#top", "https://social.example/@alice/77"),
        (AT_URI, AT_URI),
        (f"nostr:{NOSTR_ID}", f"nostr:{NOSTR_ID}"),
    ],
)
def test_names_are_compared_without_what_differs_between_spellings(name, as_compared):
    assert plain(name) == as_compared


def test_a_post_goes_by_its_id_and_its_address():
    assert names(toot()) == {STATUS, "https://social.example/@alice/77"}


def test_the_setting_begins_with_the_bridges_that_are_known():
    assert tuple(Config().bridges.split()) == BRIDGES
