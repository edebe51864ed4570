"""What an organiser fills in for a source of the Mastodon kind."""

import re
from collections.abc import Mapping, Sequence

from wall.core.text import clean_name
from wall.core.words import _
from wall.errors import InvalidInput
from wall.sources.base import Option
from wall.sources.replying import ANSWERS, option
from wall.sources.servers import SEPARATOR, addresses

MOST_BOOSTERS = 5
YES, NO = ("yes", "true", "on", "1"), ("no", "false", "off", "0", "")
HANDLE = re.compile(r"[^@\s/]+@[^@\s/]+\.[^@\s/]+")

OPTIONS: Sequence[Option] = (
    Option(
        name="servers",
        label=_("Servers"),
        help=_("Host names such as mastodon.social, several if you like: each shows only what it has heard of."),
        required=True,
    ),
    Option(
        name="token",
        label=_("Access token"),
        help=_(
            "Optional. Makes posts arrive at once: on your server under Preferences → Development, "
            "new application, permission read:statuses. Best of an account that follows and mutes nobody."
        ),
        secret=True,
    ),
    Option(
        name="token_server",
        label=_("Server of the token"),
        help=_("Only needed with several servers."),
        expert=True,
    ),
    Option(
        name="boosters",
        label=_("Accounts whose boosts count"),
        help=_(
            "Handles such as @team@server.example. What they boost is marked so at the desk; it waits as all do."
        ),
        directs=False,
    ),
    Option(
        name="boosts",
        label=_("Take all their boosts"),
        help=_("yes takes every public post that they boost; no only those with a hashtag of the event."),
        directs=False,
        default="no",
    ),
    option(
        _(
            "yes lets moderators also post an answer of the wall's as a reply there, in the name of this account: "
            "the access token then needs the permission write:statuses, too. "
            "Nothing else is ever posted. no only reads."
        )
    ),
)


def checked(options: Mapping[str, str]) -> Mapping[str, str]:
    """Return the options cleaned; raises InvalidInput naming the field that cannot be used."""
    named = servers(options.get("servers", ""))
    token = options.get("token", "").strip()
    if not token.isascii() or not token.isprintable() or " " in token:
        raise InvalidInput(_("This is not an access token."), field="token")
    owner = servers(options.get("token_server", ""), field="token_server") if token else []
    if token and not owner:
        owner = named
    if token and (len(owner) != 1 or owner[0] not in named):
        raise InvalidInput(_("Say which one of the servers the token is for."), field="token_server")
    if not named:
        raise InvalidInput(_("Name at least one server, such as mastodon.social."), field="servers")
    boosts = options.get("boosts", "no").strip().lower()
    if boosts not in (*YES, *NO):
        raise InvalidInput(_("Write yes or no."), field="boosts")
    handles = accounts(options.get("boosters", ""))
    for handle in handles:
        servers(handle.rpartition("@")[2], field="boosters")
    answers = options.get(ANSWERS, "no").strip().lower()
    if answers not in (*YES, *NO):
        raise InvalidInput(_("Write yes or no."), field=ANSWERS)
    if answers in YES and not token:
        raise InvalidInput(_("Only an account with an access token can answer."), field=ANSWERS)
    return {
        ANSWERS: "yes" if answers in YES else "no",
        "servers": " ".join(named),
        "token": token,
        "token_server": "".join(owner),
        "boosters": " ".join(f"@{handle}" for handle in handles),
        "boosts": "yes" if boosts in YES else "no",
    }


def servers(text: str, *, field: str = "servers") -> list[str]:
    """Return the addresses of the servers named; raises InvalidInput."""
    return addresses(text, field=field, secure="https", plain="http")


def accounts(text: str) -> list[str]:
    """Return the handles named, without their first @; raises InvalidInput."""
    found = list(dict.fromkeys(account(name, field="boosters") for name in SEPARATOR.split(text.strip()) if name))
    if len(found) > MOST_BOOSTERS:
        raise InvalidInput(
            _("Name at most %(most_boosters)s; each is asked again and again.", most_boosters=MOST_BOOSTERS),
            field="boosters",
        )
    return found


def account(handle: str, *, field: str) -> str:
    """Return a whole handle without its first @; raises InvalidInput."""
    name = clean_name(handle).removeprefix("@").lower()
    if not HANDLE.fullmatch(name):
        raise InvalidInput(_("Write the whole handle, such as @name@server.example."), field=field)
    return name
