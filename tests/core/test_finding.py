import json
from pathlib import Path

import pytest

from tests.cast import ALICE, BOB, NOW, a_post
from wall.core.finding import Filter, alikeness, asks, folded, is_like, pictures_of, searched, spoken
from wall.core.moderation import Standing, Status
from wall.core.post import Media, Picture, Remark, SourceRef, Span, post_id
from wall.errors import InvalidInput

FOLDING = json.loads((Path(__file__).parent.parent / "fixtures" / "folding.json").read_text(encoding="utf-8"))
KEPT = Picture("0" * 32, 8, 6)


def waiting(text="Hello #PyConEx", *, trusted=False, first_time=False, **fields):
    return Standing(post=a_post(text, **fields), status=Status.WAITING, trusted=trusted, first_time=first_time)


def pictured(alt=None, *, picture=KEPT, description=None):
    return (Media(kind="image", url="https://x.example/1.png", alt=alt, picture=picture, description=description),)


@pytest.mark.parametrize(("written", "read"), FOLDING)
def test_words_are_found_however_they_are_written(written, read):
    assert folded(written) == folded(read)


@pytest.mark.parametrize(
    ("wanted", "fitting", "other"),
    [
        ({"words": "CAFÉ au"}, waiting("Le cafe  au lait"), waiting("Le thé")),
        ({"words": "alice@social"}, waiting(), waiting(author=BOB)),
        ({"words": "bob"}, waiting(author=BOB), waiting()),
        ({"words": ".*"}, waiting("What is .* for?"), waiting("Anything")),
        ({"source": "m1"}, waiting(), waiting(source=SourceRef(id="m2", kind="mastodon"))),
        ({"source": "mastodon"}, waiting(), waiting(source=SourceRef(id="n", kind="nostr"))),
        ({"language": "pt"}, waiting(language="pt-BR"), waiting(language="en")),
        ({"language": "none"}, waiting(), waiting(language="en")),
        ({"pictures": "some"}, waiting(media=pictured("A cat")), waiting()),
        ({"pictures": "none"}, waiting(media=pictured(picture=None)), waiting(media=pictured())),
        ({"pictures": "undescribed"}, waiting(media=pictured()), waiting(media=pictured("A cat"))),
        ({"question": "yes"}, waiting("Where?"), waiting("Here.")),
        ({"reply": "yes"}, waiting(reply_to="ap:q"), waiting()),
        ({"thread": post_id("ap:q")}, waiting(reply_to="ap:q"), waiting(reply_to="ap:other")),
        ({"thread": post_id("ap:q")}, waiting(uid="ap:q"), waiting()),
        ({"place": "remote"}, waiting(place="remote"), waiting(place="room")),
        ({"writer": "new"}, waiting(first_time=True), waiting()),
        ({"writer": "trusted"}, waiting(trusted=True), waiting()),
        ({"writer": "untrusted"}, waiting(), waiting(trusted=True)),
        ({"by": ALICE.uid}, waiting(), waiting(author=BOB)),
        ({"like": alikeness(a_post("Buy followers now"))}, waiting("BUY followers now!"), waiting("Buy some")),
    ],
)  # fmt: skip
def test_a_filter_wants_what_it_says(wanted, fitting, other):
    filter = Filter.parse(wanted)

    assert filter.wants(fitting)
    assert not filter.wants(other)
    assert Filter.parse(filter.query()) == filter


def test_all_that_a_filter_says_must_hold():
    filter = Filter.parse({"words": "cat", "question": "yes"})

    assert filter.wants(waiting("A cat?"))
    assert not filter.wants(waiting("A cat."))
    assert not filter.wants(waiting("A dog?"))


def test_no_filter_wants_everything():
    assert not Filter.parse({"words": "  "})
    assert Filter().wants(waiting())


@pytest.mark.parametrize("query", [{"pictures": "x"}, {"writer": "' OR 1=1"}])
def test_a_choice_that_there_is_not_is_refused_in_words(query):
    with pytest.raises(InvalidInput, match="filter that there is not"):
        Filter.parse(query)


@pytest.mark.parametrize("text", ["How?", "なぜ？", "لماذا؟", "Γιατί;", "Ինչու՞", "Γιατί\u037e", "What‽"])
def test_a_question_is_one_in_any_script(text):
    assert asks(a_post(text))


def test_no_question_is_in_an_address_or_after_a_latin_word():
    address = "https://x.example/?q=1"

    assert not asks(a_post(f"See {address}", spans=(Span(4, 4 + len(address), "link", address),)))
    assert not asks(a_post("First; then"))


def test_posts_that_say_little_are_like_no_other():
    assert alikeness(a_post("Great talk!")) == ""


def test_posts_that_are_nearly_the_same_are_alike_whoever_wrote_them():
    one, other = (
        a_post("Buy followers now, cheap and quick 17"),
        a_post("Buy followers now, cheap + quick!", author=BOB),
    )

    assert is_like(alikeness(one), other)
    assert not is_like(alikeness(one), a_post("A talk that I liked very much indeed"))


@pytest.mark.parametrize("alikeness", ["x", "é", "====", "AAAA" * 200, "\ud800"])
def test_an_alikeness_that_is_none_is_like_nothing(alikeness):
    assert not is_like(alikeness, a_post("Buy followers now, cheap and quick"))


def test_what_the_team_describes_counts_as_described():
    said = Remark("A cat", "mia", "Mia", NOW)

    assert pictures_of(a_post(media=pictured(description=said))) == "some"


def test_a_content_warning_is_searched_too():
    assert "spiders" in searched(a_post(content_warning="Spiders"))


def test_a_language_is_one_whatever_its_region():
    assert spoken(a_post(language="zh-Hant")) == "zh"


@pytest.mark.parametrize("text", ["\ud800", "\u0301" * 5000, "\u202e?", "x" * 100_000, ""])
def test_bad_words_are_only_words(text):
    assert Filter(words=text[:100]).wants(waiting(text + "a")) is bool(folded(text[:100]) in folded(text + "a"))
