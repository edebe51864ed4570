"""Whether a signed request was signed just now, so that one overheard is of no use later."""

from datetime import datetime

from wall.core.words import _
from wall.errors import NotAllowed

WINDOW_SECONDS = 300
LONGEST = 12  # digits


def check_fresh(time: str, now: datetime, *, name: str) -> None:
    """Raise NotAllowed unless the time in the header called `name`, in seconds, is within five minutes of now."""
    if not (time.isascii() and time.isdigit() and len(time) <= LONGEST):
        raise NotAllowed(_("The %(name)s is not a number of seconds.", name=name))
    age = now.timestamp() - int(time)
    if age > WINDOW_SECONDS:
        raise NotAllowed(_("The request is older than five minutes; sign it again, or set the sender's clock."))
    if age < -WINDOW_SECONDS:
        raise NotAllowed(_("The request comes from the future; set the sender's clock."))
