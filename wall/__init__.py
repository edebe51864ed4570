"""Backchannel Wall: a live wall for events."""

__version__ = "0.1.0"
USER_AGENT = f"BackchannelWall/{__version__} (live wall of an event)"
