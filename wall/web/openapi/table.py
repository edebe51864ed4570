"""What programs may ask of a wall: one row a route. Tests hold it against the routes, and the routes against it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from wall.core.api_key import KeyRole
from wall.core.words import _
from wall.web.openapi import bodies, schemas

JSON = "application/json"


@dataclass(frozen=True, slots=True)
class Query:
    """One parameter of an address, with the JSON Schema of its value."""

    name: str
    about: str
    schema: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Reply:
    """One answer: of which types its JSON may be, or of which other media type it is."""

    about: str
    types: tuple[type, ...] = ()
    media_type: str = JSON


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation:
    """One route, as programs know it. `role` is what a key must be of, None where there is none.

    What is of the role “viewer” opens without a key, too. `refusals` are those that are its own.
    """

    id: str
    method: str
    path: str
    title: str
    about: str
    role: KeyRole | None
    replies: Mapping[int, Reply]
    query: Sequence[Query] = ()
    body: type | None = None
    signed: bool = False
    refusals: Sequence[int] = field(default=())

    @property
    def row(self) -> str:
        return f"{self.method} {self.path}"


REFUSALS: Mapping[int, str] = {
    401: _("No key, or one that opens nothing here."),
    403: _("The key is of another role, the event is by invitation, or nobody signed this."),
    404: _("There is no such event, or nothing of that name in it."),
    409: _("Somebody was faster, or the post changed since it was seen; the answer says who, and what holds."),
    410: _("That history is gone; ask without a cursor."),
    422: _("Something in the request cannot be used; “field” says where."),
    429: _("Too many requests: Retry-After says when to ask again."),
    503: _("The wall is catching its breath; ask again in a moment."),
}

OPERATIONS: Sequence[Operation] = (
    Operation(
        id="feed",
        method="GET",
        path="/{slug}/feed",
        title=_("The wall, and what changed since"),
        about=_(
            "Without a cursor, the wall as it is. With the cursor of the last answer, what came after it, in order and "
            "without holes. After 410, ask without one, and go on from there."
        ),
        role="viewer",
        query=(
            Query("cursor", _("The cursor of the last answer."), {"type": "string"}),
            Query(
                "view",
                _("Always “json”; other views are for our own pages."),
                {"type": "string", "enum": ["json"]},
            ),
        ),
        replies={
            200: Reply(_("The wall, or what changed."), (schemas.Snapshot, schemas.Updates)),
            304: Reply(_("Nothing is new since the answer with that ETag."), media_type=""),
        },
        refusals=(410, 422),
    ),
    Operation(
        id="picture",
        method="GET",
        path="/{slug}/media/{post_id}/{picture_id}/{size}",
        title=_("A picture of a post"),
        about=_("Our own copy of it, by the address that is in the post, while the post is on the wall."),
        role="viewer",
        replies={
            200: Reply(_("The picture."), media_type="image/webp"),
            304: Reply(_("It is as you have it."), media_type=""),
        },
    ),
    Operation(
        id="sendPost",
        method="POST",
        path="/{slug}/posts",
        title=_("Send a post in"),
        about=_(
            "For a source “Signed webhook”, signed with its secret after the Standard Webhooks scheme. The same "
            "external_id is the same post; the same webhook-id is one delivery."
        ),
        role=None,
        signed=True,
        body=bodies.SentPost,
        replies={
            202: Reply(_("It was taken in; rules and moderators decide what becomes of it."), (schemas.Taken,))
        },
        refusals=(403, 422),
    ),
    Operation(
        id="queue",
        method="GET",
        path="/{slug}/moderate/queue",
        title=_("What waits for a decision"),
        about=_("The oldest first, with the version and hash that a decision has to send back."),
        role="moderator",
        query=(Query("limit", _("How many, 100 at most."), {"type": "integer", "minimum": 1, "maximum": 100}),),
        replies={200: Reply(_("The queue."), (schemas.Queue,))},
        refusals=(422,),
    ),
    Operation(
        id="decide",
        method="POST",
        path="/{slug}/moderate/decisions",
        title=_("Decide about a post"),
        about=_(
            "Only about the post as it was seen: you are told when somebody was faster, or its author changed it."
        ),
        role="moderator",
        body=bodies.Decision,
        replies={200: Reply(_("How the post stands now."), (schemas.Decided,))},
        refusals=(409, 422),
    ),
    Operation(
        id="decideMany",
        method="POST",
        path="/{slug}/moderate/decisions/many",
        title=_("Decide about many posts"),
        about=_("Up to 50, each by itself. What has no answer was not tried, and is sent again."),
        role="moderator",
        body=bodies.Decisions,
        replies={200: Reply(_("What each would have been answered alone."), (schemas.DecisionAnswers,))},
        refusals=(422,),
    ),
    Operation(
        id="webhooks",
        method="GET",
        path="/organise/{slug}/programs/webhooks",
        title=_("How the webhooks fare"),
        about=_("How far each was told, and why one is off."),
        role="organiser",
        replies={200: Reply(_("The webhooks."), (schemas.Webhooks,))},
    ),
    Operation(
        id="audit",
        method="GET",
        path="/organise/{slug}/audit.jsonl",
        title=_("The audit log"),
        about=_("Who did what and when, the oldest first, one JSON object a line."),
        role="organiser",
        replies={200: Reply(_("The log."), media_type="application/jsonl")},
    ),
)

INTERNAL: Mapping[str, Sequence[str]] = {
    "It is asked by a browser that makes a passkey or signs in by one, for a person in front of it.": (
        "POST /sign-in/passkey/offer",
        "POST /sign-in/passkey",
        "POST /account/passkeys/offer",
        "POST /account/passkeys",
    ),
    "It serves a page of the audience of ours, and its shape follows that page's.": (
        "GET /{slug}/announcements",
        "GET /{slug}/polls.json",
        "POST /{slug}/polls/{poll}",
        "GET /{slug}/polls/{poll}/results/{key}",
        "GET /{slug}/chat.json",
        "GET /{slug}/chat/{number}/figures.json",
        "GET /{slug}/questions.json",
        "POST /{slug}/questions/{post_id}/vote",
        "POST /{slug}/post/{post_id}/reactions",
        "GET /{slug}/following",
        "GET /{slug}/join/mine",
        "GET /{slug}/back-channels/unread",
        "GET /{slug}/manifest.webmanifest",
    ),
    "It serves screens, overlays and stage views, which have a token of their own.": (
        "POST /screen/code",
        "GET /{slug}/screen",
        "POST /{slug}/screen/open",
        "GET /{slug}/screen/plan",
        "POST /{slug}/overlay/open",
        "GET /{slug}/overlay/state",
        "POST /{slug}/stage/open",
        "GET /{slug}/stage/state",
    ),
    "It serves the desk, by a moderator's hand, and its shape follows that page's.": (
        "GET /{slug}/moderate/overlay",
        "POST /{slug}/moderate/overlay",
        "GET /{slug}/moderate/stage",
        "POST /{slug}/moderate/stage",
        "GET /{slug}/moderate/screens",
        "GET /{slug}/moderate/panic",
        "POST /{slug}/moderate/panic",
        "POST /{slug}/moderate/remote",
        "GET /{slug}/moderate/remote/state",
        "POST /{slug}/moderate/rules",
        "POST /{slug}/moderate/rules/undo",
        "GET /{slug}/moderate/find",
        "POST /{slug}/moderate/notes",
        "POST /{slug}/moderate/descriptions",
        "POST /{slug}/moderate/questions/next",
        "POST /{slug}/moderate/questions/promotion",
        "GET /{slug}/moderate/feed",
        "POST /{slug}/moderate/trust",
        "GET /{slug}/moderate/mood/{post}",
        "POST /{slug}/moderate/mood/{post}",
        "POST /{slug}/moderate/mode",
        "POST /{slug}/moderate/participation",
        "POST /{slug}/moderate/seat",
        "GET /{slug}/moderate/mine",
    ),
    "It is a file that an organiser takes along and brings back by hand.": (
        "GET /organise/{slug}/rules/export",
        "POST /organise/{slug}/rules/preview",
        "GET /organise/{slug}/look/theme.json",
    ),
    "Its shape is that of Mastodon, which documents it.": ("GET /api/…", "GET /e/{slug}/api/…"),
    "Its shape is that of fediwall, which documents it.": ("GET /{slug}/wall-config.json",),
    "Its shape is that of oEmbed, which documents it.": ("GET /oembed",),
    "Its shape is that of Slack or Twilio, which document it.": ("POST /{slug}/posts/{dialect}",),
    "It is this document.": ("GET /openapi.json",),
}
"""The other routes that speak JSON, by why they are no promise of this document; “…” stands for whatever follows."""
