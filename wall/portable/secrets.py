"""The secrets of sources, which are left out of every file and filled in again by hand."""

from collections.abc import Sequence
from dataclasses import replace

from wall.core.source import SourceSettings
from wall.errors import InvalidInput
from wall.sources.registry import source_class


def blank(settings: SourceSettings) -> tuple[SourceSettings, Sequence[str]]:
    """Return a source without its secrets, and what those are called that it has, or had before it was exported."""
    secret = sorted(name for name in settings.options if is_secret(settings.kind, name))
    return replace(settings, options={**settings.options, **dict.fromkeys(secret, "")}), secret


def is_secret(kind: str, name: str) -> bool:
    """Tell whether an option is a secret; of a kind that is not known here, every option may be one."""
    try:
        options = source_class(kind).options
    except InvalidInput:
        return True
    found = next((one for one in options if one.name == name), None)
    return found is None or found.secret
