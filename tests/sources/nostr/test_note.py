import json
from datetime import UTC, timedelta

import pytest

from tests.sources.relay import MIA, ZED
from tests.sources.world import NOW
from wall.core.authorship import is_edit
from wall.core.moderation import Standing, Status
from wall.core.post import Media, SourceRef
from wall.errors import InvalidPost
from wall.sources.nostr.bech32 import encode
from wall.sources.nostr.event import verified
from wall.sources.nostr.note import deleted, parse_note
from wall.sources.nostr.profile import Profile, parse_profile

SOURCE = SourceRef(id="one", kind="nostr")
WRITTEN = NOW - timedelta(minutes=5)
NPUB = encode("npub", bytes.fromhex(ZED.pubkey))


def post(content="Hello #PyConDE", *, tags=(), profile=None, at=WRITTEN):
    event = verified(MIA.note(content, tags=[("t", "pyconde"), *tags], at=at))
    return parse_note(event, {MIA.pubkey: profile} if profile else {}, source=SOURCE, now=NOW)


def profile(**fields):
    return parse_profile(verified(MIA.profile(**fields)))


def test_a_note_becomes_a_post():
    made = post(profile=Profile(created_at=1, name="Mia", picture="https://x.example/a.png", bot=True))

    assert (made.text, made.author.name, made.author.uid) == ("Hello #PyConDE", "Mia", f"nostr:{MIA.pubkey}")
    assert made.author.handle.startswith("npub1")
    assert "…" in made.author.handle
    assert made.author.url.startswith("https://njump.me/npub1")
    assert made.url.startswith("https://njump.me/note1")
    assert (made.created_at, made.received_at, made.created_at.tzinfo) == (WRITTEN, NOW, UTC)
    assert [tag.key for tag in made.tags] == ["pyconde"]


def test_pictures_in_the_text_are_shown_beside_it_with_their_descriptions():
    url = "https://x.example/i.jpg"
    made = post(f"Look {url} #pyconde", tags=[("imeta", f"url {url}", "m image/jpeg", "alt a cat")])

    assert made.media == (Media(kind="image", url=url, alt="a cat"),)
    assert url not in made.text


def test_videos_are_told_from_pictures():
    assert [media.kind for media in post("https://x.example/v.mp4 https://x.example/p.webp?w=1").media] == [
        "video",
        "image",
    ]


def test_a_warning_hides_and_says_why():
    made = post(tags=[("content-warning", "spoiler")])

    assert (made.sensitive, made.content_warning) == (True, "spoiler")


def test_a_warning_is_cleaned_like_all_words():
    assert post(tags=[("content-warning", "spo\u202eiler\u200b ")]).content_warning == "spoiler"


def test_a_warning_without_a_reason_still_hides():
    assert post(tags=[("content-warning",)]).sensitive


def test_custom_emoji_are_pictures():
    made = post("Hi :blobcat: #pyconde", tags=[("emoji", "blobcat", "https://x.example/b.png")])

    assert made.emojis["blobcat"].url == "https://x.example/b.png"
    assert [span.value for span in made.spans if span.kind == "emoji"] == ["blobcat"]


@pytest.mark.parametrize("name", ["", "a b", "x" * 65, "\u202e", "<b>"])
def test_what_cannot_stand_for_an_emoji_is_none(name):
    assert post(tags=[("emoji", name, "https://x.example/b.png")]).emojis == {}


def test_only_emoji_that_the_text_uses_are_fetched():
    assert post(tags=[("emoji", "blobcat", "https://x.example/b.png")]).emojis == {}


def test_what_nip_92_tells_of_a_file_counts_more_than_its_name():
    imeta = (
        "imeta",
        "url https://x.example/a",
        "m video/mp4",
        "image https://x.example/a.jpg",
        "alt the hall",
        "dim 9x9",
    )

    made = post("See https://x.example/a and https://x.example/page", tags=[imeta])

    assert made.media == (
        Media(kind="video", url="https://x.example/a", preview_url="https://x.example/a.jpg", alt="the hall"),
    )
    assert made.text == "See  and https://x.example/page"


def test_what_stands_in_tags_only_is_no_picture_of_an_ordinary_note():
    assert post(tags=[("imeta", "url https://x.example/i.jpg", "m image/jpeg")]).media == ()


@pytest.mark.parametrize("imeta", [("imeta",), ("imeta", ""), ("imeta", "url"), ("imeta", "alt", "m image/png")])
def test_what_tells_of_no_file_is_passed_over(imeta):
    assert post("https://x.example/i.jpg", tags=[imeta]).media == (
        Media(kind="image", url="https://x.example/i.jpg"),
    )


def test_a_label_says_why_a_note_is_covered():
    made = post(tags=[("content-warning",), ("L", "content-warning"), ("l", "gore", "content-warning")])

    assert (made.sensitive, made.content_warning) == (True, "gore")


def test_a_protected_note_stays_where_its_author_put_it():
    assert post(tags=[("-",)]) is None


@pytest.mark.parametrize(
    ("original", "protocol", "uid"),
    [
        ("https://m.example/users/a/statuses/1", "activitypub", "ap:https://m.example/users/a/statuses/1"),
        ("at://did:plc:abc/app.bsky.feed.post/3k", "atproto", "at://did:plc:abc/app.bsky.feed.post/3k"),
        ("https://m.example/1", "atproto", None),
        ("at://did:plc:abc/app.bsky.feed.post/3k", "activitypub", None),
        ("https://blog.example/feed#1", "rss", None),
        ("javascript:alert(1)", "activitypub", None),
        ("https://m.example/ 1", "activitypub", None),
        ("at://did:plc:a\u202eb", "atproto", None),
        ("", "activitypub", None),
    ],
)
def test_what_a_bridge_made_says_of_which_post(original, protocol, uid):
    made = post(tags=[("proxy", original, protocol)])

    assert (made.bridged_from, made.aliases) == (uid, ())


