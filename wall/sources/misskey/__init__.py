"""Misskey and its forks."""
