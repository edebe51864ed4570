from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from tests.cast import ALICE, NOW, a_post
from wall.core.answering import answer_uid
from wall.core.entry import LATEST, LONGEST_NAME, MOST_TIES, row
from wall.core.ledger import ANSWER, ASKS, BOT, BY_HOST, BY_RULE, PICTURED, STATUSES, UNSCORED, WARNED, WHERE
from wall.core.moderation import DELAY, Standing, Status
from wall.core.post import Media, Picture, SourceRef, Span, Tag

PICTURE = Media(kind="image", url="https://a.example/a.png", picture=Picture("0" * 32, 10, 10))


def standing(post, **fields):
    return Standing(post=post, status=fields.pop("status", Status.APPROVED), **fields)


def tied(post, kind, **fields):
    return [name for of, name in row(standing(post), **fields).ties if of == kind]


def test_a_row_says_when_where_and_how_often_and_nothing_that_was_written():
    post = a_post("Secret words", place="room", reposts=3, language="de-AT")
    entry = row(
        standing(post, approved_at=NOW + timedelta(seconds=9), replies=2, reactions={"heart": 4, "clap": 1})
    )

    at = int(NOW.timestamp())
    assert (entry.id, entry.author, entry.network, entry.language) == (post.id, ALICE.uid, "mastodon", "de")
    assert (entry.written, entry.received, entry.shown, entry.decided) == (at, at, at + 9, 0)
    assert (entry.replies, entry.reposts, entry.reactions) == (2, 3, 5)
    assert (STATUSES[entry.status], WHERE[entry.where], entry.mood) == (Status.APPROVED, "room", UNSCORED)
    assert "Secret" not in repr(entry)


def test_what_its_author_took_back_has_no_row():
    assert row(standing(a_post(), status=Status.WITHDRAWN)) is None


@pytest.mark.parametrize(
    ("fields", "flag"),
    [
        ({"text": "Really?"}, ASKS),
        ({"media": (PICTURE,)}, PICTURED),
        ({"content_warning": "spiders"}, WARNED),
        ({"sensitive": True}, WARNED),
        ({"author": replace(ALICE, bot=True)}, BOT),
        ({"uid": answer_uid("x"), "source": SourceRef(id="answer", kind="answer")}, ANSWER),
        ({}, 0),
    ],
)
def test_flags_say_what_kind_of_post_it_is(fields, flag):
    assert row(standing(a_post(fields.pop("text", "Hello"), **fields))).flags == flag


def test_a_host_is_told_from_others():
    assert row(standing(a_post()), by_host=True).flags == BY_HOST


@pytest.mark.parametrize(
    ("by", "decider", "flags"), [("mia", "mia", 0), ("rule:x", "", BY_RULE), (DELAY, "", BY_RULE)]
)
def test_only_a_person_is_named_as_having_decided(by, decider, flags):
    entry = row(standing(a_post(), decided_by=by, decided_at=NOW))

    assert (entry.decider, entry.flags, entry.decided) == (decider, flags, int(NOW.timestamp()))


def test_ties_are_known_by_folded_handles_and_each_once():
    spans = (
        Span(0, 4, "mention", "Bob", "https://other.example/@Bob"),
        Span(5, 9, "mention", "bob@other.example", "https://other.example/@Bob"),
        Span(10, 14, "mention", "bob@[", "https://[oops/@Bob"),
    )
    post = a_post("@Bob @bob", spans=spans[:2], tags=(Tag("A", "a"), Tag("a", "a"), Tag("s", "s", "sent")))

    assert tied(post, "mentions") == ["bob@other.example"]
    assert tied(post, "known as") == ["alice@social.example"]
    assert tied(post, "hashtag") == ["a"]
    assert tied(replace(post, spans=spans[2:]), "mentions") == ["bob@["]


def test_links_are_clean():
    href = "http://example.org/page/?utm_source=x#top"
    assert tied(a_post(href, spans=(Span(0, len(href), "link", href, href),)), "link") == [
        "https://example.org/page"
    ]


def test_an_answer_is_tied_to_whom_it_answers_or_to_nobody_that_is_known():
    post = a_post(reply_to="ap:https://x.example/1")

    assert tied(post, "answers", answered="ap:bob") == ["ap:bob"]
    assert tied(post, "answers") == [""]
    assert tied(a_post(), "answers") == []


def test_whoever_of_the_team_passed_it_on_is_in_no_tie():
    assert "carol" not in repr(row(standing(a_post(reposted_by=("@carol@team.example",)))))


def test_hostile_posts_fit_into_a_row():
    tags = tuple(Tag(f"t{number}", f"t{number}") for number in range(1_000))
    author = replace(ALICE, uid="a\n\ud800" + "x" * 10_000_000, handle="@" + "y" * 10_000_000)
    long = "https://example.org/" + "z" * 1_900
    post = replace(
        a_post(
            "x",
            tags=tags,
            spans=(Span(0, 1, "link", long, long),),
            reposts=2**80,
            language="!" * 99,
            author=author,
        ),
        reply_to="ap:https://x.example/1",
        created_at=datetime(1900, 1, 1, tzinfo=UTC),
        received_at=datetime(9000, 1, 1, tzinfo=UTC),
    )

    entry = row(standing(post, replies=-1))

    assert (entry.written, entry.received, entry.reposts, entry.replies, entry.language) == (
        0,
        LATEST,
        LATEST,
        0,
        "",
    )
    assert entry.ties[-1] == ("answers", "")
    assert (len(entry.ties), len(entry.author), "\n" in entry.author) == (MOST_TIES, LONGEST_NAME, False)
    assert entry.author.encode()
