"""The part of an event's form that says whether moderators are told how posts sound, and which languages are spoken."""

from collections.abc import Mapping
from typing import TypedDict

from wall.core.event import Event
from wall.core.mood import LISTENS, Listens
from wall.core.tongue import known
from wall.core.words import _
from wall.errors import InvalidInput

MOST_TONGUES = 40
USUAL: Listens = "learn"


class ListeningFields(TypedDict):
    listens: Listens
    tongues: tuple[str, ...]


def parse_listening(values: Mapping[str, str]) -> ListeningFields:
    """Return these fields of an event as filled in; raises InvalidInput naming the field."""
    listens = next((one for one in LISTENS if one == values.get("listens", USUAL)), None)
    if listens is None:
        raise InvalidInput(_("Choose whether moderators are told how posts sound."), field="listens")
    written = values.get("tongues", "").replace(",", " ").split()
    tongues = known(written[: MOST_TONGUES + 1])
    if len(written) > MOST_TONGUES:
        raise InvalidInput(_("At most %(most)s languages.", most=MOST_TONGUES), field="tongues")
    if len(written) > len(tongues) and (odd := [one for one in written if not known([one])]):
        raise InvalidInput(
            _("“%(code)s” is no code of a language; write them like: en fi sv.", code=odd[0][:20]), field="tongues"
        )
    return ListeningFields(listens=listens, tongues=tongues)


def listening_values(event: Event) -> dict[str, str]:
    """Return these fields of an event as the form is filled in with them."""
    return {"listens": event.listens, "tongues": " ".join(event.tongues)}
