"""How many follow a wall just now. Numbers of open streams and nothing else: who they are is neither asked nor kept."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Following:
    """How many follow: all of them, and those who said that they are in the room, or elsewhere."""

    all: int = 0
    room: int = 0
    remote: int = 0

    def __add__(self, other: "Following") -> "Following":
        return Following(self.all + other.all, self.room + other.room, self.remote + other.remote)

    def __str__(self) -> str:
        return f"{self.all} {self.room} {self.remote}"

    @classmethod
    def parse(cls, text: str) -> "Following":
        """Return what `str` wrote; nonsense is nobody."""
        parts = text.split()
        whole = len(parts) == 3 and all(part.isascii() and part.isdigit() for part in parts)
        return cls(*map(int, parts)) if whole else cls()
