"""Origins: the sites that may frame a wall, as an organiser lists them and as a browser is told."""

import re

from wall.core.words import _
from wall.errors import InvalidInput

MOST_ORIGINS = 20
LABEL = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
# A host of plain letters, since what is typed here goes into a header; `*.` stands for the names below one.
ORIGIN = re.compile(rf"(https?)://((?:\*\.)?{LABEL}(?:\.{LABEL})*)(:[0-9]{{1,5}})?")
DEFAULT_PORTS = {"http": ":80", "https": ":443"}


def parse_origins(text: str) -> tuple[str, ...]:
    """Return the origins of a list, one a line or between blanks; raises InvalidInput naming the field `origins`."""
    found = tuple(dict.fromkeys(parse_origin(word) for word in text.replace(",", " ").split()))
    if not found:
        raise InvalidInput(_("Name the sites that may show it, such as https://www.example.org."), field="origins")
    if len(found) > MOST_ORIGINS:
        raise InvalidInput(
            _("At most %(most_origins)s sites may show one widget.", most_origins=MOST_ORIGINS), field="origins"
        )
    return found


def parse_origin(word: str) -> str:
    """Return an origin as browsers write it. A whole address is taken for the site it is on."""
    site = re.match(r"[^/]*//[^/?#]*", word.lower())
    match = ORIGIN.fullmatch(site[0]) if site else None
    if match is None:
        raise InvalidInput(
            _(
                "“%(word)s” is no site. Write it like https://www.example.org, letters of other scripts as xn--…",
                word=word[:60],
            ),
            field="origins",
        )
    scheme, host, port = match[1], match[2], match[3] or ""
    if host.startswith("*.") and host.count(".") < 2:
        raise InvalidInput(_("“%(word)s” would be far too many sites.", word=word[:60]), field="origins")
    return f"{scheme}://{host}{'' if port == DEFAULT_PORTS[scheme] else port}"
