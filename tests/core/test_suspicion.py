from dataclasses import replace
from datetime import timedelta

import pytest

from tests.cast import ALICE, NOW, a_post
from wall.core.matching import Match
from wall.core.post import Media, Span, Tag
from wall.core.suspicion import MOST_HASHTAGS, hints, suspicions
from wall.core.trust import Trust

OLD = replace(ALICE, created_at=NOW - timedelta(days=7))
YOUNG = replace(ALICE, created_at=NOW - timedelta(days=6, hours=23))
PICTURE = (Media(kind="image", url="https://social.example/cat.jpg"),)
LINK = (Span(start=0, end=5, kind="link", href="https://x.example/"),)
KNOWN = Trust(approved=1)
REFUSED = Trust(approved=5, against=("p1",))


@pytest.mark.parametrize(
    ("post", "trust"),
    [
        (a_post(author=OLD), Trust()),
        (a_post(author=YOUNG), KNOWN),
        (a_post(author=ALICE), KNOWN),
        (a_post(author=OLD, spans=LINK), KNOWN),
    ],
    ids=["an old account", "a young one known here", "an age unknown, but known here", "a link of one known here"],
)
def test_nothing_is_suspicious_about(post, trust):
    assert suspicions(post, trust) == []


@pytest.mark.parametrize(
    ("post", "trust", "words"),
    [
        (a_post(author=YOUNG), Trust(), "Its author's account is younger than 7 days."),
        (a_post(author=ALICE), Trust(), "Nothing by its author was approved yet, and nobody knows how old the account is."),
        (a_post(author=OLD, spans=LINK), Trust(), "It has a link, and nothing by its author was approved yet."),
        (a_post(author=OLD, media=PICTURE), KNOWN, "It has a picture, and its author is not trusted."),
        (a_post(author=OLD, emojis={":x:": PICTURE[0]}), KNOWN, "It has a picture, and its author is not trusted."),
        (a_post(author=replace(OLD, bot=True)), KNOWN, "Its author is a bot."),
        (a_post(author=OLD), REFUSED, "An earlier post by its author was removed or rejected for cause."),
    ],
)  # fmt: skip
def test_suspicious_is(post, trust, words):
    assert suspicions(post, trust) == [words]


SENT = Tag("PyConEx", "pyconex", "sent")
THIRTEEN = tuple(Tag(f"tag{number}", f"tag{number}") for number in range(MOST_HASHTAGS + 1))


@pytest.mark.parametrize(
    ("tags", "match", "words", "hint"),
    [
        (THIRTEEN[:-1], None, [], ()),
        ((*THIRTEEN[:-1], SENT), Match(tag=SENT), [], ()),
        (THIRTEEN, Match(tag=THIRTEEN[0]), ["It has 13 hashtags."], ("13 hashtags",)),
        (
            (Tag("PyConEx", "pyconex", "meta"),),
            Match(tag=Tag("PyConEx", "pyconex", "meta"), hidden=True),
            ["Its text does not show the hashtag #PyConEx."],
            ("Hashtag not in the text",),
        ),
        ((), Match(tag=Tag("PyConEx", "pyconex", "thread")), [], ("Continues its author’s post",)),
    ],
)
def test_hashtags_hint_at_spam(tags, match, words, hint):
    post = a_post(author=OLD, tags=tags)

    assert suspicions(post, KNOWN, match) == words
    assert hints(post, match) == hint
