"""What makes a post suspicious while only suspicious ones are held: said here once, for the machine and for people."""

from datetime import timedelta

from wall.core.matching import CONCLUDED, Match
from wall.core.post import Post
from wall.core.trust import Trust
from wall.core.words import _

YOUNG = timedelta(days=7)
MOST_HASHTAGS = 12

DEFINITION = (
    _("a picture, video or emoji of its own by an author who is not trusted"),
    _("an author with nothing approved here yet, whose account is younger than 7 days or of unknown age"),
    _("a link by an author with nothing approved here yet"),
    _("an account that calls itself a bot"),
    _("an author who had a post removed, or rejected for cause"),
    _("a hashtag that its text does not show, or more than %(most)s of them", most=MOST_HASHTAGS),
)
"""What is suspicious, in words for the staff. Trusted authors are not."""


def suspicions(post: Post, trust: Trust, match: Match | None = None) -> list[str]:
    """Return, in words, what is suspicious about a post whose author is not trusted; `match` is why it is here."""
    found = []
    if trust.against:
        found.append("An earlier post by its author was removed or rejected for cause.")
    if post.author.bot:
        found.append("Its author is a bot.")
    if post.media or post.emojis:
        found.append("It has a picture, and its author is not trusted.")
    if trust.approved == 0:
        found += first_time(post)
    if match and match.hidden:
        found.append(f"Its text does not show the hashtag #{match.tag.raw}.")
    if (number := hashtags(post)) > MOST_HASHTAGS:
        found.append(f"It has {number} hashtags.")
    return found


def hints(post: Post, match: Match | None) -> tuple[str, ...]:
    """Return, in few words, what of a post's hashtags a moderator should see."""
    found = []
    if match and match.hidden:
        found.append("Hashtag not in the text")
    if (number := hashtags(post)) > MOST_HASHTAGS:
        found.append(f"{number} hashtags")
    if match and match.tag.where == "thread":
        found.append("Continues its author’s post")
    return tuple(found)


def hashtags(post: Post) -> int:
    return sum(tag.where not in CONCLUDED for tag in post.tags)


def first_time(post: Post) -> list[str]:
    """Return what is suspicious about a post by somebody of whom nothing was approved yet."""
    found = []
    if post.author.created_at is None:
        found.append("Nothing by its author was approved yet, and nobody knows how old the account is.")
    elif post.received_at - post.author.created_at < YOUNG:
        found.append(f"Its author's account is younger than {YOUNG.days} days.")
    if any(span.kind == "link" for span in post.spans):
        found.append("It has a link, and nothing by its author was approved yet.")
    return found
