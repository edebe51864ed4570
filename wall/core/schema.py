"""Which versions may share one Redis: each says the schema it writes, and the oldest that it gets along with."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Schema:
    """What a program writes: the number of its schema, and the oldest whose data and programs it gets along with."""

    number: int
    oldest: int


@dataclass(frozen=True, slots=True)
class Found:
    """What a Redis says: the schema of what is kept, the oldest program that may use it, and the oldest that does."""

    number: int
    oldest: int
    lowest: int


def objection(program: Schema, found: Found) -> str:
    """Return, in a sentence, why a program may not use a Redis; empty when it may."""
    if program.number < found.oldest:
        return (
            f"A newer version changed what this Redis keeps (schema {found.oldest}), and this one (schema "
            f"{program.number}) cannot read it: start that version again, or restore a backup made before it."
        )
    if found.number < program.oldest:
        return (
            f"What this Redis keeps is too old for this version (schema {found.number}, it reads {program.oldest} "
            "and newer): start a version in between first; docs/upgrading.md says which."
        )
    if found.lowest < program.oldest:
        return (
            f"A version too old to run beside this one uses this Redis (schema {found.lowest}, this one gets along "
            f"with {program.oldest} and newer): stop its processes first."
        )
    return ""
