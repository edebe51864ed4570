import pytest

from tests.cast import a_post
from wall.core.markup import from_text, tags
from wall.core.phrases import phrases


def phrases_of(text, **fields):
    marked = from_text(text)
    return phrases(a_post(marked.text, spans=marked.spans, tags=tags(marked), **fields))


def test_words_and_two_side_by_side_are_compared_folded_and_shown_as_written():
    assert phrases_of("the Tensor Flow of all") == {
        "tensor": "Tensor", "flow": "Flow", "tensor flow": "Tensor Flow",
    }  # fmt: skip


def test_no_phrase_crosses_a_stop_word_a_sign_or_a_line():
    found = phrases_of("maps that age, buses\nbridges")

    assert set(found) == {"maps", "age", "buses", "bridges"}


def test_addresses_mentions_and_numbers_are_no_topic():
    assert phrases_of("https://example.org/tensorflow @alice@social.example 2026 20:15") == {}


def test_a_hashtag_is_a_topic_of_its_own_and_parts_what_is_beside_it():
    found = phrases_of("rusty #WebAssembly crabs")

    assert found == {"rusty": "rusty", "#webassembly": "#WebAssembly", "crabs": "crabs"}


@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        ("Größe", "große"), ("Велосипеды", "велосипеды"), ("हिन्दी", "हिन्दी"), ("القطار", "القطار"),
        ("地震", "地震"), ("l’accessibilité", "l'accessibilite"), ("Amara’s", "amara"),
    ],
)  # fmt: skip
def test_every_script_has_words(text, phrase):
    from wall.core.finding import folded

    assert [key for key in phrases_of(text) if folded(phrase) == key] == [folded(phrase)]


@pytest.mark.parametrize(
    "text", ["x" * 60, "これは長い文章でありましょう", "ok", "a b", "👏👏", "", "the and of und der"]
)
def test_what_is_no_word_is_no_topic(text):
    assert phrases_of(text) == {}


def test_a_post_of_ten_thousand_words_has_a_bounded_number():
    assert len(phrases_of(" ".join(f"word{number}" for number in range(10_000)))) <= 120
