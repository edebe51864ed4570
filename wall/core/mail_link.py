"""Links that are sent by e-mail: each says which participant its address makes, for half an hour, and no address."""

import hmac
import re

LINK_SECONDS = 1800
ADDRESS = re.compile(r"[^\s@<>\",;:\\]{1,64}@[^\s@<>\",;:\\.]{1,63}(?:\.[^\s@<>\",;:\\.]{1,63}){1,8}")
LONGEST_ADDRESS = 254  # RFC 5321, 4.5.3.1
WRITTEN = re.compile(r"([0-9a-f]{40})\.([0-9]{1,12})\.([0-9a-f]{8})\.([0-9a-f]{32})")


def parse_address(text: str) -> str | None:
    """Return an e-mail address without blanks around it, its domain in lower case; None when it is none."""
    address = text.strip()
    if len(address) > LONGEST_ADDRESS or not ADDRESS.fullmatch(address) or not address.isprintable():
        return None
    name, _, domain = address.rpartition("@")
    return f"{name}@{domain.lower()}"


def same_mailbox(address: str) -> str:
    """Return what mailboxes are told apart by: case means nothing to any large one, nor what follows a plus sign."""
    name, _, domain = address.casefold().rpartition("@")
    return f"{name.partition('+')[0] or name}@{domain}"


def make_link(key: bytes, slug: str, secret: str, *, drawn: str, now: float) -> str:
    """Return what a link has in its address; `drawn`, eight random hexadecimal digits, tells it from the next one."""
    words = f"{secret}.{int(now) + LINK_SECONDS}.{drawn}"
    return f"{words}.{sign(key, slug, words)}"


def read_link(key: bytes, slug: str, words: str, *, now: float) -> str | None:
    """Return whom a link makes, None for one that was made up, or is too old."""
    match = WRITTEN.fullmatch(words)
    if match is None or int(match[2]) < now:
        return None
    return match[1] if hmac.compare_digest(sign(key, slug, words.rpartition(".")[0]), match[4]) else None


def sign(key: bytes, slug: str, words: str) -> str:
    return hmac.digest(key, f"mail link {slug} {words}".encode(), "sha256").hex()[:32]
