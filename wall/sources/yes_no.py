"""Options that are answered with yes or no."""

from wall.core.words import _
from wall.errors import InvalidInput

YES, NO = ("yes", "true", "on", "1"), ("no", "false", "off", "0", "")


def yes_or_no(answer: str, *, field: str) -> str:
    """Return `yes` or `no`; raises InvalidInput for anything that is neither."""
    answer = answer.strip().lower()
    if answer not in YES + NO:
        raise InvalidInput(_("Yes or no?"), field=field)
    return "yes" if answer in YES else "no"
