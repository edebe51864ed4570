"""What servers of IRC refuse, in words that an organiser can act on. Pure."""

import re
from dataclasses import dataclass

from wall.core.text import clean_name
from wall.errors import SourceError
from wall.sources.irc.line import Line, folded

THROTTLED_SECONDS = 120.0
LONGEST_REASON = 200  # characters

PASSING = "It is tried again later."
OPERATORS = "Ask the channel's operators."

# By number; `{reason}` is what the server says itself.
OF_THE_SERVER = {
    "464": "{host} does not accept the server password.",
    "465": "The wall is banned from {host}: {reason}",
    "466": "The wall will be banned from {host}: {reason}",
    "902": "The account {account} is locked on {host}: {reason}",
    "904": "{host} does not accept the account name or its password.",
    "905": "The account name or its password is too long for {host}.",
    "906": "{host} broke off signing in: {reason}",
}
OF_THE_CHANNEL = {
    "403": "There is no channel {channel} on {host}.",
    "470": "{channel} sends newcomers on to another channel; give that one, or an account that may come in.",
    "473": "{channel} is invite-only. " + OPERATORS + " They can except the wall with the mode +I.",
    "474": "The wall is banned from {channel}. " + OPERATORS,
    "475": "{channel} needs a key, and the one given is none or wrong.",
    "476": "{channel} is no name of a channel on {host}.",
    "477": "{channel} takes in registered nicks only: give an account of {host} and its password.",
    "479": "{channel} is no name of a channel on {host}.",
    "489": "{channel} takes in only who comes over TLS.",
    "520": "{channel} is for the operators of {host} only.",
}
OF_THE_CHANNEL_FOR_NOW = {
    "405": "The wall is in too many channels of {host}.",
    "437": "{channel} cannot be joined at the moment.",
    "471": "{channel} is full. " + PASSING,
    "480": "{channel} takes in nobody at the moment: {reason}",
}
SIGN_IN_FIRST = "{host} lets in only who signs in (SASL): give an account there and its password."
NO_PLAIN = "{host} does not take a password over SASL (PLAIN), but only {reason}."
WRONG_NICK = "{host} does not allow the nick {nick}; choose another one."
NO_ACCOUNTS = "{host} has no accounts to sign in to; leave the account and its password empty."
WRONG_FOR_NICKSERV = "NickServ of {host} does not accept the password of {account}: {reason}"

SASL = re.compile(r"\bSASL\b|ACCOUNT_REQUIRED|requires? (?:an )?account", re.IGNORECASE)
BANNED = re.compile(r"\b(?:[kgzd]-?lined?|banned|akill(?:ed)?|dnsbl|blacklist)", re.IGNORECASE)
THROTTLED = re.compile(r"throttl|too fast|too many|connection limit|try again", re.IGNORECASE)
WRONG_PASSWORD = re.compile(
    r"(?:bad|wrong|invalid|incorrect)\W+password|password\W+(?:\w+\W+)?(?:bad|wrong|invalid|incorrect)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Names:
    """What the words are about."""

    host: str
    channel: str
    nick: str
    account: str = ""


def refusal(line: Line, names: Names) -> SourceError | None:
    """Return what a line refuses us, or None when it refuses nothing."""
    if line.command == "ERROR":
        return broken_off(line.param(-1), names)
    if line.command == "FAIL":
        return signed_in_only(line, names)
    if line.command in OF_THE_SERVER:
        return worded(OF_THE_SERVER[line.command], line.param(-1), names, permanent=True)
    if folded(line.param(1)) != folded(names.channel):
        return None
    if line.command in OF_THE_CHANNEL:
        return worded(OF_THE_CHANNEL[line.command], line.param(-1), names, permanent=True)
    if line.command in OF_THE_CHANNEL_FOR_NOW:
        return worded(OF_THE_CHANNEL_FOR_NOW[line.command], line.param(-1), names, permanent=False)
    return None


def broken_off(reason: str, names: Names) -> SourceError:
    """Return why a server closed the connection, as far as its words tell."""
    if SASL.search(reason):
        return worded(SIGN_IN_FIRST, reason, names, permanent=True)
    if BANNED.search(reason):
        return worded("The wall is banned from {host}: {reason}", reason, names, permanent=True)
    if WRONG_PASSWORD.search(reason):
        return worded(OF_THE_SERVER["464"], reason, names, permanent=True)
    if THROTTLED.search(reason):
        return SourceError(
            f"{names.host} wants us to connect less often: {said(reason)}", retry_after=THROTTLED_SECONDS
        )
    return worded("{host} closed the connection: {reason}", reason, names, permanent=False)


def signed_in_only(line: Line, names: Names) -> SourceError | None:
    if line.param(1).startswith("ACCOUNT_REQUIRED"):
        return worded(SIGN_IN_FIRST, line.param(-1), names, permanent=True)
    return None


def worded(words: str, reason: str, names: Names, *, permanent: bool) -> SourceError:
    sentence = words.format(
        host=names.host, channel=names.channel, nick=names.nick, account=names.account, reason=said(reason)
    )
    return SourceError(sentence, permanent=permanent)


def said(reason: str) -> str:
    """Return somebody's words as a quotation."""
    return f"“{clean_name(reason[:LONGEST_REASON])}”"
