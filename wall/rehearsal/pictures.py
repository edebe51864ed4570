"""The pictures that the rehearsal's posts and authors show, drawn when they are asked for."""

from functools import cache

from wall.errors import NotFound
from wall.rehearsal.drawing import avatars, halls, slides, streets, tables, towns

PHOTOS = {**halls.SCENES, **slides.SCENES, **streets.SCENES, **tables.SCENES, **towns.SCENES}
AVATARS = tuple(f"avatar-{number:02d}" for number in range(1, avatars.MANY + 1))


def names() -> tuple[str, ...]:
    """Return the names of all pictures."""
    return (*PHOTOS, *AVATARS)


@cache
def picture(name: str) -> bytes:
    """Return a photo as JPEG or an avatar as PNG, always the same bytes; raises NotFound."""
    if name in AVATARS:
        return avatars.face(int(name[-2:]))
    if name not in PHOTOS:
        raise NotFound(f"The rehearsal has no picture called {name[:60]!r}.")
    return PHOTOS[name]().jpeg()
