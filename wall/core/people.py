"""People and devices: roles, and what each may do."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal, get_args

from wall.core.look import Look
from wall.core.mailbox import Mailbox
from wall.core.part import Part

ScreenKind = Literal["screen", "overlay", "stage", "embed"]
Role = Literal["organiser", "moderator", "speaker", "viewer"] | ScreenKind

SCREEN_KINDS: tuple[ScreenKind, ...] = get_args(ScreenKind)
RANK: dict[Role, int] = {
    "viewer": 0,
    "speaker": 1,
    "screen": 1,
    "overlay": 1,
    "stage": 1,
    "embed": 1,
    "moderator": 2,
    "organiser": 3,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Passkey:
    """A key that a device or a password manager holds for a person; what is kept here opens nothing.

    `id` and `public_key` are base64 for addresses; `uses` is the device's own count, 0 where it keeps none.
    """

    id: str
    public_key: str
    name: str
    made_at: datetime
    uses: int = 0
    used_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """A member of staff. `roles` holds a role by event slug; an owner is organiser of every event.

    `elsewhere` is the fingerprint of who they are where they sign in elsewhere, empty for nobody.
    """

    id: str
    name: str
    owner: bool = False
    roles: Mapping[str, Role] = field(default_factory=dict)
    passphrase_hash: str | None = None
    passkeys: tuple[Passkey, ...] = ()
    elsewhere: str = ""
    mailbox: Mailbox | None = None

    def role(self, slug: str) -> Role:
        return "organiser" if self.owner else self.roles.get(slug, "viewer")

    def may(self, slug: str, role: Role) -> bool:
        return RANK[self.role(slug)] >= RANK[role]


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """One browser in which a person is signed in. `key` names it in lists; it is not the secret in the cookie.

    `address` is where it was seen last: an IPv4 address, or an IPv6 network.
    """

    key: str
    person_id: str
    created_at: datetime
    seen_at: datetime
    browser: str
    address: str = ""


LinkKind = Literal["setup", "sign-in", "invite"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """What a one-time link opens: the first set-up, a person's own sign-in, or an invitation to an event.

    With `speaker`, whoever opens it is that speaker of the event's programme.
    """

    kind: LinkKind
    expires_at: datetime
    slug: str | None = None
    role: Role | None = None
    person_id: str | None = None
    name: str | None = None
    speaker: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Screen:
    """A page that an organiser opened; its token reads one event and nothing else, and opens pages of its kind only.

    A “screen” is a projector's, an “overlay” lies over a video, a “stage” stands before the speakers, an “embed” is
    framed by the sites whose `origins` are listed. `scenes` is the id of the scene list that a screen runs, empty for
    the usual one.
    """

    id: str
    name: str
    created_at: datetime
    seen_at: datetime | None = None
    room: str = ""
    scenes: str = ""
    look: Look = Look()
    part: Part = Part()
    kind: ScreenKind = "screen"
    origins: tuple[str, ...] = ()
