"""Where the pages of a wall are in its archive: each address as a way from file to file."""

import html
import re
from urllib.parse import quote

from markupsafe import Markup

from wall.media.files import PictureFiles, Size

ADDRESS = re.compile(r'\s(href|src)="(/[^"]*)"')
MARKS = "img/networks.svg"
SIZES: dict[str, Size] = {"thumb": "thumb", "screen": "screen"}


class Links:
    """The files of one archive, and which pictures of those that are kept here are named in them."""

    def __init__(self, slug: str, pictures: PictureFiles) -> None:
        self.slug = slug
        self.pictures = pictures
        self.named: set[tuple[str, Size]] = set()

    def relative(self, fragment: str, root: str) -> Markup:
        """Return a fragment with ways to files instead of addresses; what has no file leads nowhere.

        `root` is the way from its page to the first page's folder.
        """

        def found(match: re.Match[str]) -> str:
            way = self.way(html.unescape(match[2]), root)
            return f' {match[1]}="{html.escape(way)}"' if way else ""

        # A fragment of ours: what others wrote is escaped in it, so that no quotation mark of theirs ends an attribute.
        return Markup(ADDRESS.sub(found, fragment))  # noqa: S704

    def way(self, address: str, root: str) -> str:
        """Return the way to what is at an address of the wall, "" where no file is."""
        path, _, place = address.partition("#")
        place = f"#{place}" if place else ""
        if path.startswith("/static/") and path.endswith(MARKS):
            return place
        match path.strip("/").split("/"):
            case [self.slug]:
                return f"{root}index.html{place}"
            case [self.slug, "post", id]:
                return f"{root}post/{quote(id)}.html{place}"
            case [self.slug, "media", _post, picture, size]:
                return self.picture(picture, size, root)
        return ""

    def picture(self, id: str, size: str, root: str) -> str:
        wanted = SIZES.get(size)
        if wanted is None or self.pictures.open(id, wanted) is None:
            return ""
        self.named.add((id, wanted))
        return f"{root}pictures/{id}-{wanted}.webp"
