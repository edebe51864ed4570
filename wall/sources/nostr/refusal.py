"""Relays that do not answer a question (NIP-01, NIP-42), in words that an organiser can act on. Pure."""

from wall.core.text import clean_name
from wall.errors import SourceError

LATER_SECONDS = 60.0
NO_KEY = (
    "the wall has no key to sign in with, so name another relay, or ask whoever runs it to let everybody read."
)
ADVICE = {
    "auth-required": f"It shows notes to those only who sign in (NIP-42); {NO_KEY}",
    "restricted": f"It shows notes to some people only; {NO_KEY}",
    "blocked": "It has blocked this wall; ask whoever runs it, or name another relay.",
    "payment-required": "It shows notes to those only who pay; name another relay.",
    "pow": "It asks for work to be proved with each question, which the wall does not do; name another relay.",
    "unsupported": "It cannot look for hashtags; name another relay.",
}


def refusal(reason: object) -> SourceError:
    """Return the error for a question that a relay closed, whose reason begins with a word for programs."""
    said = clean_name(reason[:500]) if isinstance(reason, str) else ""
    prefix = said.partition(":")[0].strip().lower()
    words = f"It refuses to be read: {said or 'it does not say why.'}"
    if advice := ADVICE.get(prefix):
        return SourceError(f"{words.rstrip('.')}. {advice}", permanent=True)
    if prefix == "rate-limited":
        return SourceError(f"{words.rstrip('.')}. It is asked again in a minute.", retry_after=LATER_SECONDS)
    return SourceError(words)


def deafness(notice: str, *, wants_sign_in: bool) -> SourceError:
    """Return the error for a relay that takes a question and does not answer."""
    words = "It takes our question and does not answer it."
    if notice:
        words = f"{words} It says: {notice.rstrip('.')}."
    return SourceError(f"{words} {ADVICE['auth-required']}" if wants_sign_in else words, permanent=wants_sign_in)
