"""What posts of a chat begin with: “Q3” asks the third question, “A3” answers it."""

import re
import unicodedata
from typing import Literal

Letter = Literal["Q", "A"]
MOST_NUMBERS = 30
LOOKED_AT = 400
"""Characters of a post in which its label may stand: who is spoken to comes first."""

# Who is spoken to and hashtags may come before, as may dots, dashes and pictures; no other word. Possessive, so that no
# text takes long.
LABEL = re.compile(r"(?:[@#][\w@.\-]++|\W)*+([QA])[.:#-]?([0-9]{1,2})(?![\w%€$]|[.,][0-9]|-\w)", re.IGNORECASE)
AFTER = re.compile(r"[\s:.)\]\-–—：、。]+")


def label(text: str) -> tuple[Letter, int] | None:
    """Return what a post says that it is: a question or an answer, and of which number; None where it says neither."""
    match = found(text)
    return None if match is None else ("Q" if match[1] in "Qq" else "A", int(match[2]))


def without_label(text: str) -> str:
    """Return a post's words without what comes before them, up to the label itself."""
    folded, match = fold(text), found(text)
    if match is None or len(folded) != min(len(text), LOOKED_AT):
        return text.strip()
    rest = text[match.end() :]
    begin = AFTER.match(rest)
    return (rest[begin.end() :] if begin else rest).strip()


def found(text: str) -> re.Match[str] | None:
    match = LABEL.match(fold(text))
    return match if match and 1 <= int(match[2]) <= MOST_NUMBERS else None


def fold(text: str) -> str:
    """Return the beginning of a text with full-width letters and other kinds of digits as plain ones."""
    return unicodedata.normalize("NFKC", text[:LOOKED_AT])
