"""A whole event as one file and back: what is in it is decided in wall/store/portable_parts.py."""

from wall.portable.reading import Taken, import_event
from wall.portable.writing import export_event

__all__ = ["Taken", "export_event", "import_event"]
