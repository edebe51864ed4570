"""Bluesky, by Jetstream and an AppView."""
