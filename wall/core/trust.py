"""Trust: what a moderator gives an author by hand, what approved posts earn, and what ends both."""

from dataclasses import dataclass

from wall.core.moderation import Standing, Status

BY_HAND = "hand"
"""Stands among what speaks against an author when a moderator took the trust back."""

FORGIVEN = (Status.WAITING, Status.APPROVED, Status.STASHED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Trust:
    """How an author stands with the moderators of an event.

    `by` is who trusts them by hand; `approved` how many of their posts stand that a moderator approved; `against` the
    ids of posts that were removed, or rejected for cause, since a moderator trusted them last.
    """

    by: str | None = None
    approved: int = 0
    against: tuple[str, ...] = ()

    def counts(self, needed: int) -> bool:
        """Tell whether an author is trusted where `needed` approved posts earn it, 0 for never."""
        return not self.against and (self.by is not None or self.earned(needed))

    def earned(self, needed: int) -> bool:
        return 0 < needed <= self.approved

    def words(self, needed: int) -> str:
        """Return, in words for the card, why an author is trusted or how far from it; empty for nothing to say."""
        if self.against:
            return f"Not trusted: {against(self.against)}"
        posts = "1 approved post" if self.approved == 1 else f"{self.approved} approved posts"
        if self.by is not None:
            return f"Trusted by {self.by}" + (f", and {posts}" if self.earned(needed) else "")
        if self.earned(needed):
            return f"Trusted: {posts}"
        return f"{self.approved} of {needed} approved posts" if needed and self.approved else ""


def against(ids: tuple[str, ...]) -> str:
    number = sum(id != BY_HAND for id in ids)
    if number == 0:
        return "a moderator took it back"
    return f"{number} {'post' if number == 1 else 'posts'} removed or rejected for cause"


def credit(before: Standing, after: Standing) -> int:
    """Return by how much a change moves the count of its author's posts that stand approved by a moderator."""
    return is_credited(after) - is_credited(before)


def is_credited(standing: Standing) -> bool:
    return standing.visible and not standing.by_rule


def blame(before: Standing, after: Standing) -> bool | None:
    """Tell whether a change speaks against its author from now on, no longer (False), or neither (None).

    Who deletes a post that was removed is not forgiven it; who has it put back is.
    """
    if is_blamed(after) and not is_blamed(before):
        return True
    if after.post.author.uid != before.post.author.uid and is_blamed(before):
        return False  # Its author left, and nothing is kept of them.
    return False if is_blamed(before) and after.status in FORGIVEN else None


def is_blamed(standing: Standing) -> bool:
    """Tell whether a moderator removed a post, or rejected it for its picture or with a reason."""
    return not standing.by_rule and (
        standing.status is Status.REMOVED
        or (standing.status is Status.REJECTED and bool(standing.refused or standing.told))
    )
