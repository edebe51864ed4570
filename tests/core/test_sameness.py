from dataclasses import replace

import pytest

from tests.cast import a_post
from tests.copied import NOSTR, OTHER_TEXT, TEXT, later, linking, note, skeet, toot
from wall.core.post import Author, Media, Picture, Span
from wall.core.sameness import alike, covers, same, says_the_same

LONG = (
    "Notes from the session on packaging: wheels are small, locks are long, and everybody in the room has a story "
    "about a broken build on a Friday evening. The best advice of all was to read the metadata before the code #PyConEx"
)
CUT = LONG[:180] + "…"
FACE = Picture("a", 96, 96, likeness="00ff00ff00ff00ff")
NEARLY = Picture("b", 96, 96, likeness="00ff00ff00ff00fc")
OTHER_FACE = Picture("c", 96, 96, likeness="ffffffff00000000")


def pictured(post, picture):
    return replace(post, media=(Media(kind="image", url=f"https://pics.example/{picture.id}", picture=picture),))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (TEXT, TEXT),
        (TEXT, TEXT.replace("#PyConEx", "PyConEx")),
        (TEXT, TEXT.upper()),
        (TEXT, f"{TEXT} (1/2)"),
        (TEXT, f"{TEXT} 🧵"),
        (TEXT, f"{TEXT} https://social.example/@alice/77"),
        (TEXT, f"{TEXT} @bob@other.example"),
        (LONG, CUT),
        ("Hi #PyConEx", "hi  pyconex …"),
    ],
)
def test_cross_posts_say_the_same(one, other):
    assert alike(a_post(one), a_post(other))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (TEXT, OTHER_TEXT),
        ("Great talk #PyConEx", "Great talks #PyConEx"),
        ("Good morning from #PyConEx", "Good evening from #PyConEx"),
        ("Room A now #PyConEx", "Room B now #PyConEx"),
        ("See you at #PyConEx", "Bye from #PyConEx"),
        ("", ""),
        ("https://one.example", "https://two.example"),
    ],
)
def test_unrelated_posts_do_not_however_short(one, other):
    assert not alike(a_post(one), a_post(other))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (toot(), skeet()),
        (toot(LONG), skeet(CUT)),
        (toot(links=("https://bsky.app/profile/al.bsky.social",), name="A."), skeet(handle="al.bsky.social")),
        (toot(links=("https://alice.example/",), name="A."), skeet(handle="alice.example", name="Al")),
        (toot(links=("https://alice.example",), name="A."), note(handle="me@alice.example", name="Al")),
        (toot(), later(skeet(), minutes=14)),
        (toot(), later(linking(skeet(), "https://social.example/@alice/77"), minutes=50)),
        (pictured(toot("Look"), FACE), pictured(skeet("Have a look at this one"), NEARLY)),
    ],
)
def test_what_one_person_sent_to_two_networks_is_the_same(one, other):
    assert same(one, other)
    assert same(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (toot(), skeet(name="Bob")),  # people echo slogans
        (toot(), skeet(handle="bob.bsky.social")),  # many are called Alice
        (toot(), toot(uid="ap:https://social.example/other")),  # the same network, the same author
        (toot(), skeet(OTHER_TEXT)),
        (toot(), later(skeet(), minutes=16)),
        (toot(), later(linking(skeet(), "https://elsewhere.example/"), minutes=50)),
        (toot(), later(linking(skeet(), "https://social.example/@alice/77"), minutes=61)),
        (pictured(toot("Look"), FACE), pictured(skeet("Have a look at this one"), OTHER_FACE)),
        (toot(handle="", name=""), skeet(handle="", name="")),
        (toot(links=("https://bsky.social",), name="A."), skeet(handle="al.bsky.social", name="Al")),
        (note(handle="npub1abcd…wxyz"), toot(handle="npub1abcd…wxyz@social.example", name="Bob")),
    ],
)
def test_one_signal_alone_is_not_enough(one, other):
    assert not same(one, other)
    assert not same(other, one)


@pytest.mark.parametrize(("face", "is_same"), [(NEARLY, True), (OTHER_FACE, False), (None, False)])
def test_of_two_with_one_name_the_face_may_tell(face, is_same):
    one = toot(handle="al@social.example")
    one = replace(one, author=replace(one.author, avatar=FACE))
    other = skeet()
    other = replace(other, author=replace(other.author, avatar=face))

    assert same(one, other) is is_same


def test_what_shows_another_picture_does_not_say_the_same():
    assert says_the_same(toot(), skeet())
    assert says_the_same(toot(), pictured(skeet(), FACE))
    assert not says_the_same(pictured(toot(), FACE), skeet())
    assert covers(pictured(toot(), FACE), pictured(skeet(), NEARLY))


def test_links_and_mentions_are_not_compared():
    text = "x.example is here, with @bob"
    post = a_post(
        text,
        author=Author(uid="nostr:1", handle="a", name="A"),
        source=NOSTR,
        spans=(Span(0, 9, "link", "https://x.example", "https://x.example/"), Span(24, 28, "mention", "bob")),
    )

    assert alike(post, a_post("is here, with"))


def test_words_and_links_that_nobody_saw_do_not_say_the_same():
    linked = replace(toot("Good morning all"), spans=(Span(5, 12, "link", "", "https://spam.example/"),))
    added = linking(toot(), "https://spam.example/")

    assert not says_the_same(linked, skeet("Good all"))
    assert not says_the_same(linked, skeet("Good morning all"))
    assert not says_the_same(added, skeet())
    assert says_the_same(skeet(), added)
    assert not says_the_same(toot("a" * 2_000 + "b"), skeet("a" * 2_000 + "c"))
