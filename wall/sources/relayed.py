"""What a relay bot passes on from another network: who said it there, and what. Pure."""

import re
from dataclasses import dataclass

from wall.core.post import Author
from wall.core.text import clean_name

FORMS = (
    # <alice> Hello, <alice@discord> Hello, [discord] <alice> Hello, **<alice>** Hello
    re.compile(
        r"\s*(?:\*\*)?(?:\[(?P<network>[^\[\]<>\n]{1,40})\]\s*)?(?:\*\*)?"
        r"<(?P<name>[^<>\n]{1,100})>(?:\*\*)?:?\s+(?P<words>\S.*)",
        re.DOTALL,
    ),
    # [alice] Hello, **[alice]** Hello
    re.compile(r"\s*(?:\*\*)?\[(?P<name>[^\[\]\n]{1,100})\](?:\*\*)?:?\s+(?P<words>\S.*)", re.DOTALL),
    # **alice**: Hello, **alice:** Hello
    re.compile(r"\s*\*\*(?P<name>[^*\n]{1,100}?)(?::\*\*|\*\*:)\s+(?P<words>\S.*)", re.DOTALL),
)
NETWORK = re.compile(r"(?P<name>.+)@(?P<network>[A-Za-z][\w.-]{0,39})", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Relayed:
    """Words of somebody on another network, which may be told with their name."""

    name: str
    network: str
    words: str

    def author(self, bot: Author) -> Author:
        """Return who said it, by word of the bot: an author of their own, not trusted as the bot is."""
        known = f"{self.name}@{self.network}" if self.network else self.name
        shown = f"{self.name} ({self.network})" if self.network else self.name
        return Author(uid=f"{bot.uid}/{known}", handle=f"{shown} by {bot.name}", name=self.name)


def relayed(text: str) -> Relayed | None:
    """Return what a message of a relay bot passes on, None where it is the bot's own."""
    for form in FORMS:
        if found := form.fullmatch(text):
            return named(found["name"], found.groupdict().get("network") or "", found["words"])
    return None


def named(name: str, network: str, words: str) -> Relayed | None:
    if not network and (parts := NETWORK.fullmatch(name.strip())):
        name, network = parts["name"], parts["network"]
    name = clean_name(name)
    return Relayed(name, clean_name(network), words) if name else None
