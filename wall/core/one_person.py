"""Which accounts are one person's, as far as their networks have checked it."""

from collections.abc import Iterable

from wall.core.post import Author
from wall.core.sameness import addresses


def people(authors: Iterable[Author]) -> dict[str, str]:
    """Return the person behind each account, by uid: the first of their uids in order.

    Accounts are one person's where they have an address in common that their networks checked.
    """
    by_uid = {one.uid: one for one in authors}
    person = {uid: uid for uid in by_uid}

    def leader(uid: str) -> str:
        while person[uid] != uid:
            uid = person[uid]
        return uid

    holder: dict[str, str] = {}
    for uid in sorted(by_uid):
        for address in sorted(addresses(by_uid[uid])):
            one, other = sorted((leader(uid), leader(holder.setdefault(address, uid))))
            person[other] = one
    return {uid: leader(uid) for uid in by_uid}
