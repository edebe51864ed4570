"""Names of Nostr keys and notes as people see them: bech32 (BIP-173) as NIP-19 uses it."""

from collections.abc import Iterable

ALPHABET = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
GENERATOR = (0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)
CHECKSUM_LENGTH = 6  # characters
KEY_BYTES = 32
SPECIAL = 0  # the kind of part that tells what it is about
LONGEST = 1000  # characters after the prefix


def encode(prefix: str, data: bytes) -> str:
    """Return `prefix1…` for some bytes: `npub` for a key, `note` for a note's id."""
    words = groups_of_five(data)
    expanded = [ord(letter) >> 5 for letter in prefix] + [0] + [ord(letter) & 31 for letter in prefix]
    check = polymod([*expanded, *words, *[0] * CHECKSUM_LENGTH]) ^ 1
    words += [check >> 5 * (CHECKSUM_LENGTH - 1 - place) & 31 for place in range(CHECKSUM_LENGTH)]
    return prefix + "1" + "".join(ALPHABET[word] for word in words)


def decode(prefix: str, name: str) -> bytes | None:
    """Return the 32 bytes that `prefix1…` says, or None when it is none such, or was mistyped."""
    found = unpacked(name)
    return found[1] if found and found[0] == prefix and len(found[1]) == KEY_BYTES else None


def unpacked(name: str) -> tuple[str, bytes] | None:
    """Return the prefix and the bytes of a name of any length up to a thousand letters, None for a mistyped one."""
    prefix, _, letters = name.rpartition("1")
    if not prefix or not CHECKSUM_LENGTH < len(letters) <= LONGEST or set(letters) - set(ALPHABET):
        return None
    number = 0
    for letter in letters[:-CHECKSUM_LENGTH]:
        number = number << 5 | ALPHABET.index(letter)
    bits = 5 * (len(letters) - CHECKSUM_LENGTH)
    data = (number >> bits % 8).to_bytes(bits // 8)
    return (prefix, data) if encode(prefix, data) == name else None


def parts(data: bytes) -> list[tuple[int, bytes]]:
    """Return the parts of `nprofile` and `nevent`: a kind, a length, and so many bytes."""
    found = []
    while len(data) >= 2 and len(data) >= 2 + data[1]:
        found.append((data[0], data[2 : 2 + data[1]]))
        data = data[2 + data[1] :]
    return found


def key_in(prefix: str, name: str) -> bytes | None:
    """Return the first 32 bytes that `prefix1…` tells with more besides, as `nprofile` and `nevent` do."""
    found = unpacked(name)
    if not found or found[0] != prefix:
        return None
    return next((value for kind, value in parts(found[1]) if kind == SPECIAL and len(value) == KEY_BYTES), None)


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
