"""Who wrote a post, as an AppView tells (lexicon app.bsky.actor.defs#profileViewDetailed). Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from wall.core.link import safe_href
from wall.core.post import Author
from wall.core.text import clean_name
from wall.core.wishes import wishes
from wall.sources.bluesky.record import HIDDEN, HOME
from wall.sources.payload import mappings, moment, string

NO_HANDLE = "handle.invalid"


@dataclass(frozen=True, slots=True)
class Profile:
    """An author, and whether people who are not signed in may see them: whoever looks at a wall is not."""

    author: Author
    public: bool


def parse_profile(view: Mapping[str, Any], did: str) -> Profile:
    """Return a profile. A handle that its owner's domain does not confirm is not shown."""
    handle = clean_name(string(view, "handle"))
    handle = did if handle in ("", NO_HANDLE) else handle
    labels = label_values(view)
    followers = view.get("followersCount")
    author = Author(
        uid=did,
        handle=handle,
        name=clean_name(string(view, "displayName")) or handle,
        url=f"{HOME}/{did}",
        avatar_url=safe_href(string(view, "avatar")),
        bot=True if "bot" in labels else None,
        followers=followers if type(followers) is int and followers >= 0 else None,
        created_at=moment(view.get("createdAt")),
        wishes=wishes(string(view, "description")),
    )
    return Profile(author, public=HIDDEN.isdisjoint(labels))


def label_values(view: Mapping[str, Any]) -> list[str]:
    """Return the labels that a post or an author bears, by whomever, without those that were taken back."""
    return [string(label, "val") for label in mappings(view.get("labels")) if label.get("neg") is not True]
