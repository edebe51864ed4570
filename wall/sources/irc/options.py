"""What an organiser fills in for a channel of IRC. Pure."""

import re
from collections.abc import Mapping, Sequence
from urllib.parse import urlsplit

from wall.core.words import _
from wall.errors import InvalidInput
from wall.sources.base import Option
from wall.sources.irc.line import folded
from wall.sources.servers import THIS_MACHINE, address

SECURE_PORT, PLAIN_PORT = 6697, 6667
CHANNEL = re.compile(r"[#&+!][^\s,:\x00-\x1f]{1,199}")
NICK = re.compile(r"[A-Za-z\[\]\\`_^{|}][A-Za-z0-9\[\]\\`_^{|}-]{0,29}")
NAMES = re.compile(r"[\s,]+")
LONGEST_SECRET = 200  # characters
YES, NO = ("yes", "true", "on", "1"), ("no", "false", "off", "0", "")

OPTIONS: Sequence[Option] = (
    Option(
        name="server",
        label=_("Server"),
        help=_(
            "Such as irc.libera.chat; over TLS at port 6697 unless you write another, without it after irc://."
        ),
        required=True,
    ),
    Option(name="channel", label=_("Channel"), help=_("Such as #pyconde."), required=True),
    Option(
        name="everything",
        directs=False,
        label=_("Take all messages"),
        help=_("yes takes all that is said in the channel; no only what has a hashtag of the event."),
        default="no",
    ),
    Option(
        name="nick",
        directs=False,
        label=_("Nick"),
        help=_("What the wall is called there."),
        expert=True,
        default="backchannel",
    ),
    Option(name="account", label=_("Account"), help=_("If the server or the channel wants one: its name.")),
    Option(name="password", label=_("Password of the account"), help=_("Sent over TLS only."), secret=True),
    Option(name="key", label=_("Key of the channel"), help=_("If it has one."), secret=True, expert=True),
    Option(
        name="server_password",
        label=_("Password of the server"),
        help=_("Rarely needed; bouncers do."),
        secret=True,
        expert=True,
    ),
    Option(
        name="bridges",
        directs=False,
        label=_("Relay bots"),
        expert=True,
        help=_(
            "Nicks of programs that pass on what others say, as <alice> Hello; alice is named as the author then."
        ),
    ),
)


def cleaned(options: Mapping[str, str]) -> dict[str, str]:
    """Return the options as they are kept; raises InvalidInput naming the field that cannot be used."""
    found = {option.name: options.get(option.name, "").strip() or option.default for option in OPTIONS}
    secure, host, port = whereabouts(found["server"])
    found["server"] = f"{'ircs' if secure else 'irc'}://{bracketed(host)}:{port}"
    if found["channel"] and found["channel"][0] not in "#&+!":
        found["channel"] = f"#{found['channel']}"
    if not CHANNEL.fullmatch(found["channel"]):
        raise InvalidInput(_("This is not the name of a channel, such as #pyconde."), field="channel")
    if not NICK.fullmatch(found["nick"]):
        raise InvalidInput(
            _("A nick has at most 30 letters, digits, - or _, and begins with a letter."), field="nick"
        )
    answer = found["everything"].lower()
    if answer not in YES + NO:
        raise InvalidInput(_("Take all messages: yes or no?"), field="everything")
    found["everything"] = "yes" if answer in YES else "no"
    found["bridges"] = " ".join(folded(name) for name in NAMES.split(found["bridges"]) if name)
    check_secrets(found, safe=secure or bracketed(host) in THIS_MACHINE)
    return found


def whereabouts(text: str) -> tuple[bool, str, int]:
    """Return whether a server is spoken to over TLS, its host and its port; raises InvalidInput."""
    text = text.strip()
    secure = not text.lower().startswith("irc://")
    if not text or len(text.split()) > 1:
        raise InvalidInput(_("Give the name of one server, such as irc.libera.chat."), field="server")
    bare = text if secure else text[len("irc://") :]
    parts = urlsplit(address(bare, field="server", secure="ircs", plain="ircs"))
    if parts.path or not parts.hostname or parts.port == 0:
        raise InvalidInput(_("Give the server only; the channel has a field of its own."), field="server")
    return secure, parts.hostname, parts.port or (SECURE_PORT if secure else PLAIN_PORT)


def bracketed(host: str) -> str:
    return f"[{host}]" if ":" in host else host


def check_secrets(found: Mapping[str, str], *, safe: bool) -> None:
    """Raise InvalidInput for an account without password or the reverse, or what must not or cannot be sent."""
    if bool(found["account"]) != bool(found["password"]):
        missing = "password" if found["account"] else "account"
        raise InvalidInput(_("An account has a name and a password; give both or neither."), field=missing)
    for name in ("account", "password", "key", "server_password"):
        if len(found[name]) > LONGEST_SECRET or not found[name].isprintable():
            raise InvalidInput(_("This is too long, or has characters that cannot be sent."), field=name)
        if name in ("account", "key") and (" " in found[name] or "," in found[name] or found[name][:1] == ":"):
            raise InvalidInput(_("This is one word, without commas."), field=name)
        if found[name] and name != "key" and not safe:
            raise InvalidInput(_("This is sent over TLS only; leave irc:// away."), field=name)
