"""The look of an archive: the wall's own sheets as one, and the letters that it names."""

import re
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from markupsafe import Markup

from wall.assets import folder
from wall.core.event import Event

SHEETS = (
    "fonts", "tokens", "base", "button", "page", "post", "live", "nav", "following", "thread", "story", "about",
    "questions", "polls", "chat", "edition", "scenes/poll-bars", "charts", "figures", "archive",
)  # fmt: skip
NAMED = re.compile(r'url\("\.\./(fonts/[^"?#]+)"\)')


def stylesheet(event: Event) -> str:
    """Return the one stylesheet of an archive, with the accent colour of its event."""
    css = folder("static") / "css"
    sheets = [(css / f"{name}.css").read_text(encoding="utf-8") for name in SHEETS]
    return "\n".join([*sheets, f":root {{ --accent: {event.accent}; }}\n"])


def letters(css: str) -> Iterator[tuple[str, Path]]:
    """Yield the files of letters that a stylesheet names, and their licences, each with its place beside it."""
    names = set(NAMED.findall(css))
    licences = {str(PurePosixPath(name).with_name("LICENSE")) for name in names}
    for name in sorted(names | licences):
        yield name, folder("static") / name


def marks() -> Markup:
    """Return the marks of the networks, to stand within each page: a page that is a file may name no other file's."""
    text = (folder("static") / "img" / "networks.svg").read_text(encoding="utf-8")
    return Markup(text.replace("<svg ", '<svg hidden aria-hidden="true" ', 1))  # noqa: S704 - our own drawing
