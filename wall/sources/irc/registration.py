"""Signing in to a server of IRC: capabilities (IRCv3, 302), SASL PLAIN, or the old way, and a nick. Pure."""

from base64 import b64encode
from dataclasses import dataclass, field

from wall.errors import SourceError
from wall.sources.irc.line import Line, folded, serialise
from wall.sources.irc.refusal import (
    NO_ACCOUNTS,
    NO_PLAIN,
    WRONG_FOR_NICKSERV,
    WRONG_NICK,
    WRONG_PASSWORD,
    Names,
    worded,
)

REAL_NAME = "Backchannel Wall, shows what is said here on a wall"
AWAY = "I only read: what is said in the channel may be shown on a wall, once a moderator says so."
WANTED = (
    "message-tags",
    "server-time",
    "batch",
    "echo-message",
    "account-tag",
    "draft/chathistory",
    "chathistory",
    "draft/message-redaction",
    "message-redaction",
)
NICK_TRIES = 9
SHORTEST_NICKLEN = 9  # letters that every server allows (RFC 1459)
SASL_CHUNK = 400  # characters
NICKSERV = "NickServ"
NICK_TAKEN = ("433", "436", "437")
NICK_REFUSED = "432"
WELCOME, FEATURES = "001", "005"
END_OF_GREETING = ("376", "422")


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What somebody reads a channel with. Without `account` it reads as a guest; `key` is the channel's."""

    host: str
    channel: str
    nick: str
    key: str = ""
    account: str = ""
    password: str = field(default="", repr=False)
    server_password: str = field(default="", repr=False)


class Registration:
    """One connection's beginning: send what is returned. `done` once the server has greeted us."""

    def __init__(self, terms: Terms) -> None:
        self.terms = terms
        self.nick = terms.nick
        self.tries = 1
        self.longest = len(terms.nick) + 1
        self.offered: dict[str, str] = {}
        self.caps: set[str] = set()
        self.features: dict[str, str] = {}
        self.unanswered = 0
        self.greeted = False
        self.done = False

    @property
    def names(self) -> Names:
        return Names(host=self.terms.host, channel=self.terms.channel, nick=self.nick, account=self.terms.account)

    @property
    def asks_nickserv(self) -> bool:
        """Whether the account is told to NickServ, for there is no SASL."""
        return bool(self.terms.account) and "sasl" not in self.caps

    def start(self) -> list[bytes]:
        password = [serialise("PASS", self.terms.server_password)] if self.terms.server_password else []
        return [
            serialise("CAP", "LS", "302"),
            *password,
            serialise("NICK", self.nick),
            serialise("USER", self.terms.nick, "0", "*", REAL_NAME),
        ]

    def receive(self, line: Line) -> list[bytes]:
        """Return what to answer; raises SourceError when we cannot sign in with these terms."""
        match line.command:
            case "CAP":
                return self.negotiate(line)
            case "AUTHENTICATE":
                return self.authenticate()
            case "903" | "907":
                return [] if self.greeted else [serialise("CAP", "END")]
            case "NICK" if folded(line.nick) == folded(self.nick):
                self.nick = line.param(0)
            case "NOTICE" if folded(line.nick) == folded(NICKSERV) and WRONG_PASSWORD.search(line.param(-1)):
                raise worded(WRONG_FOR_NICKSERV, line.param(-1), self.names, permanent=True)
            case "401" if folded(line.param(1)) == folded(NICKSERV):
                raise worded(NO_ACCOUNTS, "", self.names, permanent=True)
            case code if code in NICK_TAKEN and not self.greeted:
                return self.another_nick()
            case code if code == NICK_REFUSED:
                return self.shorter_nick(line)
            case code if code == WELCOME:
                self.nick, self.greeted = line.param(0) or self.nick, True
            case code if code == FEATURES:
                self.features |= dict(feature.partition("=")[::2] for feature in line.params[1:-1])
            case code if code in END_OF_GREETING and not self.done:
                return self.settle()
        return []

    def negotiate(self, line: Line) -> list[bytes]:
        names = line.param(-1).split()
        match line.param(1).upper():
            case "LS" if not self.greeted:
                self.offered |= dict(name.partition("=")[::2] for name in names)
                return [] if line.param(2) == "*" and len(line.params) > 3 else self.request()
            case "ACK":
                self.caps |= {name for name in names if not name.startswith("-")}
                return self.answered()
            case "NAK":
                return self.answered()
            case "DEL":
                self.caps -= set(names)
        return []

    def request(self) -> list[bytes]:
        """Ask for what we know of what is offered; SASL apart, so that one refusal does not spoil the other."""
        wanted = " ".join(name for name in WANTED if name in self.offered)
        asked = [wanted] if wanted else []
        if self.terms.account and "sasl" in self.offered:
            ways = self.offered["sasl"]
            if ways and "PLAIN" not in ways.upper().split(","):
                raise worded(NO_PLAIN, ways, self.names, permanent=True)
            asked.append("sasl")
        self.unanswered = len(asked)
        return [serialise("CAP", "REQ", one) for one in asked] or [serialise("CAP", "END")]

    def answered(self) -> list[bytes]:
        self.unanswered -= 1
        if self.unanswered or self.greeted:
            return []
        return [serialise("AUTHENTICATE", "PLAIN") if "sasl" in self.caps else serialise("CAP", "END")]

    def authenticate(self) -> list[bytes]:
        secret = f"\0{self.terms.account}\0{self.terms.password}".encode()
        text = b64encode(secret).decode()
        chunks = [text[start : start + SASL_CHUNK] for start in range(0, len(text), SASL_CHUNK)]
        if len(chunks[-1]) == SASL_CHUNK:
            chunks.append("+")
        return [serialise("AUTHENTICATE", chunk) for chunk in chunks]

    def another_nick(self) -> list[bytes]:
        self.tries += 1
        if self.tries > NICK_TRIES:
            raise SourceError(
                f"The nick {self.terms.nick} and others like it are taken on {self.terms.host}; choose another one."
            )
        self.nick = f"{self.nick[: self.longest - 1] if self.tries == 2 else self.nick[:-1]}{self.tries}"
        return [serialise("NICK", self.nick)]

    def shorter_nick(self, line: Line) -> list[bytes]:
        """Try again with what every server allows; old ones refuse a long nick in the words for a wrong one."""
        if self.greeted:
            return []
        if len(self.nick) <= SHORTEST_NICKLEN:
            raise worded(WRONG_NICK, line.param(-1), self.names, permanent=True)
        self.longest = SHORTEST_NICKLEN
        self.nick = self.nick[:SHORTEST_NICKLEN]
        return [serialise("NICK", self.nick)]

    def settle(self) -> list[bytes]:
        """Tell the server, and people who look, what we are."""
        self.done = True
        told = [serialise("AWAY", AWAY)]
        if mode := self.features.get("BOT", ""):
            told.append(serialise("MODE", self.nick, f"+{mode[:1]}"))
        if self.asks_nickserv:
            told.append(serialise("PRIVMSG", NICKSERV, f"IDENTIFY {self.terms.account} {self.terms.password}"))
        return told
