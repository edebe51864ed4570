"""How posts sound, and what moderators say of that: beside each post in Redis, where it goes with the post's words."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, fields
from typing import Literal

import msgspec

from wall.core.moderation import Standing, Status
from wall.core.mood import Heard, Mood, Word
from wall.core.spoken import spoken, words_hash
from wall.core.words import _
from wall.errors import InvalidInput, NotFound, StoreUnavailable
from wall.store.codec import decode, encode
from wall.store.database import Call, Database, Script
from wall.store.event_slugs import event_slugs
from wall.store.keys import EventKeys
from wall.store.known import KEPT, read
from wall.store.stamp import milliseconds

MOOD = Script("mood")
SAID = Script("mood_said")
FIELDS = ("mood", "mood_said")
TRIES = 8
MOVED = _("Its author changed these words meanwhile. Read them again.")

Order = Literal["newest", "strongest"]


@dataclass(frozen=True, slots=True)
class Head:
    """How far listening is: the epoch and offset of the desk's feed, and by which `model` posts are gone through anew.

    `sweep` is where that is, empty once it is done.
    """

    epoch: str = ""
    offset: str = "0"
    sweep: str = ""
    model: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Taught:
    """What became of teaching the guess: of how many `posts`, how well it did, and the lexicon alone (macro-F1).

    `better` says whether it is put to use. With too few posts to learn from, or of one kind, nothing was compared.
    """

    posts: int
    better: bool = False
    learned: float | None = None
    lexicon: float | None = None


class Moods:
    """The moods of every event, by slug."""

    def __init__(self, database: Database) -> None:
        self.database = database

    async def get_all(self, slug: str, ids: Sequence[str]) -> list[Heard]:
        """Return what is known of how posts sound, in the order of `ids`; `figure` of each is for the ledger."""
        keys = EventKeys(slug)
        rows = await self.database.commands(*(("HMGET", keys.post(id), *FIELDS) for id in ids))
        return [heard(*row) for row in rows]

    # Listening

    async def put(self, slug: str, moods: Sequence[tuple[Standing, Mood]]) -> None:
        """Keep how posts sound; what changed since it was read is left for the feed to tell of again."""
        keys = EventKeys(slug)
        calls = []
        for standing, mood in moods:
            place = place_of(standing, mood)
            arguments = [standing.post.id, standing.version, encode(mood), mood.words, *place]
            calls.append(Call(MOOD, names(keys, standing.post.id), arguments))
        await self.database.run_all(calls, atomic=False)

    async def forget(self, slug: str, ids: Sequence[str]) -> None:
        """Forget all of posts that are no longer there."""
        keys = EventKeys(slug)
        lists = (keys.unhappy, keys.unhappiest, keys.moods_said)
        if ids:
            await self.database.commands(
                *(("HDEL", keys.post(id), *FIELDS) for id in ids), *(("ZREM", name, *ids) for name in lists)
            )

    async def behind(self, among: Collection[str] | None = None) -> list[tuple[str, bool, int]]:
        """Return, of these events or of all, whether something is to be heard, and how many words of moderators."""
        slugs = await event_slugs(self.database, among)
        rows = await self.database.commands(
            *(
                part
                for keys in map(EventKeys, slugs)
                for part in (
                    ("HMGET", keys.moods, "epoch", "offset", "sweep"),
                    ("HMGET", keys.head("desk"), "epoch", "offset"),
                    ("ZCARD", keys.moods_said),
                )
            )
        )
        each = [rows[at : at + 3] for at in range(0, len(rows), 3)]
        return [
            (slug, head[:2] != [epoch, offset or b"0"] or bool(head[2]), int(said))
            for slug, (head, (epoch, offset), said) in zip(slugs, each, strict=True)
        ]

    async def head(self, slug: str) -> Head:
        values = await self.database.command("HMGET", EventKeys(slug).moods, *(one.name for one in fields(Head)))
        return Head(*(value.decode() if value else "" for value in values))

    async def reach(self, slug: str, head: Head) -> None:
        """Write down how far listening is."""
        pairs = [part for one in fields(Head) for part in (one.name, getattr(head, one.name))]
        await self.database.command("HSET", EventKeys(slug).moods, *pairs)

    async def taught(self, slug: str) -> Taught:
        """Return what became of teaching the guess."""
        row = await self.database.command("HGET", EventKeys(slug).moods, "taught")
        return msgspec.json.decode(row, type=Taught) if row else Taught(posts=0)

    async def teach(self, slug: str, taught: Taught) -> None:
        await self.database.command("HSET", EventKeys(slug).moods, "taught", msgspec.json.encode(taught))

    # Moderators

    async def say(self, slug: str, id: str, word: Word) -> Heard:
        """Keep a moderator's word and return how the post sounds then; raises NotFound, or InvalidInput when the
        words that it is about are no longer those of the post."""
        return await self._say(slug, id, word)

    async def take_back(self, slug: str, id: str) -> Heard:
        """Take the word about a post back, and return how it sounds then; raises NotFound."""
        return await self._say(slug, id, None)

    async def _say(self, slug: str, id: str, word: Word | None) -> Heard:
        keys = EventKeys(slug)
        for _turn in range(TRIES):
            row = await self.database.command("HMGET", keys.post(id), *KEPT, *FIELDS)
            standing = read(*row[: len(KEPT)])
            if standing is None or standing.status is Status.WITHDRAWN:
                raise NotFound(_("There is no such post."))
            if word and word.words != words_hash(spoken(standing.post.text)):
                raise InvalidInput(MOVED, field="words")
            known = heard(*row[len(KEPT) :])
            said = (encode(word), milliseconds(word.at)) if word else ("", 0)
            arguments = [id, standing.version, *said, *place_of(standing, known.mood)]
            if await self.database.run(Call(SAID, names(keys, id), arguments)):
                return Heard(known.mood, word)
        raise StoreUnavailable("A post changed faster than it could be written.")

    async def unhappy(self, slug: str, order: Order, *, limit: int, skip: int = 0) -> list[str]:
        """Return the ids of posts that sound unhappy and of which nobody has said anything."""
        keys = EventKeys(slug)
        key = keys.unhappy if order == "newest" else keys.unhappiest
        return await self._listed(key, limit, skip)

    async def said(self, slug: str, *, limit: int, skip: int = 0) -> list[str]:
        """Return the ids of posts of which a moderator said something, the newest word first."""
        return await self._listed(EventKeys(slug).moods_said, limit, skip)

    async def counts(self, slug: str) -> tuple[int, int]:
        """Return how many posts sound unhappy with nothing said of them, and of how many something was said."""
        keys = EventKeys(slug)
        unhappy, said = await self.database.commands(("ZCARD", keys.unhappy), ("ZCARD", keys.moods_said))
        return int(unhappy), int(said)

    async def _listed(self, key: str, limit: int, skip: int) -> list[str]:
        rows = await self.database.command("ZREVRANGE", key, skip, skip + limit - 1)
        return [id.decode() for id in rows]


def names(keys: EventKeys, id: str) -> list[str]:
    return [keys.post(id), keys.unhappy, keys.unhappiest, keys.moods_said, f"{keys.ledger}stale"]


def place_of(standing: Standing, mood: Mood | None) -> tuple[int | str, float]:
    """Return where a post stands among the unhappy: when it was written, and how strongly it sounds so."""
    if mood is None or not mood.unhappy:
        return "", 0
    return milliseconds(standing.post.created_at), mood.strength


def heard(mood: bytes | None, said: bytes | None) -> Heard:
    return Heard(decode(Mood, mood) if mood else None, decode(Word, said) if said else None)
