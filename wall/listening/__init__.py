"""Listening: which language each post is in and how it sounds, for moderators, who check it."""
