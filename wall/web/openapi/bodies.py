"""What programs send, as types: the document is made from them."""

from typing import Annotated, Literal

from msgspec import UNSET, Meta, Struct, UnsetType

from wall.core.decision import Kind


class Decision(Struct):
    """A decision about the post that was seen. `id` is drawn by you: sent twice, it is one decision."""

    id: Annotated[str, Meta(pattern="^[A-Za-z0-9]{8,64}$")]
    post: str
    kind: Kind
    version: int
    hash: str
    picture: bool = False
    reason: str | None = None


class Decisions(Struct):
    """Decisions about different posts, in the order in which they were taken."""

    decisions: Annotated[list[Decision], Meta(min_length=1, max_length=50)]


class Sender(Struct):
    """Who wrote a post that is sent in, as the sender says."""

    name: str | UnsetType = UNSET
    handle: str | UnsetType = UNSET
    url: str | UnsetType = UNSET
    avatar: str | UnsetType = UNSET


class SentMedia(Struct):
    """A picture that is to be fetched and shown with a post."""

    url: str
    alt: str | UnsetType = UNSET


class SentPost(Struct):
    """A post that is sent in, or with `op` “delete” taken back."""

    external_id: Annotated[str, Meta(min_length=1)]
    op: Literal["upsert", "delete"] = "upsert"
    text: str | UnsetType = UNSET
    html: str | UnsetType = UNSET
    author: Sender | UnsetType = UNSET
    url: str | UnsetType = UNSET
    media: list[SentMedia] | UnsetType = UNSET
    hashtags: list[str] | UnsetType = UNSET
    created_at: str | UnsetType = UNSET
    edited_at: str | UnsetType = UNSET
    language: str | UnsetType = UNSET
    warning: str | UnsetType = UNSET
    sensitive: bool | UnsetType = UNSET
