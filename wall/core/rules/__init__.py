"""Rules: what becomes of a post on its arrival, in an order that the organiser sets, and why in words."""

from wall.core.rules.blocking import is_blocked
from wall.core.rules.judge import by_rules, judge, named, prepare
from wall.core.rules.kinds import KINDS, PLACES, Kind
from wall.core.rules.marks import marks
from wall.core.rules.merge import Merged, merged
from wall.core.rules.preview import Example, Preview, preview
from wall.core.rules.rule import EFFECTS, Chain, Effect, Facts, Place, Rule
from wall.core.rules.sentence import sentence
from wall.core.rules.settings import MOST_ENTRIES, MOST_RULES, checked, checked_chain

__all__ = [
    "EFFECTS",
    "KINDS",
    "MOST_ENTRIES",
    "MOST_RULES",
    "PLACES",
    "Chain",
    "Effect",
    "Example",
    "Facts",
    "Kind",
    "Merged",
    "Place",
    "Preview",
    "Rule",
    "by_rules",
    "checked",
    "checked_chain",
    "is_blocked",
    "judge",
    "marks",
    "merged",
    "named",
    "prepare",
    "preview",
    "sentence",
]
