"""A theme as a JSON file: to keep, to read, and to share with another event."""

from dataclasses import replace
from typing import Literal

import msgspec

from wall.core.brand import CORNERS, Brand, check_colours
from wall.core.own_css import own_css
from wall.core.text import clean_name
from wall.core.theme import FontName, ThemeName
from wall.core.words import _
from wall.errors import InvalidInput

FORMAT = "backchannel-theme"
VERSION = 1
MOST_BYTES = 64 * 1024


class ThemeFile(msgspec.Struct, omit_defaults=True, forbid_unknown_fields=True):
    """What is shared of a brand: everything but its pictures. `form` is the theme that it builds on."""

    format: Literal["backchannel-theme"]
    version: Literal[1]
    form: ThemeName
    name: str = ""
    colours: dict[str, str] = {}
    font: FontName | None = None
    corner: float | None = None
    css: str = ""


def written(brand: Brand) -> bytes:
    """Return a brand as a file that `read` understands, to be read by people, too."""
    file = ThemeFile(
        format="backchannel-theme",
        version=1,
        form=brand.theme,
        name=brand.name,
        colours=dict(brand.colours),
        font=brand.font,
        corner=brand.corner,
        css=brand.css,
    )
    return msgspec.json.format(msgspec.json.encode(file), indent=2) + b"\n"


def read(data: bytes, brand: Brand) -> Brand:
    """Return a brand with the theme of a file, its pictures left as they are; raises InvalidInput in words."""
    if len(data) > MOST_BYTES:
        raise InvalidInput(_("A theme file has at most %(most)s kB.", most=MOST_BYTES // 1024), field="file")
    if not data.strip():
        raise InvalidInput(_("Choose a theme file."), field="file")
    try:
        file = msgspec.json.decode(data, type=ThemeFile)
    except (msgspec.MsgspecError, RecursionError, UnicodeDecodeError) as error:
        raise InvalidInput(
            _("This is no theme file of version %(version)s: %(error)s.", version=VERSION, error=error),
            field="file",
        ) from error
    if file.corner is not None and not CORNERS[0] <= file.corner <= CORNERS[1]:
        raise InvalidInput(
            _(
                "“corner” is a number from %(corners_first)s to %(corners_last)s.",
                corners_first=f"{CORNERS[0]:g}",
                corners_last=f"{CORNERS[1]:g}",
            ),
            field="file",
        )
    try:
        colours, css = check_colours(file.colours), own_css(file.css)
    except InvalidInput as error:
        raise InvalidInput(
            _("This theme cannot be used. %(message)s", message=error.message), field="file"
        ) from error
    return replace(
        brand,
        name=clean_name(file.name),
        theme=file.form,
        colours=colours,
        font=file.font,
        corner=file.corner,
        css=css,
    )
