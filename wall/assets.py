"""Where templates/ and static/ are: inside the installed package, or beside it in a checkout."""

from pathlib import Path

from wall.errors import ConfigError

PACKAGE = Path(__file__).resolve().parent


def folder(name: str) -> Path:
    """Return the folder of assets called `name`; raises ConfigError when it is missing."""
    for place in (PACKAGE, PACKAGE.parent):
        if (place / name).is_dir():
            return place / name
    raise ConfigError(f"{name}/ is missing: reinstall backchannel, or run it from its checkout")
