import pytest

from tests.cast import BOB, a_post
from wall.core import duplicates
from wall.core.duplicates import Duplicates, sketch
from wall.core.markup import from_text

TALK = "The keynote on tram depots was the best talk that I have heard in years, thank you so much"
OTHER = "Lunch is served upstairs in the canteen until two, there are vegan dishes at the left counter"


def saying(text, **fields):
    marked = from_text(text)
    return a_post(marked.text, spans=marked.spans, **fields)


def groups(kept):
    """The ids of posts that are nearly the same, in groups of two and more."""
    return [group for group in kept.groups.values() if len(group) > 1]


def cluster(posts):
    kept = Duplicates()
    for post in posts:
        kept.join(post.id, sketch(post))
    return groups(kept)


@pytest.mark.parametrize(
    "text",
    [
        TALK.upper(),
        f"{TALK} #PyConEx https://example.org/x?y=z",
        f"@bob {TALK}!!!",
        TALK.replace("best", "greatest"),
        TALK[:-15],
        TALK.replace("a", "а"),  # a Cyrillic one
        f"via Alice: {TALK}",
    ],
)
def test_a_copy_with_a_little_changed_is_nearly_the_same(text):
    assert duplicates.resemblance(sketch(saying(TALK)), sketch(saying(text))) >= duplicates.LIKE


def test_other_words_are_not_the_same():
    assert duplicates.resemblance(sketch(saying(TALK)), sketch(saying(OTHER))) < 0.2


@pytest.mark.parametrize(
    "text", ["Great talk!", "#PyConEx https://example.org/a/long/address @bob @alice", "", "🎉" * 12]
)
def test_what_says_too_little_is_like_nothing(text):
    one, other = saying(text), saying(text)

    assert cluster([one, other]) == []


def test_copies_are_one_group_in_the_order_they_came():
    posts = [saying(TALK), saying(OTHER), saying(f"{TALK}!", author=BOB), saying(TALK.upper())]

    assert cluster(posts) == [[posts[0].id, posts[2].id, posts[3].id]]


def test_each_post_is_told_how_many_were_like_it():
    kept = Duplicates()

    counts = [kept.join(str(number), sketch(saying(TALK))) for number in range(4)]

    assert counts == [0, 1, 2, 3]


def test_a_post_is_no_copy_of_itself():
    kept = Duplicates()
    kept.join("a", sketch(saying(TALK)))

    assert kept.join("a", sketch(saying(TALK))) == 0


def test_the_oldest_is_forgotten():
    kept = Duplicates(most=3)
    for number, text in enumerate((TALK, TALK, OTHER, OTHER, OTHER)):
        kept.join(str(number), sketch(saying(text)))

    assert groups(kept) == [["2", "3", "4"]]
    assert kept.join("new", sketch(saying(TALK))) == 0


def test_a_group_outlives_its_first_post():
    kept = Duplicates(most=3)
    for number in range(6):
        kept.join(str(number), sketch(saying(TALK)))

    assert groups(kept) == [["3", "4", "5"]]


def test_a_sketch_is_written_and_read_again():
    kept = sketch(saying(TALK))

    assert duplicates.read(duplicates.written(kept)) == kept


@pytest.mark.parametrize("text", ["", "no sketch", "\u00e9", "~~~~~"])
def test_what_is_no_sketch_is_like_nothing(text):
    assert Duplicates().join("a", duplicates.read(text)) == 0


def test_a_sketch_does_not_grow_with_its_text():
    assert (
        len(sketch(saying("many different words of every kind " + " ".join(map(str, range(2_000))))))
        == duplicates.SKETCH
    )


def test_a_group_is_indexed_by_few_of_its_pieces():
    words = [
        "the",
        "slow",
        "talk",
        "about",
        "early",
        "trains",
        "and",
        "cake",
        "in",
        "the",
        "hall",
        "next",
        "to",
        "stairs",
    ]
    kept = Duplicates()
    for number in range(300):
        words = words[5:] + words[:5] if number % 2 else words[::-1]
        kept.join(str(number), sketch(saying(f"{' '.join(words)} {number} {number * 7919}")))

    assert sum(map(len, kept.holders.values())) <= duplicates.INDEXED * len(kept.sketches)
