import pytest

from tests.cast import BOB, a_post
from wall.core import likeness
from wall.core.likeness import Likenesses, cluster, sketch
from wall.core.markup import from_text

TALK = "The keynote on tram depots was the best talk that I have heard in years, thank you so much"
OTHER = "Lunch is served upstairs in the canteen until two, there are vegan dishes at the left counter"


def saying(text, **fields):
    marked = from_text(text)
    return a_post(marked.text, spans=marked.spans, **fields)


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
    assert likeness.likeness(sketch(saying(TALK)), sketch(saying(text))) >= likeness.LIKE


def test_other_words_are_not_the_same():
    assert likeness.likeness(sketch(saying(TALK)), sketch(saying(OTHER))) < 0.2


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
    likenesses = Likenesses()

    counts = [likenesses.join(str(number), sketch(saying(TALK))) for number in range(4)]

    assert counts == [0, 1, 2, 3]


def test_a_post_is_no_copy_of_itself():
    likenesses = Likenesses()
    likenesses.join("a", sketch(saying(TALK)))

    assert likenesses.join("a", sketch(saying(TALK))) == 0


def test_the_oldest_is_forgotten():
    likenesses = Likenesses(most=3)
    for number, text in enumerate((TALK, TALK, OTHER, OTHER, OTHER)):
        likenesses.join(str(number), sketch(saying(text)))

    assert likenesses.clusters() == [["2", "3", "4"]]
    assert likenesses.join("new", sketch(saying(TALK))) == 0


def test_a_group_outlives_its_first_post():
    likenesses = Likenesses(most=3)
    for number in range(6):
        likenesses.join(str(number), sketch(saying(TALK)))

    assert likenesses.clusters() == [["3", "4", "5"]]


def test_a_sketch_is_written_and_read_again():
    kept = sketch(saying(TALK))

    assert likeness.read(likeness.written(kept)) == kept


@pytest.mark.parametrize("text", ["", "no sketch", "\u00e9", "~~~~~"])
def test_what_is_no_sketch_is_like_nothing(text):
    assert Likenesses().join("a", likeness.read(text)) == 0


def test_a_sketch_does_not_grow_with_its_text():
    assert (
        len(sketch(saying("many different words of every kind " + " ".join(map(str, range(2_000))))))
        == likeness.SKETCH
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
    likenesses = Likenesses()
    for number in range(300):
        words = words[5:] + words[:5] if number % 2 else words[::-1]
        likenesses.join(str(number), sketch(saying(f"{' '.join(words)} {number} {number * 7919}")))

    assert sum(map(len, likenesses.holders.values())) <= likeness.INDEXED * len(likenesses.sketches)
