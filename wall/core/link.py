"""Web addresses: which may be linked to, and where they stand in a text."""

import re
from urllib.parse import urljoin, urlsplit

LONGEST_ADDRESS = 2_048

# Ends at blanks, quotes and the punctuation of East Asia, none of which a pasted address holds.
URL = re.compile(r"(?<![a-z0-9])https?://[^\s<>\"“”„«»…\u3000-\u303f\uff01-\uff0f\uff1a-\uff20]+", re.IGNORECASE)
HOST = re.compile(r"(?:[\w-]+\.)*[\w-]+\.?(?::\d{1,5})?|\[[0-9a-f:.]+\](?::\d{1,5})?", re.IGNORECASE)
SENTENCE_END = ".,:;!?'’*"
BRACKETS = {")": "(", "]": "[", "}": "{"}


def safe_href(url: str, *, base: str | None = None) -> str | None:
    """Return an http or https address that may be linked to, or None.

    Refused are other schemes, user names inside, addresses without a host, and what browsers read otherwise
    than it looks: backslashes, blanks, control and invisible characters. `base` is what a path is relative to.
    """
    url = url.strip()
    if not url or len(url) > LONGEST_ADDRESS or not url.isprintable() or "\\" in url or " " in url:
        return None
    if url.startswith("//"):
        return None
    try:
        parts = urlsplit(urljoin(base, url) if base else url)
    except ValueError:
        return None
    if parts.scheme not in ("http", "https") or not HOST.fullmatch(parts.netloc):
        return None
    return parts.geturl()


def find_links(text: str) -> list[tuple[int, int, str]]:
    """Return (start, end, address) of every web address in a text, without the punctuation after it."""
    found: list[tuple[int, int, str]] = []
    if "://" not in text:
        return found
    for match in URL.finditer(text):
        if match.end() - match.start() > LONGEST_ADDRESS:
            continue
        written = without_sentence_end(match[0])
        if href := safe_href(written):
            found.append((match.start(), match.start() + len(written), href))
    return found


def without_sentence_end(url: str) -> str:
    """Return an address without the sentence's punctuation; a bracket stays when it is opened inside."""
    unopened = {close: url.count(close) - url.count(start) for close, start in BRACKETS.items()}
    end = len(url)
    while url[end - 1] in SENTENCE_END or unopened.get(url[end - 1], 0) > 0:
        end -= 1
        if url[end] in BRACKETS:
            unopened[url[end]] -= 1
    return url[:end]
