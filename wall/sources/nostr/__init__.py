"""Nostr, by relays."""
