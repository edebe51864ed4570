"""Who is in a back channel: somebody who takes part in the event, or a person of its team; one kind of id for both."""

from dataclasses import dataclass

PARTICIPANT = "participant:"
PERSON = "person:"


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """One who is in a back channel, by the name they gave. They read the messages after the number `since`.

    `erasing` says that they agreed to erase all of it.
    """

    id: str
    name: str
    since: int = 0
    erasing: bool = False

    @property
    def team(self) -> bool:
        return self.id.startswith(PERSON)


def participant_member(participant_id: str) -> str:
    """Return the id that a participant has as a member."""
    return PARTICIPANT + participant_id


def person_member(person_id: str) -> str:
    """Return the id that a person of the team has as a member."""
    return PERSON + person_id
