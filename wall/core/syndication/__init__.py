"""What others read by their own programs: entries, and the two ways of writing them down."""

from wall.core.syndication.document import Document, Enclosure, Entry

__all__ = ["Document", "Enclosure", "Entry"]
