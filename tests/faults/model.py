"""What ought to be seen: the rules of one wall, without servers, clocks or connections."""

from collections.abc import Callable
from dataclasses import dataclass, replace

ACTS = ("submit", "appear", "approve", "remove", "pin", "unpin", "edit", "correct", "withdraw")
"""`appear` and `correct` are posts and edits that the rules let through; `submit` and `edit` wait for a moderator."""


@dataclass(frozen=True, slots=True)
class Post:
    """A post as the model knows it; `words` are of its newest revision."""

    status: str
    words: str
    pinned: bool = False

    @property
    def shown(self) -> bool:
        return self.status == "approved"


@dataclass(frozen=True, slots=True)
class Shown:
    """A post as a viewer sees it."""

    id: str
    words: str
    pinned: bool


def after(post: Post | None, act: str, words: str) -> Post | None:
    """Return how a post stands after an act; what makes no sense for it changes nothing."""
    if post is None:
        return {"submit": Post("waiting", words), "appear": Post("approved", words)}.get(act)
    match act, post.status:
        case ("approve", "waiting" | "removed") | ("unpin", "approved"):
            return replace(post, status="approved", pinned=False)
        case "pin", "waiting" | "approved":
            return replace(post, status="approved", pinned=True)
        case "remove", "approved":
            return replace(post, status="removed", pinned=False)
        case "edit", "waiting" | "approved":
            return Post("waiting", words)
        case "correct", "waiting" | "approved":
            return replace(post, status="approved", words=words)
        case "edit" | "correct", "removed":
            return replace(post, words=words)
        case "withdraw", _:
            return Post("withdrawn", "")
    return post


def told(before: Post | None, now: Post | None) -> str | None:
    """Return the update that tells the public of a change, or None where it notices nothing."""
    was_shown, is_shown = bool(before and before.shown), bool(now and now.shown)
    if was_shown != is_shown:
        return "posted" if is_shown else "removed"
    if not is_shown or before == now:
        return None
    if before.words != now.words:
        return "edited"
    return "pinned" if now.pinned else "unpinned"


class Model:
    """One event: its posts by name, what the public is told of them, and its wall after each offset.

    `allowed` are the words that were on the wall since `settled` was said last; nobody may be sent any other.
    """

    def __init__(self, id_of: Callable[[str], str]) -> None:
        self.id_of = id_of
        self.posts: dict[str, Post] = {}
        self.log: list[tuple[str, str]] = []
        self.walls: list[tuple[Shown, ...]] = [()]
        self.allowed: set[str] = set()

    @property
    def wall(self) -> tuple[Shown, ...]:
        """The wall as it is, newest approval first."""
        return self.walls[-1]

    def act(self, act: str, name: str, words: str) -> None:
        """Let somebody do something to a post."""
        before = self.posts.get(name)
        now = after(before, act, words)
        if now is None:
            return
        self.posts[name] = now
        kind = told(before, now)
        if kind is None:
            return
        self.log.append((kind, self.id_of(name)))
        shown = Shown(self.id_of(name), now.words, now.pinned)
        self.walls.append(changed(self.wall, kind, shown))
        if now.shown:
            self.allowed.add(now.words)

    def settled(self) -> None:
        """Note that everybody has seen everything: from now on, what has left the wall is nobody's to see."""
        self.allowed.intersection_update({one.words for one in self.wall})


def changed(wall: tuple[Shown, ...], kind: str, shown: Shown) -> tuple[Shown, ...]:
    """Return a wall after one update, as docs/stream.md has it."""
    if kind == "void":
        return wall
    others = tuple([one for one in wall if one.id != shown.id])
    if kind == "removed":
        return others
    if kind == "posted":
        return (shown, *others)
    return tuple([shown if one.id == shown.id else one for one in wall])
