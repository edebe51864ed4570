"""The one door for posts, wherever they come from: judged, grouped, dressed with their pictures, and submitted."""

from wall.accept.acceptor import Acceptor, Taken

__all__ = ["Acceptor", "Taken"]
