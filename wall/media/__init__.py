"""Pictures: fetched once, checked, encoded anew, kept by their content; nobody is sent to an author's server."""

from wall.media.pictures import Pictures

__all__ = ["Pictures"]
