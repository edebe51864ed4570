"""Language tags as pages need them, after BCP 47."""

import re
from collections.abc import Iterable

# Language, script, region and variants; extensions and private use say nothing that a page could use.
TAG = re.compile(
    r"(?P<language>[a-z]{2,3})(?:-(?P<script>[a-z]{4}))?(?:-(?P<region>[a-z]{2}|\d{3}))?"
    r"(?P<variants>(?:-(?:[a-z\d]{5,8}|\d[a-z\d]{3})){0,3})(?:-[a-z\d](?:-[a-z\d]{2,8})+)*",
    re.ASCII,
)
LONGEST = 64
NO_LANGUAGE = frozenset(("und", "mis", "mul", "zxx"))


def language(tag: str | None) -> str | None:
    """Return a language tag in its usual spelling (`pt-BR`, `zh-Hant`), or None when it names no language."""
    if not tag or len(tag) > LONGEST:
        return None
    match = TAG.fullmatch(tag.strip().replace("_", "-").lower())
    if not match or match["language"] in NO_LANGUAGE:
        return None
    parts = [match["language"]]
    if match["script"]:
        parts.append(match["script"].title())
    if match["region"]:
        parts.append(match["region"].upper())
    return "-".join(parts) + match["variants"]


def covers(listed: Iterable[str], tag: str) -> bool:
    """Tell whether a language is among those listed, or a kind of one of them, as `pt-BR` is of `pt`."""
    folded = tag.casefold()
    return any(folded == one.casefold() or folded.startswith(f"{one.casefold()}-") for one in listed)
