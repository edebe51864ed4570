"""A made-up week of #trumanchester, the same each time: 4–10 September 2010, 296 people, 2,160 posts.

Who wrote how much, and when, is like what WTHashtag counted then: ten people wrote more than a thousand of the posts.
"""

import random
from collections import Counter
from datetime import UTC, datetime, timedelta

from tests.recount import Fact
from wall.core.post import Author, Media, Picture, Post, SourceRef, Span, Tag
from wall.core.programme import Session

TAG = "trumanchester"
PEOPLE, POSTS = 296, 2_160
TOP = (240, 160, 130, 110, 95, 80, 70, 60, 50, 45)
BEGINS, ENDS = datetime(2010, 9, 4, tzinfo=UTC), datetime(2010, 9, 11, tzinfo=UTC)
DAY = datetime(2010, 9, 7, tzinfo=UTC)
SESSIONS = (
    Session(id="tracks", title="Tracks", starts=DAY.replace(hour=9), ends=DAY.replace(hour=12)),
    Session(id="pub", title="In the pub", starts=DAY.replace(hour=11), ends=DAY.replace(hour=23)),
)
OTHER_TAGS = ("tru", "recruiting", "hr", "unconference")
PAGES = tuple(f"https://example.org/page/{number}" for number in range(40))


def author(number):
    return Author(
        uid=f"ap:https://social.example/users/p{number}", handle=f"@p{number}@social.example", name=f"P {number}"
    )


def the_week():
    """Return every post of the week in order, each with what there is to be counted of it, as (post, fact)."""
    dice = random.Random(20100904)
    writers = [number for number, many in enumerate(TOP) for _ in range(many)]
    writers += range(len(TOP), PEOPLE)
    writers += dice.choices(range(len(TOP), PEOPLE), k=POSTS - len(writers))
    dice.shuffle(writers)
    span = int((ENDS - BEGINS).total_seconds())
    seconds = sorted([0, span - 1, *(dice.randrange(span) for _ in range(POSTS - 2))])
    made, by_id = [], {}
    for number, (writer, second) in enumerate(zip(writers, seconds, strict=True)):
        answered = made[dice.randrange(len(made))][0] if made and dice.random() < 0.3 else None
        post, fact = one(dice, number, writer, BEGINS + timedelta(seconds=second), answered)
        made.append((post, fact))
        by_id[post.id] = fact
    replies = Counter(answered for post, _ in made if (answered := post.reply_to))
    return [(post, with_replies(fact, replies[post.uid])) for post, fact in made]


def one(dice, number, writer, at, answered):
    """Return a post and what is to be counted of it."""
    text, spans, tags, ties = f"Number {number}", [], [TAG], {}
    asks, pictured = dice.random() < 0.2, dice.random() < 0.1
    mentions = dice.sample(range(PEOPLE), k=dice.choice((0, 0, 1, 2)))
    for other in [*mentions, *mentions[:1]]:  # the first of them is named twice
        spans.append(
            Span(
                len(text) + 1,
                len(text) + 2 + len(f"p{other}"),
                "mention",
                f"p{other}",
                f"https://social.example/@p{other}",
            )
        )
        text += f" @p{other}"
    if dice.random() < 0.4:
        tags += dice.sample(OTHER_TAGS, k=dice.choice((1, 2)))
    page = dice.choice(PAGES) if dice.random() < 0.25 else ""
    if page:
        href = page.replace("https", dice.choice(("http", "https"))) + dice.choice(
            ("", "/", "#top", "?utm_source=x&fbclid=y")
        )
        spans.append(Span(len(text) + 1, len(text) + 1 + len(href), "link", href, href))
        text += f" {href}"
    text += (" Really?" if asks else " Really.") + "".join(f" #{tag}" for tag in tags)
    ties["hashtag"] = tuple(tags)
    ties["known as"] = (f"p{writer}@social.example",)
    if mentions:
        ties["mentions"] = tuple(f"p{other}@social.example" for other in mentions)
    if page:
        ties["link"] = (page,)
    if answered:
        ties["answers"] = (answered.author.uid,)
    received = at + timedelta(seconds=dice.randrange(30))
    language, place, kind = (
        dice.choice(("en", "en", "de", None)),
        dice.choice(("", "room", "remote")),
        dice.choice(("mastodon", "bluesky")),
    )
    reposts = dice.choice((0, 0, 0, 1, 5, dice.randrange(40)))
    post = Post(
        uid=f"ap:https://social.example/notes/{number}",
        source=SourceRef(id="m1", kind=kind),
        author=author(writer),
        text=text,
        created_at=at,
        received_at=received,
        spans=tuple(spans),
        tags=tuple(Tag(tag, tag) for tag in tags),
        media=(Media(kind="image", url="https://example.org/a.png", picture=Picture("0" * 32, 10, 10)),)
        * pictured,
        language=language and f"{language}-GB",
        reply_to=answered.uid if answered else None,
        reposts=reposts,
        place=place,
    )
    fact = Fact(
        id=post.id,
        author=post.author.uid,
        written=int(at.timestamp()),
        received=int(received.timestamp()),
        network=kind,
        language=language or "",
        where=place,
        reposts=reposts,
        asks=asks,
        pictured=pictured,
        sessions=tuple(session.id for session in SESSIONS if session.starts <= at < session.ends),
        ties=ties,
    )
    return post, fact


def with_replies(fact, number):
    return Fact(**{**{name: getattr(fact, name) for name in Fact.__dataclass_fields__}, "replies": number})
