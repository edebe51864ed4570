from dataclasses import replace
from datetime import timedelta

import pytest

from tests.cast import ALICE, BOB, MASTODON, NOW, a_post
from wall.core.markup import from_text
from wall.core.rules import KINDS, Facts, Rule

LINKED = "Read https://news.example.org/a and http://www.spam.example/b"
BOT = replace(ALICE, bot=True)


def rule(kind, *entries, **settings):
    return Rule(id="r", kind=kind, entries=entries, **{"places": KINDS[kind].places, **settings})


def saying(text, **fields):
    marked = from_text(text)
    return a_post(marked.text, spans=marked.spans, **fields)


def by(**fields):
    return a_post(author=replace(ALICE, **fields))


def told(rule, post, facts=Facts()):
    return KINDS[rule.kind].check(rule, post, facts)


@pytest.mark.parametrize(
    ("rule", "post", "words"),
    [
        (rule("authors", "@Alice@Social.example"), a_post(), "@alice@social.example"),
        (rule("authors", "alice@social.example"), a_post(), "@alice@social.example"),
        (rule("authors", ALICE.uid), a_post(), "@alice@social.example"),
        (rule("authors", "@alice@other.example", "alice"), a_post(), None),
        (rule("domains", "spam.example"), saying(LINKED), "spam.example is where a link leads"),
        (rule("domains", "Example.org."), saying(LINKED), "news.example.org is where a link leads"),
        (rule("domains", "ample.org", "com"), saying(LINKED), None),
        (rule("domains", "social.example"), a_post(), "social.example is the author's server"),
        (rule("domains", "social.example", places=("links",)), a_post(), None),
        (
            rule("domains", "example.org", others=True, places=("links",)),
            saying(LINKED),
            "spam.example is where a link leads",
        ),
        (rule("domains", "spam.example", "example.org", others=True, places=("links",)), saying(LINKED), None),
        (rule("sources", "Mastodon"), a_post(), "it came through mastodon"),
        (rule("sources", "m1"), a_post(), "it came through mastodon"),
        (
            rule("sources", "relay.example"),
            a_post(source=replace(MASTODON, place="relay.example")),
            "it came through relay.example",
        ),
        (rule("sources", "nostr"), a_post(), None),
        (rule("sources", "nostr", others=True), a_post(), "it came through mastodon"),
        (rule("languages", "pt", "en"), a_post(language="pt-BR"), "it is marked as pt-BR"),
        (rule("languages", "pt-BR"), a_post(language="pt"), None),
        (rule("languages", "en", "de", others=True), a_post(language="fr"), "it is marked as fr"),
        (rule("languages", "en", "de", others=True), a_post(language="de-AT"), None),
        (rule("languages", "en", others=True), a_post(), None),
        (rule("sensitive"), a_post(sensitive=True), "its author marked it as sensitive"),
        (rule("sensitive"), a_post(), None),
        (rule("bots"), a_post(author=BOT), "its author is a bot"),
        (rule("bots"), a_post(), None),
        (rule("replies"), a_post(reply_to="ap:https://a.example/1"), "it answers another post"),
        (rule("replies"), a_post(), None),
        (rule("reposts"), a_post("RT @bob: hello"), "it repeats somebody else's post"),
        (rule("reposts"), a_post("ART @bob"), None),
        (rule("links", limit=1), saying(LINKED), "2 links"),
        (rule("links", limit=2), saying(LINKED), None),
        (rule("links", limit=1), saying("https://a.example/ https://a.example/"), None),
        (rule("age", limit=24), by(created_at=NOW - timedelta(hours=3)), "its author's account is 3 hours old"),
        (rule("age", limit=100), by(created_at=NOW - timedelta(days=3)), "its author's account is 3 days old"),
        (rule("age", limit=24), by(created_at=NOW + timedelta(days=3)), "its author's account is 0 hours old"),
        (rule("age", limit=24), by(created_at=NOW - timedelta(hours=24)), None),
        (rule("age", limit=24), a_post(), None),
        (rule("followers", limit=2), by(followers=1), "its author has 1 follower"),
        (rule("followers", limit=2), by(followers=2), None),
        (rule("followers", limit=2), a_post(), None),
        (rule("capitals", limit=70), a_post("BUY THIS WONDERFUL THING now"), "88 % of its letters are capitals"),
        (rule("capitals", limit=70), a_post("WOW, NASA!"), None),
        (rule("capitals", limit=70), a_post("An ordinary sentence, of a person"), None),
        (
            rule("capitals", limit=70),
            saying("here you are, at https://EXAMPLE.ORG/ABCDEFGHIJKLMNOPQRSTUVWXYZ"),
            None,
        ),
        (rule("capitals", limit=70), a_post("هذا نص عربي طويل بلا أحرف كبيرة"), None),
    ],
)
def test_a_rule_tells_what_of_a_post_it_is_about(rule, post, words):
    assert told(rule, post) == words


@pytest.mark.parametrize(
    ("rule", "facts", "words"),
    [
        (rule("pace", limit=5), Facts(pace=6), "6 posts by its author in a minute"),
        (rule("pace", limit=5), Facts(pace=5), None),
        (rule("copies", limit=2), Facts(copies=2), "nearly the same as 2 others"),
        (rule("copies", limit=1), Facts(copies=1), "nearly the same as another"),
        (rule("copies", limit=2), Facts(copies=1), None),
    ],
)
def test_a_rule_about_what_came_before_goes_by_the_facts(rule, facts, words):
    assert told(rule, a_post(), facts) == words


def test_a_server_is_known_from_the_page_of_an_author_without_one_in_the_handle():
    post = a_post(author=replace(BOB, handle="bob", url="https://www.blog.example/bob"))

    assert told(rule("domains", "blog.example"), post) == "blog.example is the author's server"


@pytest.mark.parametrize("url", [None, "https://[broken/", "nonsense"])
def test_an_author_without_a_server_is_of_no_domain(url):
    post = a_post(author=replace(BOB, handle="bob", url=url))

    assert told(rule("domains", "blog.example"), post) is None


@pytest.mark.parametrize("name", [name for name, kind in KINDS.items() if "limit" in kind.settings])
def test_a_limit_begins_with_a_usable_number(name):
    kind = KINDS[name]

    assert kind.range[0] <= kind.default <= kind.range[1]
    assert kind.unit
