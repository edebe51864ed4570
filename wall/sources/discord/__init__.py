"""Channels of Discord, by a bot."""
