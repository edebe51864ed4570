"""How a program came to a wall, and the addresses that it is given: whole ones, as it is on another site."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from wall.core.post import Picture, Post


@dataclass(frozen=True, slots=True)
class Door:
    """How a program came to an event: the address of this wall, the event, and whether below /e/{slug}.

    What asks below /e/ filters nothing and knows no boosts, so that neither sensitive posts nor pins are sent there.
    """

    base: str
    slug: str
    plain: bool

    @property
    def host(self) -> str:
        return urlsplit(self.base).netloc

    def page(self) -> str:
        return f"{self.base}/{self.slug}"

    def post(self, id: str) -> str:
        return f"{self.base}/{self.slug}/post/{id}"

    def picture(self, post: Post, picture: Picture, size: str) -> str:
        return f"{self.base}/e/{self.slug}/media/{post.id}/{picture.id}/{size}"

    def logo(self, picture: Picture) -> str:
        return f"{self.base}/e/{self.slug}/logos/{picture.id}"

    def face(self) -> str:
        return f"{self.base}/e/{self.slug}/face.png"
