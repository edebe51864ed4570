"""Names of Nostr keys and notes as people see them: bech32 (BIP-173) as NIP-19 uses it."""

from collections.abc import Iterable

ALPHABET = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
GENERATOR = (0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)
CHECKSUM_LENGTH = 6  # characters
KEY_BYTES = 32


def encode(prefix: str, data: bytes) -> str:
    """Return `prefix1…` for some bytes: `npub` for a key, `note` for a note's id."""
    words = groups_of_five(data)
    expanded = [ord(letter) >> 5 for letter in prefix] + [0] + [ord(letter) & 31 for letter in prefix]
    check = polymod([*expanded, *words, *[0] * CHECKSUM_LENGTH]) ^ 1
    words += [check >> 5 * (CHECKSUM_LENGTH - 1 - place) & 31 for place in range(CHECKSUM_LENGTH)]
    return prefix + "1" + "".join(ALPHABET[word] for word in words)


def decode(prefix: str, name: str) -> bytes | None:
    """Return the 32 bytes that `prefix1…` says, or None when it is none such, or was mistyped."""
    data = decoded(prefix, name)
    return data if data is not None and len(data) == KEY_BYTES else None


def decoded(prefix: str, name: str) -> bytes | None:
    """Return the bytes that `prefix1…` says, however many, or None when it is none such, or was mistyped."""
    letters = name[len(prefix) + 1 : -CHECKSUM_LENGTH]
    if not name.startswith(f"{prefix}1") or not letters or set(letters) - set(ALPHABET):
        return None
    number = 0
    for letter in letters:
        number = number << 5 | ALPHABET.index(letter)
    size, padding = divmod(5 * len(letters), 8)
    data = (number >> padding).to_bytes(size)
    return data if encode(prefix, data) == name else None


def key_in(prefix: str, name: str) -> bytes | None:
    """Return the first 32 bytes that `prefix1…` tells with more besides, as `nprofile` and `nevent` do (TLV)."""
    left = decoded(prefix, name) or b""
    while len(left) > 1:
        kind, size, value = left[0], left[1], left[2 : 2 + left[1]]
        if kind == 0 and size == len(value) == KEY_BYTES:
            return value
        left = left[2 + size :]
    return None


def groups_of_five(data: bytes) -> list[int]:
    padding = -len(data) * 8 % 5
    number = int.from_bytes(data) << padding
    count = (len(data) * 8 + padding) // 5
    return [number >> 5 * (count - 1 - place) & 31 for place in range(count)]


def polymod(words: Iterable[int]) -> int:
    check = 1
    for word in words:
        top = check >> 25
        check = (check & 0x1FFFFFF) << 5 ^ word
        for bit, value in enumerate(GENERATOR):
            check ^= value if top >> bit & 1 else 0
    return check
