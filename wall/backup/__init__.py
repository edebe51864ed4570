"""A whole installation as one file and back: what its private Redis keeps, and its pictures."""

from wall.backup.reading import Opened, opened
from wall.backup.writing import back_up

__all__ = ["Opened", "back_up", "opened"]
