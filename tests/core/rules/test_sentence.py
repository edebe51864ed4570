import pytest

from wall.core.rules import KINDS, Rule, sentence

PLACES = KINDS["words"].places


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        (
            Rule(id="1", kind="words", entries=("a", "b"), places=PLACES, effect="reject"),
            "Posts with “a” or “b” anywhere are rejected.",
        ),
        (
            Rule(id="1", kind="words", entries=("a",) * 5_000, places=("text", "name")),
            "Posts with any of 5,000 words and phrases in the text or the name wait for a moderator.",
        ),
        (
            Rule(id="1", kind="authors", entries=("@a@b",), effect="skip"),
            "Posts by @a@b skip the rules below.",
        ),
        (
            Rule(id="1", kind="domains", entries=("a.example",), places=("links", "server"), others=True),
            "Posts that link to anything but a.example, or come from authors elsewhere, wait for a moderator.",
        ),
        (
            Rule(id="1", kind="domains", entries=("a.example",), places=("server",), effect="reject"),
            "Posts by authors of a.example are rejected.",
        ),
        (Rule(id="1", kind="bots"), "Posts by bots wait for a moderator."),
        (Rule(id="1", kind="links", limit=3), "Posts with more than 3 links wait for a moderator."),
        (Rule(id="1", kind="age"), "Posts by accounts younger than 24 hours wait for a moderator."),
        (
            Rule(id="1", kind="of tomorrow"),
            "Posts of a kind that this program does not know wait for a moderator.",
        ),
    ],
)
def test_a_rule_is_said_in_one_sentence(rule, words):
    assert sentence(rule) == words


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_has_a_sentence(kind):
    rule = Rule(id="1", kind=kind, entries=("x",), places=KINDS[kind].places)

    assert "does not know" not in sentence(rule)
