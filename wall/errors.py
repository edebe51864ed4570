"""Every error the wall raises on purpose. What a caller does with one is decided elsewhere.

* WallError
    * ConfigError
    * OtherSchema
    * NotFound
    * NotAllowed
        * NotSignedIn
        * NotTakingPart
        * ByInvitation
    * InvalidInput
        * InvalidPost
    * AlreadyDecided
    * ChangedMeanwhile
    * SourceError (permanent or not)
    * PictureError
    * ClassifierError
    * LeaseLost
    * StoreUnavailable
        * Outdated
    * TooManyStreams
    * TooManyRequests
"""


class WallError(Exception):
    """Something went wrong, in words that the reader can act on."""

    code = "error"

    @property
    def message(self) -> str:
        if not self.args:
            return "Something went wrong."
        words = self.args[0]
        return words if isinstance(words, str) else str(words)  # as it is: it may be said in other languages


class ConfigError(WallError):
    """A setting is missing, unknown or invalid; the program does not start."""

    code = "config"


class OtherSchema(WallError):
    """Another version keeps or kept things in this Redis in a way that does not go together with this program."""

    code = "other_schema"


class NotFound(WallError):
    """What was asked for is not here, or not for this person to know of."""

    code = "not_found"


class NoEvent(NotFound):
    """The event itself is not here, or not for this person to know of."""


class NotAllowed(WallError):
    """The person is known and may not do this."""

    code = "not_allowed"


class NotSignedIn(NotAllowed):
    """Nobody is signed in, and this needs somebody."""

    code = "not_signed_in"


class NotTakingPart(NotAllowed):
    """Whoever asks may not take part in this event, or not yet; the message says what to do about it.

    `why` names the cause as it is counted (store/turned_away.py).
    """

    code = "not_taking_part"

    def __init__(self, message: str, *, why: str = "") -> None:
        super().__init__(message)
        self.why = why


class ByInvitation(NotAllowed):
    """The event is a circle, and whoever asks is not of it; the message says nothing about the event."""

    code = "by_invitation"


class InvalidInput(WallError):
    """A form or request holds something that cannot be used; `field` names where."""

    code = "invalid"

    def __init__(self, message: str, *, field: str | None = None) -> None:
        super().__init__(message)
        self.field = field


class InvalidPost(InvalidInput):
    """A payload is not a post that can be shown; it is set aside with this reason."""

    code = "invalid_post"


class AlreadyDecided(WallError):
    """Somebody else decided first, or the post changed since it was seen.

    `by` and `at` (seconds since the epoch) say who and when; `status` and `version` are what holds now.
    """

    code = "already_decided"

    def __init__(self, message: str, *, by: str | None, at: float | None, status: str, version: int) -> None:
        super().__init__(message)
        self.by = by
        self.at = at
        self.status = status
        self.version = version


class ChangedMeanwhile(WallError):
    """Somebody changed what a form was filled in from; nothing was saved, and what was typed must not be lost."""

    code = "changed_meanwhile"


class SourceError(WallError):
    """A source could not be read; `permanent` says that trying again cannot help.

    `retry_after` is how many seconds the other side asked us to wait, `status` its HTTP status if it gave one.
    """

    code = "source"

    def __init__(
        self,
        message: str,
        *,
        permanent: bool = False,
        retry_after: float | None = None,
        status: int | None = None,
    ) -> None:
        super().__init__(message)
        self.permanent = permanent
        self.retry_after = retry_after
        self.status = status


class MailError(WallError):
    """A letter could not be sent."""

    code = "mail"


class SignInError(WallError):
    """Where people sign in elsewhere did not answer, or said something that cannot be believed."""

    code = "sign_in"


class PictureError(WallError):
    """A picture could not be fetched, or is not one we show."""

    code = "picture"


class ClassifierError(WallError):
    """The operator's classifier of pictures failed, or took too long."""

    code = "classifier"


class LeaseLost(WallError):
    """Another worker may read this source by now; who lost it lets go of it."""

    code = "lease_lost"


class StoreUnavailable(WallError):
    """Redis does not answer; what was asked for may not have been done, and may be asked for again."""

    code = "store_unavailable"


class Outdated(StoreUnavailable):
    """What was judged met a rule, a refused picture or a restricted author too late; nothing was kept of it."""


class TooManyStreams(WallError):
    """Too many streams are open, in all or from one address; coming back later may help."""

    code = "too_many"


class TooManyRequests(WallError):
    """A program asks too often; `seconds` says when it may ask again."""

    code = "too_many_requests"

    def __init__(self, message: str, *, seconds: int) -> None:
        super().__init__(message)
        self.seconds = seconds
