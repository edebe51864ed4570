"""Webhooks out: whoever registered an address is told of the public feed, in order and at least once."""

from wall.webhooks.courier import Courier, Show
from wall.webhooks.sender import Sender

__all__ = ["Courier", "Sender", "Show"]
