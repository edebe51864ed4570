"""The languages of the interface, and which of them somebody reads best. What people post stays as they wrote it."""

from collections.abc import Sequence
from typing import Literal, get_args

Language = Literal["en", "de", "fr", "es", "ar"]

LANGUAGES: tuple[Language, ...] = get_args(Language)
NAMES: dict[Language, str] = {
    "en": "English",
    "de": "Deutsch",
    "fr": "Français",
    "es": "Español",
    "ar": "العربية",
}
FROM_RIGHT_TO_LEFT: frozenset[Language] = frozenset(("ar",))
MOST_WISHES = 20


def direction(language: Language) -> Literal["ltr", "rtl"]:
    return "rtl" if language in FROM_RIGHT_TO_LEFT else "ltr"


def parse_language(text: str | None) -> Language | None:
    """Return the language with a code, None where there is no such one here."""
    return next((language for language in LANGUAGES if language == text), None)


def preferred(wishes: str) -> Language | None:
    """Return what suits an Accept-Language header best (RFC 9110, 12.5.4), None where nothing does."""
    ranked = sorted(parsed(wishes), key=lambda wish: -wish[1])
    for tag, weight in ranked:
        found = parse_language(tag.partition("-")[0])
        if found and weight > 0:
            return found
    return None


def parsed(wishes: str) -> Sequence[tuple[str, float]]:
    """Return language tags in lower case with their weights; what cannot be read weighs nothing."""
    found = []
    for wish in wishes.split(",")[:MOST_WISHES]:
        tag, _, weight = wish.strip().lower().partition(";")
        found.append((tag.strip(), quality(weight)))
    return found


def quality(weight: str) -> float:
    if not weight.strip():
        return 1.0
    name, _, number = weight.strip().partition("=")
    digits = number.strip().replace(".", "", 1)
    if name.strip() != "q" or not (digits.isascii() and digits.isdigit()) or len(digits) > 4:
        return 0.0
    return float(number)
