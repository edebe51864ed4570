"""Channels of Slack, which sends them to us."""
