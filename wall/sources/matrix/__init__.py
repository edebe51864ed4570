"""Rooms of Matrix."""
