"""How a Bluesky source fares, in words, and what it leaves out and why. Pure."""

from dataclasses import dataclass

from wall.errors import SourceError
from wall.sources.base import Health

MISSED = "The wall was away for longer than a Jetstream remembers, about a day; posts between may be missing."


@dataclass(slots=True)
class Condition:
    """What is known of the stream, of the AppView and of the search; `news` is told once."""

    listening: str = ""
    stream: SourceError | None = None
    appview: SourceError | None = None
    search: SourceError | None = None
    missed: bool = False
    kept_back: int = 0
    told: Health | None = None

    def news(self) -> list[Health]:
        """Return the health if it is not what was told last."""
        if self.health() == self.told or not (self.listening or self.stream or self.appview):
            return []
        self.told = self.health()
        return [self.told]

    def health(self) -> Health:
        if self.stream:
            return Health("failing", self.stream.message)
        words = [f"Reading {self.listening}."] if self.listening else []
        if self.appview:
            words.append(f"New posts wait until it is known who may be shown: {self.appview.message}")
        blind_spots = []
        if self.search:
            blind_spots.append(f"{self.search.message} Posts come live all the same.")
        if self.missed:
            blind_spots.append(MISSED)
        if self.kept_back:
            blind_spots.append(
                f"Left out so far: {self.kept_back}, by authors who are shown only to who is signed in."
            )
        degraded = self.appview or self.search or self.missed
        return Health("degraded" if degraded else "healthy", " ".join(words), tuple(blind_spots))
