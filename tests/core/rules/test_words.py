from dataclasses import replace

import pytest

from tests.cast import ALICE, a_post
from wall.core.markup import from_text, tags
from wall.core.post import Media, Tag
from wall.core.rules import KINDS, Rule
from wall.core.rules.words import MOST_CHARACTERS, Found, TooLong, Words

EVERYWHERE = KINDS["words"].places


def listing(*entries, id="w", **fields):
    return Rule(id=id, kind="words", entries=entries, **{"places": EVERYWHERE, **fields})


def saying(text, **fields):
    marked = from_text(text)
    return a_post(marked.text, spans=marked.spans, tags=tags(marked), **fields)


def found(rule, post):
    return Words([rule]).found(post).get(rule.id)


INSULTS = listing("shit", "ass", "cunt", "cock", "sex", "dick", "tit", "kill yourself", "hure", "كس", "लंड", "傻逼")


@pytest.mark.parametrize(
    "text",
    [
        "What a shit talk",
        "sh1t",
        "ѕhіt",
        "s h i t",
        "s.h.i.t",
        "$hit",
        "ｓｈｉｔ happens",
        "𝓼𝓱𝓲𝓽",
        "s\u200bh\u200bi\u200bt",
        "#ShitConf",
        "k1ll   y0urself",
        "kill\nyourself",
        "Kill-yourself.",
        "so eine HURE!",
        "يا كس",
        "तू लंड है",
        "你是傻逼吗",
        "@shit what",
        "(ass)",
        "ass's",
    ],
)
def test_a_listed_word_is_found(text):
    assert found(INSULTS, saying(text))


@pytest.mark.parametrize(
    "text",
    [
        "Greetings from Scunthorpe",
        "Essex, Sussex and Middlesex",
        "class assessment with a cocktail in the cockpit",
        "Hurensohn ist ein anderes Wort, Kulturehre auch",
        "Donaudampfschifffahrtsgesellschaft",
        "Dickens, Moby-Dickinson, titan, title",
        "yourself, kill the process",
        "می‌کسب و کار",
        "مكسب كبير",
        "लंडन में मिलते हैं",
        "👩‍❤️‍👨 👨‍👩‍👧‍👦 🏳️‍🌈 🇩🇪🇫🇷",
        "W E L C O M E to the C L A S S",
        "room 455, at 5:55, v4.5.5",
        "https://example.org/shit",
        "рассказ о классе",
        "",
    ],
)
def test_an_innocent_word_is_not_found(text):
    rule = replace(INSULTS, places=("text", "name", "handle", "warning", "alt"))

    assert found(rule, saying(text)) is None


@pytest.mark.parametrize(
    ("post", "place"),
    [
        (a_post("Shit."), "text"),
        (a_post("Hello", tags=(Tag("Shit", "shit", "meta"),)), "text"),
        (a_post("Hello", author=replace(ALICE, name="Alice Shit")), "name"),
        (a_post("Hello", author=replace(ALICE, handle="@sh1t_lord@social.example")), "handle"),
        (a_post("Hello", content_warning="shit inside"), "warning"),
        (a_post("Hello", media=(Media(kind="image", url="https://a.example/1", alt="a shit picture"),)), "alt"),
        (saying("Look: https://shit.example/"), "links"),
        (saying("Look: https://a.example/%73hit"), "links"),
    ],
)
def test_words_are_looked_for_in_every_place_and_the_place_is_told(post, place):
    assert found(INSULTS, post) == Found("shit", place)


def test_words_are_looked_for_in_the_places_of_their_rule_only():
    rule = listing("shit", places=("name",))

    assert found(rule, saying("shit")) is None


def test_letters_of_an_address_are_no_words():
    assert found(listing("ass", whole_words=False), saying("See https://a.example/xAsSy")).place == "links"


@pytest.mark.parametrize("text", ["Scunthorpe", "SCUNTHORPE", "#scunthorpe"])
def test_a_part_of_a_word_is_found_when_asked_for(text):
    assert found(listing("cunt", whole_words=False), saying(text)) == Found("cunt", "text")


def test_an_asterisk_leaves_an_end_of_a_word_open():
    rule = listing("fuck*", "*hole")

    assert found(rule, saying("fucking")) == Found("fuck*", "text")
    assert found(rule, saying("an arsehole")) == Found("*hole", "text")
    assert found(rule, saying("unfucking holes")) is None


def test_an_exception_covers_what_is_part_of_it_and_nothing_else():
    rule = listing("dick", exceptions=("Dick Van Dyke",))

    assert found(rule, saying("I met Dick van Dyke today")) is None
    assert found(rule, saying("Dick van Dyke, not a dick")) == Found("dick", "text")


def test_each_list_finds_its_own_first_word():
    lists = [listing("apple", "pear", id="fruit"), listing("pear", "pearl", id="jewels")]

    assert Words(lists).found(saying("pear pearl apple")) == {
        "fruit": Found("pear", "text"),
        "jewels": Found("pear", "text"),
    }


def test_an_emoji_can_be_listed():
    assert found(listing("🍆"), saying("hello🍆🍆"))


def test_no_list_finds_nothing():
    assert Words([]).found(saying("anything")) == {}


def test_a_post_without_end_is_refused_rather_than_looked_through():
    with pytest.raises(TooLong):
        Words([INSULTS]).found(a_post("word " * MOST_CHARACTERS))


def test_words_that_nest_are_found_in_bounded_work():
    nested = listing(*("a" * length for length in range(2, 101)), whole_words=False)

    assert found(nested, a_post("a" * 5_000))
