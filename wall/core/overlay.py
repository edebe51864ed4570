"""The overlay: the one post that moderators have put over an event's video, and in which form it lies there."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal, get_args

from wall.core.curtain import Curtain
from wall.core.moderation import Standing

OverlayForm = Literal["card", "lower-third", "question"]
OVERLAY_FORMS: tuple[OverlayForm, ...] = get_args(OverlayForm)


@dataclass(frozen=True, slots=True, kw_only=True)
class Overlay:
    """What overlays show: a post as a moderator saw it (`content_hash`), or nothing where `post_id` is empty.

    `form` is kept when the post is taken off, for the next one. `version` grows with each change.
    """

    post_id: str = ""
    content_hash: str = ""
    form: OverlayForm = "card"
    since: datetime | None = None
    by: str = ""
    by_name: str = ""
    version: int = 0

    def may_show(self, standing: Standing | None, curtain: Curtain) -> bool:
        """Tell whether a post may lie over the video now: as it was sent there, and as the curtain lets it be seen."""
        if standing is None or not standing.visible or standing.post.id != self.post_id:
            return False
        return self.is_as_sent(standing) and is_seen(standing, curtain)

    def is_as_sent(self, standing: Standing) -> bool:
        """Tell whether a post says what it did when it was sent there, and has not left the wall since."""
        later = self.since is not None and (standing.approved_at is None or standing.approved_at > self.since)
        return standing.post.content_hash == self.content_hash and not later


def is_seen(standing: Standing, curtain: Curtain) -> bool:
    """Tell whether a post on the wall may be shown to the room under a curtain."""
    if curtain.kind == "blank" or (curtain.kind == "pinned" and not standing.pinned):
        return False
    return not curtain.holds_back(standing.approved_at)
