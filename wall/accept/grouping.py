"""Finds the cards that new posts belong to, on their way in."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from wall.core import card
from wall.core.bridges import BRIDGES, origin, plain
from wall.core.moderation import Standing, Status
from wall.core.post import Post
from wall.store import Store
from wall.store.clues import Seen, added, candidates, network
from wall.store.submission import Submission, arrived, standing_of

MOST_CANDIDATES = 64


@dataclass(slots=True)
class Here:
    """What is known while a batch is looked through: clues, posts, and who leads which card, the batch's own too."""

    clues: dict[str, str]
    standings: dict[str, Standing] = field(default_factory=dict)
    coming: dict[str, Submission] = field(default_factory=dict)
    leads: dict[str, Standing] = field(default_factory=dict)

    def take(self, submission: Submission, texts: Sequence[str]) -> None:
        """Know of a post that is about to be taken in."""
        post, mine = submission.post, network(submission.post)
        self.coming[post.id] = submission
        for text in texts:
            self.clues[text] = added(self.clues.get(text, ""), mine, post.id)

    def find(self, id: str, now: datetime) -> Standing | None:
        """Return how a post stands, or will once it is taken in."""
        if submission := self.coming.pop(id, None):
            self.standings[id] = standing = arrived(submission, standing_of(submission, now))
            if standing.status is not Status.GROUPED:
                self.leads[card.card_of(standing)] = standing
        return self.standings.get(id)


class Grouping:
    """Says of new posts which card they belong to, by what the store and their own batch have."""

    def __init__(self, store: Store, bridges: Sequence[str] = BRIDGES) -> None:
        self.store = store
        self.bridges = tuple(bridges)

    async def place(
        self,
        slug: str,
        submissions: Sequence[Submission],
        texts: Mapping[str, Sequence[str]],
        clues: Mapping[str, str],
        *,
        restricted: Collection[str],
        now: datetime,
    ) -> list[Submission]:
        """Return submissions with the cards they belong to, in order.

        `texts` are the clues of each post by its id, `clues` what those say. Whose author is `restricted`, by uid,
        belongs to none.
        """
        here = Here({text: said for text, said in clues.items() if said})
        if here.clues:
            wanted = {id for one in submissions for id in self._candidates(one.post, texts[one.post.id], here)}
            await self._learn(slug, sorted(wanted), here)
        placed: list[Submission] = []
        for submission in submissions:
            mine = texts[submission.post.id]
            seen = Seen(mine, [here.clues.get(text, "") for text in mine])
            found = (
                submission
                if submission.post.author.uid in restricted
                else self._placed(submission, mine, here, now)
            )
            placed.append(replace(found, clues=seen))
            here.take(placed[-1], mine)
        return placed

    async def gone(self, slug: str, uid: str, *, author: str | None, now: datetime) -> bool:
        """Withdraw the copies of a post that was deleted and never came here; returns whether there were any."""
        name = plain(uid)
        if author is not None and not name.startswith(f"at://{author}/"):
            return False  # Only there does an id say whose it is.
        copies = [one.post for one in await self.store.cards.named(slug, name) if self._is_copy(one.post, name)]
        for copy in copies:
            await self.store.posts.withdraw(slug, copy.uid, now=now)
        return bool(copies)

    def _is_copy(self, post: Post, name: str) -> bool:
        made_from = origin(post, self.bridges)
        return made_from is not None and made_from.certain and made_from.name == name

    def _candidates(self, post: Post, texts: Sequence[str], here: Here) -> list[str]:
        return list(dict.fromkeys(candidates(post, texts, here.clues)))[:MOST_CANDIDATES]

    async def _learn(self, slug: str, ids: Sequence[str], here: Here) -> None:
        """Read some posts, and who leads the cards that they belong to."""
        if not ids:
            return
        found = [one for one in await self.store.posts.get_all(slug, ids) if one]
        here.standings |= {one.post.id: one for one in found}
        cards = sorted({card.card_of(one) for one in found})
        leads = await self.store.cards.leads(slug, cards)
        here.leads |= {id: lead for id, lead in zip(cards, leads, strict=True) if lead}

    def _placed(self, submission: Submission, texts: Sequence[str], here: Here, now: datetime) -> Submission:
        post, verdict = submission.post, submission.verdict
        ids = self._candidates(post, texts, here)
        others = [one for one in (here.find(id, now) for id in ids) if one]
        if not others:
            return submission
        found = card.match(post, others, bridges=self.bridges)
        if found is None:
            return submission
        id = card.card_of(here.standings[found.id])
        lead = here.leads.get(id)
        if lead is None:
            return submission
        if card.joins(post, verdict, lead, found):
            return replace(submission, card=id, match=found)
        if card.stands_apart(verdict, lead, found):
            waits = replace(verdict, status=Status.WAITING, reason=verdict.reason or card.SAYS_MORE, delay=None)
            return replace(submission, verdict=waits, card=id, match=found, stands_apart=True)
        return submission
