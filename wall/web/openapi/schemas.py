"""What programs are answered, as types: the document is made from them, and tests hold our answers against them."""

from typing import Any, Literal

from msgspec import UNSET, Struct, UnsetType

from wall.core.moderation import Status


class Author(Struct):
    """Who wrote a post, as they call themselves."""

    name: str
    handle: str
    avatar: str | None
    url: str | None


class Media(Struct):
    """A picture from our own copy; `src` is null where there is none, and `problem` says why."""

    kind: Literal["image", "video", "audio"]
    src: str | None
    thumb: str | None
    width: int | None
    height: int | None
    alt: str | None
    alt_by_team: bool
    code: bool
    problem: str | None


class Reaction(Struct):
    """How many people gave a post this reaction."""

    key: str
    emoji: str
    name: str
    count: int


class Answer(Struct):
    """What the wall itself answered to a post."""

    id: str
    by: str
    text: str
    html: str
    answered_at: str


class Post(Struct):
    """A post on the wall. What is relative in it is relative to the wall's address."""

    id: str
    url: str
    source: str
    author: Author
    text: str
    html: str
    language: str | None
    media: list[Media]
    hashtags: list[str]
    posted_at: str
    approved_at: str | None
    pinned: bool
    session: str | None
    reply_to: str | None
    replies: int
    answer: Answer | None
    reactions: list[Reaction]
    reposts: int
    also: list[str]
    instead_of: str | None
    place: str | None
    sensitive: bool
    warning: str | None


class Curtain(Struct):
    """What screens show of all that, and since when."""

    kind: str
    since: str | None


class Screen(Struct):
    """What is set for the screens."""

    theme: str
    curtain: Curtain


class Snapshot(Struct):
    """The wall at one cursor: the newest posts, and the ids of those that are pinned."""

    cursor: str
    posts: list[Post]
    pinned: list[str]
    screen: Screen


class Update(Struct):
    """One entry of the feed. A post is as it stands when it is sent."""

    offset: int
    kind: str
    at: str
    id: str | UnsetType = UNSET
    post: Post | UnsetType = UNSET
    curtain: Curtain | UnsetType = UNSET
    what: str | UnsetType = UNSET


class Updates(Struct):
    """What came after a cursor, and the cursor to ask from next."""

    cursor: str
    updates: list[Update]


class Queued(Struct):
    """A post that waits. A decision about it sends back the `version` and `hash` that were seen."""

    id: str
    version: int
    hash: str
    status: Status
    reason: str | None
    hints: list[str]
    post: Post


class Queue(Struct):
    """The posts that wait, oldest first, and how many there are of each status."""

    cursor: str
    counts: dict[Status, int]
    posts: list[Queued]


class Decided(Struct):
    """How a post stands now. With `first_of_two`, another person has to approve it, too."""

    id: str
    status: Status
    version: int
    pinned: bool
    first_of_two: bool


class Trouble(Struct):
    """What went wrong: a code for programs, and words. Of a lost decision, also who was faster, and what holds."""

    code: str
    message: str
    field: str | UnsetType = UNSET
    by: str | UnsetType | None = UNSET
    at: float | UnsetType | None = UNSET
    status: str | UnsetType = UNSET
    version: int | UnsetType = UNSET


class Error(Struct):
    """Every refusal has this shape."""

    error: Trouble


class OneAnswer(Struct):
    """What one of several decisions would have been answered alone: `body` is Decided, or Error."""

    id: str
    status: int
    body: dict[str, Any]


class DecisionAnswers(Struct):
    """Answers in the order of the decisions; what has none is to be sent again."""

    answers: list[OneAnswer]


class Taken(Struct):
    """The ids of the posts that were taken in."""

    ids: list[str]


class WebhookState(Struct):
    """How a webhook fares: told up to `cursor`, while the feed is at `tip`. `off` says why nothing is sent."""

    id: str
    name: str
    address: str
    kinds: list[str]
    off: Literal["hand", "gone", "failing"] | None
    cursor: str
    tip: str
    failures: int


class Webhooks(Struct):
    """The webhooks of an event."""

    webhooks: list[WebhookState]


class Message(Struct):
    """What a webhook is sent. `data` is a post, but for “posts.removed”, “event.arranged”, “resync” and “test”."""

    type: str
    timestamp: str
    wall: str
    event: str
    cursor: str
    data: dict[str, Any]
