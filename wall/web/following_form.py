"""The part of an event's form that is about those who follow from afar: which reactions they are offered."""

from collections.abc import Mapping
from typing import TypedDict

from wall.core.event import Event
from wall.core.reactions import REACTIONS, USUAL

SHOWN = "reactions"
"""A hidden field: a form without it has no boxes, so that none is ticked says nothing."""


class FollowingFields(TypedDict):
    reactions: tuple[str, ...]


def parse_following(values: Mapping[str, str]) -> FollowingFields:
    """Return these fields of an event as filled in."""
    if SHOWN not in values:
        return FollowingFields(reactions=USUAL)
    return FollowingFields(reactions=tuple(one.key for one in REACTIONS if field(one.key) in values))


def following_values(event: Event) -> dict[str, str]:
    """Return these fields of an event as the form is filled in with them."""
    return {SHOWN: "shown", **{field(key): "on" for key in event.reactions}}


def field(key: str) -> str:
    return f"reaction-{key}"
