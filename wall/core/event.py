"""An event: the occasion a wall is for, and which posts it wants."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Literal, get_args

from wall.core import matching, modes
from wall.core.chat import Chat
from wall.core.circle import CircleRule
from wall.core.languages import Language
from wall.core.matching import Match, Terms
from wall.core.modes import ByHand, Holding, Mode, Modes
from wall.core.mood import Listens
from wall.core.participation import Participation
from wall.core.post import Post
from wall.core.question import Asking
from wall.core.reactions import USUAL
from wall.core.retention import Retention
from wall.core.watch import Watch

Theme = Literal["dark", "light"]
Published = Literal["no", "names", "initials"]
PUBLISHED: tuple[Published, ...] = get_args(Published)
Wishes = Literal["heed", "wait", "ignore"]
WISHES: tuple[Wishes, ...] = ("heed", "wait", "ignore")
Replies = Literal["no", "wait", "judge"]
REPLIES: tuple[Replies, ...] = ("no", "wait", "judge")
REASONS = (
    "Not about this event",
    "Advertising",
    "Hurtful or insulting",
    "Shows or names somebody who may not want that",
    "Said already",
)

RESERVED_SLUGS = frozenset(
    (
        "static",
        "setup",
        "sign-in",
        "sign-out",
        "organise",
        "healthz",
        "readyz",
        "metrics",
        "api",
        "media",
        "account",
        "screen",
        "language",
        "oembed",
    )
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One event. `hashtags` are as the organiser writes them, `keys` what posts are matched by, theirs and
    then those of the aliases; `terms` is what else is asked of posts.

    `accent` is a colour `#rrggbb`, `theme` what its screens start with, `timezone` an IANA name, `language` what its
    screens speak, and to readers whose browsers ask for none that is known here; `version` grows
    with each change. `show_codes` lets screens show pictures that codes are in; with `two_eyes`, a post with a
    picture goes on the wall once two moderators said so. `mode` is the usual one; which one holds, `holding` tells.
    A desk holds up to `hold_posts` waiting posts for its moderator, who is left alone with them until nothing was heard
    of their hands for `hold_seconds`. `reasons` are what moderators may tell an author whose post is not shown;
    `house_rules` and `host`, who runs the wall and how they are reached, are plain text for everybody. `wishes` says
    what becomes of posts whose authors ask in their profiles to be left alone, `replies` of what answers a post on
    the wall without a hashtag of the event: not taken in, taken in to wait for a person, or judged like other posts.
    `polls` says whether the audience has any to look at; what changes polls writes it here.
    `questions` says whether the room may ask, and whether what it asks waits as posts do or only rules hold it.
    With a `circle`, only its members see the event, and that is how they decide who is one.
    `part_of` is the slug of the event that a circle is a part of; who is not of that circle learns of neither.
    With `back_channels`, people may talk in private about posts, where the installation has a key for it.
    `participation` says who writes and votes here; an event from before there was a choice keeps to its room.
    `reactions` are the keys of those that are offered. With a `chat`, it has editions with numbered questions.
    `listens` says whether moderators are told how posts sound, and whether they teach the guess; `tongues` are the
    languages that posts are likely to be in, none for the usual ones (core/tongue.py). `watch` is what the team
    watches for, to answer it first.
    With `mastodon_api`, programs of others may read its wall as they read Mastodon.
    `retention` says how long after its last day what people wrote is kept.
    `transcript` says whether whoever may read the wall may take its transcript away, and whether that names people.
    """

    slug: str
    title: str
    hashtags: tuple[str, ...]
    keys: tuple[str, ...]
    terms: Terms = Terms()
    timezone: str = "UTC"
    language: Language = "en"
    starts: date | None = None
    ends: date | None = None
    mode: Mode = "everything waits"
    modes: Modes = Modes()
    accent: str = "#ffb000"
    theme: Theme = "dark"
    show_codes: bool = False
    two_eyes: bool = False
    hold_posts: int = 10
    hold_seconds: int = 60
    reasons: tuple[str, ...] = REASONS
    wishes: Wishes = "heed"
    replies: Replies = "no"
    participation: Participation = Participation()
    reactions: tuple[str, ...] = USUAL
    house_rules: str = ""
    host: str = ""
    polls: bool = False
    questions: Asking = "off"
    circle: CircleRule | None = None
    part_of: str | None = None
    back_channels: bool = False
    chat: Chat | None = None
    listens: Listens = "learn"
    tongues: tuple[str, ...] = ()
    watch: Watch = Watch()
    mastodon_api: bool = False
    transcript: Published = "no"
    retention: Retention = Retention()
    version: int = 1

    @property
    def hidden(self) -> bool:
        """Tell whether nobody but its members and its team learns that there is such an event."""
        return self.circle is not None and self.part_of is not None

    @property
    def sought(self) -> tuple[str, ...]:
        """Every hashtag that networks are asked for, in the order of their `keys`."""
        return (*self.hashtags, *self.terms.aliases)

    def match(self, post: Post) -> Match | None:
        """Return by which hashtag a post belongs to the event, None when it does not."""
        return matching.match(post, self.keys, self.terms, self.timezone)

    def wants(self, post: Post) -> bool:
        return self.match(post) is not None

    def names(self, post: Post) -> bool:
        """Tell whether a post has one of the hashtags, whatever else is asked of it."""
        return matching.hashtag_of(post, self.keys, self.terms) is not None

    def may_want(self, post: Post) -> bool:
        """Tell whether a source should tell of a post, which is more than the event wants.

        With the hashtag alone its author may ask to be left out; without, it may go on from a post, or answer one.
        """
        follows = self.terms.continuations or self.replies != "no"
        return self.names(post) or (follows and post.reply_to is not None)

    def takes(self, post: Post, *, answering: bool) -> bool:
        """Tell whether a post is taken in, `answering` being whether the one it answers is on the wall."""
        if self.wants(post):
            return True
        return answering and self.replies != "no" and matching.may_answer(post, self.terms, self.timezone)

    def holding(self, now: datetime) -> Holding:
        """Return which mode holds, and until when."""
        return modes.holding(self.mode, self.modes, self.timezone, now)

    def with_mode(self, mode: Mode, *, by: str, now: datetime) -> "Event":
        """Return the event once a moderator chose a mode: until the schedule's next boundary, if one is ahead."""
        if any(time > now for time in modes.boundaries(self.modes, self.timezone)):
            return replace(self, modes=replace(self.modes, by_hand=ByHand(mode=mode, at=now, by=by)))
        return replace(self, mode=mode, modes=replace(self.modes, by_hand=None))