@pytest.mark.parametrize("tag", [("proxy",), ("proxy", "https://m.example/1")])
def test_a_bridge_that_does_not_say_which_network_says_nothing(tag):
    assert post(tags=[tag]).bridged_from is None


def test_a_note_is_the_same_when_those_it_names_are_called_otherwise():
    note = MIA.note(f"Hi nostr:{NPUB}", at=WRITTEN)
    before, after = (
        parse_note(verified(note), {ZED.pubkey: Profile(created_at=1, name=name)}, source=SOURCE, now=NOW)
        for name in ("Zed", "Zelda")
    )
    standing = Standing(post=before, status=Status.APPROVED)

    assert (before.text, after.text) == ("Hi @Zed", "Hi @Zelda")
    assert not is_edit(standing, after)


def test_a_comment_answers_what_it_names_in_small_letters():
    event = verified(MIA.event(kind=1111, tags=[("E", "a" * 64), ("e", "b" * 64, "", "c" * 64)], at=WRITTEN))

    assert parse_note(event, {}, source=SOURCE, now=NOW).reply_to == f"nostr:{'b' * 64}"


def test_people_mentioned_have_short_names():
    assert post(f"Hi nostr:{NPUB}!").text == f"Hi @{NPUB[:9]}…{NPUB[-4:]}!"


@pytest.mark.parametrize(
    ("tags", "answered"),
    [
        ([("e", "a" * 64)], "a" * 64),
        ([("e", "a" * 64), ("e", "b" * 64)], "b" * 64),
        ([("e", "a" * 64, "", "root")], "a" * 64),
        ([("e", "a" * 64, "", "root"), ("e", "b" * 64, "", "reply")], "b" * 64),
        ([("e", "a" * 64, "", "mention")], None),
        ([("e", "a" * 64, "", ""), ("q", "b" * 64)], "a" * 64),
        ([("e", "nonsense")], None),
        ([("e",)], None),
    ],
)
def test_a_reply_names_what_it_answers(tags, answered):
    assert post(tags=tags).reply_to == (answered and f"nostr:{answered}")


def test_an_expired_note_is_no_post():
    assert post(tags=[("expiration", str(int(NOW.timestamp()) - 1))]) is None


@pytest.mark.parametrize("expiration", [str(int(NOW.timestamp()) + 60), "never", "9" * 5000, "-1"])
def test_a_note_that_has_not_expired_is_a_post(expiration):
    assert post(tags=[("expiration", expiration)]) is not None


def test_a_note_from_the_future_is_refused():
    with pytest.raises(InvalidPost, match="future"):
        post(at=NOW + timedelta(minutes=16))


def test_a_clock_a_little_fast_is_set_right():
    assert post(at=NOW + timedelta(minutes=14)).created_at == NOW


@pytest.mark.parametrize("seconds", [10**30, -(10**30)])
def test_a_time_that_does_not_exist_is_refused(seconds):
    raw = MIA.note(at=NOW)
    event = verified(raw)
    impossible = type(event)(
        id=event.id, pubkey=event.pubkey, kind=1, created_at=seconds, content="x", tags=event.tags
    )

    with pytest.raises(InvalidPost, match="time"):
        parse_note(impossible, {}, source=SOURCE, now=NOW)


def test_the_language_is_what_a_label_says():
    assert post(tags=[("l", "de", "ISO-639-1")]).language == "de"
    assert post(tags=[("l", "klingonese", "ISO-639-1")]).language is None
    assert post().language is None


def test_a_profile_says_what_somebody_calls_themselves():
    found = profile(name="mia", display_name="Mia Müller", picture="https://x.example/a.png", bot=False)

    assert (found.name, found.picture, found.bot) == ("Mia Müller", "https://x.example/a.png", False)


def test_a_hostile_profile_is_made_harmless():
    found = profile(display_name="‮evil" + "x" * 20_000, picture="javascript:alert(1)", bot="yes")

    assert len(found.name) <= 80
    assert "‮" not in found.name
    assert (found.picture, found.bot) == (None, None)


@pytest.mark.parametrize("content", ["", "{", "[" * 20_000])
def test_a_profile_that_is_no_json_is_refused(content):
    with pytest.raises(InvalidPost):
        parse_profile(verified(MIA.event(content, kind=0)))


def test_a_profile_that_is_another_json_is_empty():
    assert parse_profile(verified(MIA.event(json.dumps(["x"]), kind=0))).name == ""


def test_a_deletion_names_notes_and_nothing_else():
    event = verified(MIA.event(kind=5, tags=[("e", "a" * 64), ("e", "x"), ("e",), ("k", "1"), ("a", "b" * 64)]))

    assert deleted(event) == ["a" * 64]


def test_names_are_written_as_nip_19_says():
    key = "7e7e9c42a91bfef19fa929e5fda1b72e0ebc1a4c1141673e2794234d86addf4e"

    assert encode("npub", bytes.fromhex(key)) == "npub10elfcs4fr0l0r8af98jlmgdh9c8tcxjvz9qkw038js35mp4dma8qzvjptg"


def test_what_a_profile_asks_of_programs_goes_with_each_post():
    found = profile(name="mia", about="Sailing. #nobot #noindex")

    assert found.wishes == ("nobot", "noindex")
    assert post(profile=found).author.wishes == ("nobot", "noindex")
    assert post().author.wishes == ()
