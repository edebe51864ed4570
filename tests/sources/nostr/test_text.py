import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.sources.relay import ZED
from wall.core.post import Span
from wall.core.text import TEXT_GRAPHEMES
from wall.sources.nostr.bech32 import encode, key_in, unpacked
from wall.sources.nostr.profile import Profile
from wall.sources.nostr.text import marked, people

NPUB = encode("npub", bytes.fromhex(ZED.pubkey))
NPROFILE = encode("nprofile", b"\x01\x03wss\x00\x20" + bytes.fromhex(ZED.pubkey))
NOTE = encode("note", bytes(32))
PROFILES = {ZED.pubkey: Profile(created_at=1, name="Zed")}


@pytest.mark.parametrize("reference", [f"nostr:{NPUB}", f"nostr:{NPROFILE}", f"@nostr:{NPUB}"])
def test_people_are_shown_by_their_names(reference):
    found = marked(f"Hi {reference}!", PROFILES)

    assert found.text == "Hi @Zed!"
    assert [(span.kind, span.value, found.text[span.start : span.end]) for span in found.spans] == [
        ("mention", "Zed", "@Zed")
    ]
    assert people(f"Hi {reference}!") == [ZED.pubkey]


def test_other_notes_are_links():
    found = marked(f"See nostr:{NOTE} #pyconde", {})

    href = f"https://njump.me/{NOTE}"
    words = f"{NOTE[:9]}…{NOTE[-4:]}"
    assert found.text == f"See {words} #pyconde"
    assert found.spans[0] == Span(4, 4 + len(words), "link", href, href)
    assert [span.kind for span in found.spans] == ["link", "tag"]


@pytest.mark.parametrize("name", ["", "@", "@@ "])
def test_who_has_no_name_is_shown_by_the_key(name):
    profiles = {ZED.pubkey: Profile(created_at=1, name=name)}

    assert marked(f"nostr:{NPUB}", profiles).text == f"@{NPUB[:9]}…{NPUB[-4:]}"


def test_a_name_is_no_hashtag_of_the_note():
    profiles = {ZED.pubkey: Profile(created_at=1, name="#pyconde https://x.example")}

    assert [span.kind for span in marked(f"nostr:{NPUB} hi", profiles).spans] == ["mention"]


@pytest.mark.parametrize("mistyped", [NPUB[:-1] + "q", NPROFILE[:-2], "npub1" + "q" * 58, "naddr1" + "q" * 58])
def test_a_reference_to_nobody_is_a_link_and_asks_for_nobody(mistyped):
    assert people(f"nostr:{mistyped}") == []
    assert [span.kind for span in marked(f"nostr:{mistyped}", {}).spans] == ["link"]


def test_only_so_many_people_are_asked_for():
    others = [encode("npub", bytes(31) + bytes([number])) for number in range(50)]

    assert len(people(" ".join(f"nostr:{npub}" for npub in others))) == 10


def test_names_that_make_a_text_too_long_are_cut_with_it():
    profiles = {ZED.pubkey: Profile(created_at=1, name="Z" * 80)}

    found = marked(f"nostr:{NPUB} " * 100, profiles)

    assert len(found.text) <= TEXT_GRAPHEMES
    assert found.spans[-1].end <= len(found.text)


@given(st.text(), st.lists(st.sampled_from([f"nostr:{NPUB}", f"nostr:{NOTE}", "nostr:npub1", "#tag", "é", "\n"])))
def test_spans_are_in_order_and_inside_of_the_text(text, parts):
    found = marked(text.join(parts), PROFILES)

    places = [place for span in found.spans for place in (span.start, span.end)]
    assert places == sorted(places)
    assert all(0 <= place <= len(found.text) for place in places)


def test_keys_are_read_from_what_nip_19_adds_to_them():
    profile = "nprofile1qqsrhuxx8l9ex335q7he0f09aej04zpazpl0ne2cgukyawd24mayt8gpp4mhxue69uhhytnc9e3k7mgpz4mhxue69uhkg6nzv9ejuumpv34kytnrdaksjlyr9p"

    assert key_in("nprofile", profile).hex() == "3bf0c63fcb93463407af97a5e5ee64fa883d107ef9e558472c4eb9aaaefa459d"


@given(st.binary(min_size=1, max_size=200))
def test_bytes_are_read_as_they_were_written(data):
    assert unpacked(encode("nevent", data)) == ("nevent", data)


@given(st.binary(min_size=1, max_size=80))
def test_what_holds_no_key_gives_none(data):
    assert key_in("nevent", encode("nevent", b"\x01" + bytes([len(data)]) + data)) is None
