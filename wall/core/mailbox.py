"""Addresses at which staff are warned by mail."""

from dataclasses import dataclass

from wall.core.languages import Language


@dataclass(frozen=True, slots=True, kw_only=True)
class Mailbox:
    """Where a person is warned, and in which language."""

    address: str
    language: Language = "en"


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedMailbox:
    """The mailbox that a person gave, until they open the link that was sent there."""

    person: str
    mailbox: Mailbox
