"""Rules: what becomes of a post on its arrival, in an order that the organiser sets, and why in words."""

from wall.core.rules.judge import judge, named
from wall.core.rules.kinds import KINDS, PLACES, Kind
from wall.core.rules.preview import Preview, preview
from wall.core.rules.rule import EFFECTS, Chain, Effect, Facts, Place, Rule
from wall.core.rules.settings import checked, checked_chain

__all__ = [
    "EFFECTS",
    "KINDS",
    "PLACES",
    "Chain",
    "Effect",
    "Facts",
    "Kind",
    "Place",
    "Preview",
    "Rule",
    "checked",
    "checked_chain",
    "judge",
    "named",
    "preview",
]
