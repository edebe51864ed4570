"""What every source is, and what it yields. Nothing here knows any network."""

from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar, Protocol

from wall.core.event import Event
from wall.core.post import Author, Post
from wall.core.source import SourceSettings, State
from wall.core.subscription import Subscription
from wall.sources.fetch import Fetch


@dataclass(frozen=True, slots=True)
class Upsert:
    """A post that is new, or newer than one yielded before."""

    post: Post


@dataclass(frozen=True, slots=True)
class Delete:
    """The author deleted a post, known by its uid or one of its aliases.

    With `author` (an author's uid), it counts only if that is who wrote the post.
    """

    uid: str
    author: str | None = None


@dataclass(frozen=True, slots=True)
class Restore:
    """A post that was deleted is shown by its network again, as when its author's account is back. It waits anew."""

    post: Post


@dataclass(frozen=True, slots=True)
class SetAside:
    """Something that should have been a post and could not be read; `reason` is for the organiser."""

    reason: str


@dataclass(frozen=True, slots=True)
class Health:
    """How the source fares, in words, and in a sentence each what it cannot see just now and why."""

    state: State
    detail: str
    blind_spots: Sequence[str] = ()

    @property
    def words(self) -> str:
        return " ".join((self.detail, *self.blind_spots))


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """Where to go on after a restart. It covers all that was yielded before it, and the rest of its own batch."""

    position: str


@dataclass(frozen=True, slots=True)
class Asked:
    """The network was asked what became of a post, by its uid: who answered it was yielded before this."""

    uid: str


@dataclass(frozen=True, slots=True)
class Amplified:
    """Who passed a post on, known by its uid, as far as its network tells: told before or not, some of them or all."""

    uid: str
    by: Sequence[Author]


SourceEvent = Upsert | Delete | Restore | SetAside | Health | Checkpoint | Asked | Amplified
Batch = Sequence[SourceEvent]


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """One thing the organiser fills in to set up a source; the form is drawn from it.

    A `secret` is never shown again. Another option that `directs` may say where the secrets are sent: when it is
    changed, they are asked for once more. One for an `expert` does well as it is, and is folded away. `check` returns
    the cleaned value or raises InvalidInput.
    """

    name: str
    label: str
    help: str
    required: bool = False
    secret: bool = False
    directs: bool = True
    expert: bool = False
    default: str = ""


class Bell(Protocol):
    """A public address of a source's own, at which hubs that it subscribed to ring when there is something new."""

    def address(self, token: str) -> str: ...

    async def subscriptions(self) -> Sequence[Subscription]: ...

    async def save(self, subscription: Subscription) -> None: ...

    async def forget(self, token: str) -> None: ...

    async def rung(self) -> bool:
        """Tell whether somebody rang since this was asked last."""
        ...


async def no_posts() -> Sequence[Post]:
    return ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """What a source is given to work with.

    `known(limit)` returns the uids of its newest posts that are waiting or on the wall, newest first, so that
    deletes and edits of them can be looked for, and `recall()` such posts themselves, for who begins anew. `to_ask()`
    returns those on the wall about which to ask now who answered them, if replies are wanted, and who passed them on,
    where the network tells that. `now()` is the time, aware UTC. Of `event`, the hashtags, terms and what becomes of
    replies are as they are now, for with others a source begins anew; the rest is as it was then. Without a public
    address there is no `bell`.
    """

    settings: SourceSettings
    event: Event
    fetch: Fetch
    known: Callable[[int], Awaitable[Sequence[str]]]
    now: Callable[[], datetime]
    bell: Bell | None = None
    to_ask: Callable[[], Awaitable[Sequence[Post]]] = no_posts
    recall: Callable[[], Awaitable[Sequence[Post]]] = no_posts


class Source(Protocol):
    """A place posts come from, read by us.

    A class may set `owner_only`: only an owner of the installation sets up such a source. One with `terms`, which say
    what it costs and who must permit it, is offered apart from what is free for everybody. It may have a class method
    `known_as(handle, settings)`, which returns the uids of who has this handle, or raises InvalidInput when nobody can.
    With a class method `describe(position)` it returns the Place of a position, None for one it cannot read. Its
    `blind_spots` are what no source of its kind can see, and why, a sentence each.
    One whose network tells who answered a post or passed it on asks about those of `Context.to_ask()` (replies.py).
    Where it is `nameless`, its authors have no handle, and none can be known from another network.
    With `forgets`, what it was given before a Checkpoint is given to nobody again once it reads on: a test must not.
    """

    kind: ClassVar[str]
    title: ClassVar[str]
    options: ClassVar[Sequence[Option]]
    pushed: ClassVar[bool]

    def __init__(self, context: Context) -> None: ...

    @classmethod
    def check(cls, options: Mapping[str, str]) -> Mapping[str, str]:
        """Return the options cleaned; raises InvalidInput naming the field that cannot be used."""
        ...

    def posts(self, since: str | None) -> AsyncGenerator[Batch, None]:
        """Yield batches for ever, from the position of the last Checkpoint on. Close it (`contextlib.aclosing`).

        Raises SourceError when it cannot go on; the caller waits and calls again. The source itself waits only
        between polite polls. Yields at least a Health when it finds itself working.
        """
        ...


class PushedSource(Protocol):
    """A place posts are sent to us from: `pushed` is true, there is nothing to read, and a route takes them in.

    `door` is the last part of that route's address, after the event's slug.
    """

    kind: ClassVar[str]
    title: ClassVar[str]
    options: ClassVar[Sequence[Option]]
    pushed: ClassVar[bool]
    door: ClassVar[str]

    @classmethod
    def check(cls, options: Mapping[str, str]) -> Mapping[str, str]:
        """Return the options cleaned; raises InvalidInput naming the field that cannot be used."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """A request in which another program sends us posts. `url` is as that program wrote it, the query included.

    The names of `headers` are in small letters.
    """

    url: str
    headers: Mapping[str, str]
    body: bytes


@dataclass(frozen=True, slots=True)
class Answer:
    """What a sender waits to be told in its own language."""

    media_type: str
    body: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Received:
    """What a delivery holds. Its `id` is taken in once, however often it comes; "" is nothing to take in.

    A sender with no `answer` of its own is told the ids of its posts.
    """

    id: str
    events: Sequence[SourceEvent] = ()
    answer: Answer | None = None


class ReceivingSource(PushedSource, Protocol):
    """A pushed source whose deliveries programs sign; `door` is `posts`, or `posts/` and the name of a dialect."""

    @classmethod
    def receive(cls, settings: SourceSettings, event: Event, delivery: Delivery, now: datetime) -> Received:
        """Return what was delivered. Raises NotAllowed for what is not signed, InvalidPost for what is no post."""
        ...
