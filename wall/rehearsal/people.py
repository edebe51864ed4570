"""Who writes: the cast with their own keys, and the crowd by the language they write in."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from zlib import crc32

SCRIPT = Path(__file__).parent / "script"
AVATARS = 60
_HOSTS = ("social.example", "saltmere.example", "tram.example.org", "fedi.example.com", "people.example.net")
_NETWORKS = ("mastodon",) * 13 + ("bluesky",) * 5 + ("irc",) * 2 + ("nostr",) * 2


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who posts. `part` is top, speaker, named, role, spam or crowd; `languages` begin with the first."""

    key: str
    name: str
    network: str
    languages: tuple[str, ...]
    part: str = "crowd"

    @property
    def handle(self) -> str:
        number = crc32(self.key.encode())
        match self.network:
            case "mastodon":
                return f"@{self.key}@{_HOSTS[number % len(_HOSTS)]}"
            case "bluesky":
                return f"@{self.key.replace('_', '-')}.sky.example"
            case "nostr":
                return f"{self.key}@relay.example"
            case "form":
                return ""
        return self.key

    @property
    def avatar(self) -> str | None:
        number = crc32(b"face" + self.key.encode())
        if self.network in ("form", "irc") or (self.part == "crowd" and number % 9 == 0):
            return None
        return f"rehearsal:avatar-{number % AVATARS + 1:02d}"


def people() -> tuple[Person, ...]:
    """Return everyone, the cast first."""
    return (*_cast(), *_crowd())


def lines(name: str) -> Iterator[str]:
    """Yield the lines of a file of the script, without comments; control characters are escaped there."""
    for line in (SCRIPT / f"{name}.txt").read_text(encoding="utf-8").splitlines():
        if line.strip() and not line.startswith("#"):
            yield line.replace("\\u202e", "\u202e").replace("\\u202c", "\u202c")


def _cast() -> Iterator[Person]:
    for line in lines("cast"):
        name, key, network, languages, part = (field.strip() for field in line.split("|"))
        yield Person(key, name, network, tuple(languages.split()), part)


def _crowd() -> Iterator[Person]:
    language = ""
    for line in lines("crowd"):
        if line.startswith("== "):
            language = line[3:]
            continue
        for entry in line.split(";"):
            name, _, handle = entry.strip().partition("=")
            if language in ("form", "on-site"):
                part = "crowd" if language == "form" else "role"
                yield Person(f"on-site-{name.lower().replace(' ', '-')}", name, "form", ("en",), part)
            else:
                yield Person(handle, name, _NETWORKS[crc32(handle.encode()) % len(_NETWORKS)], (language,))
