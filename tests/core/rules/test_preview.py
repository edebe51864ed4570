from dataclasses import replace
from datetime import timedelta

from tests.cast import ALICE, BOB, NOW, a_post
from wall.core.rules import KINDS, Chain, Rule, preview
from wall.core.rules.preview import MOST_EXAMPLES

INSULTS = Rule(id="i", kind="words", entries=("shit",), places=KINDS["words"].places, effect="reject")
SENTENCE = "The same advertisement for the same shop, again and again"


def at(seconds, text="Hello", **fields):
    return replace(a_post(text, **fields), received_at=NOW + timedelta(seconds=seconds))


def test_a_rule_tells_what_it_would_have_caught():
    posts = [at(1, "Shit"), at(2), at(3, "sh1t")]

    seen = preview(INSULTS, posts, now=NOW)

    assert (seen.caught, seen.of) == (2, 3)
    assert [example.post.text for example in seen.examples] == ["sh1t", "Shit"]
    assert seen.examples[0].reason == "Word list: “shit” in the text."


def test_a_rule_is_tried_before_it_is_turned_on():
    draft = replace(INSULTS, on=False, until=NOW - timedelta(days=1))

    assert preview(draft, [at(0, "Shit")], now=NOW).caught == 1


def test_what_a_rule_would_skip_the_others_for_is_shown_of_it_alone():
    team = Rule(id="t", kind="authors", entries=(ALICE.handle,), effect="skip")
    posts = [at(0, "Shit"), at(1, "Shit", author=BOB)]

    assert preview(team, posts, now=NOW).caught == 1
    assert [one.post for one in preview(Chain((team, INSULTS)), posts, now=NOW).examples] == [posts[1]]


def test_pace_is_counted_by_author_in_the_order_the_posts_came():
    slow = Rule(id="p", kind="pace", limit=2)
    posts = [at(second) for second in (70, 0, 20, 10)] + [at(15, author=BOB)]

    seen = preview(slow, posts, now=NOW)

    assert [example.post.received_at for example in seen.examples] == [NOW + timedelta(seconds=20)]


def test_copies_are_those_that_came_after_the_first():
    copies = Rule(id="c", kind="copies", limit=2)
    posts = [at(second, SENTENCE) for second in range(4)]

    assert preview(copies, posts, now=NOW).caught == 2


def test_only_the_newest_examples_are_kept():
    posts = [at(second, "shit") for second in range(30)]

    seen = preview(INSULTS, posts, now=NOW)

    assert seen.caught == 30
    assert seen.examples[0].post == posts[-1]
    assert len(seen.examples) == MOST_EXAMPLES


def test_an_example_of_a_word_list_names_the_entry():
    seen = preview(INSULTS, [at(0, "Oh sh1t")], now=NOW)

    assert (seen.examples[0].found.entry, seen.examples[0].found.place) == ("shit", "text")
