"""Backchannel Wall: a live wall for events."""

__version__ = "0.1.0"
