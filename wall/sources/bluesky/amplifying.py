"""Who passed posts on at Bluesky, as they are or in a quote: those alone whom everybody may see."""

from collections.abc import Mapping
from typing import Any

from wall.core.post import Post
from wall.sources.base import Amplified
from wall.sources.bluesky.appview import AppView
from wall.sources.bluesky.profile import parse_profile
from wall.sources.bluesky.wire import DID
from wall.sources.merge import Put
from wall.sources.payload import string
from wall.sources.remembered import Remembered

REMEMBERED = 5000
UNKNOWN = (1, 1)


class Amplifying:
    """Asks an AppView about posts, where it counts reposts or quotes, or was not heard to."""

    def __init__(self, appview: AppView) -> None:
        self.appview = appview
        self.counts: Remembered[str, tuple[int, int]] = Remembered(REMEMBERED)

    def count(self, view: Mapping[str, Any]) -> None:
        """Note how many reposts and quotes a post has as an AppView shows it."""
        reposts, quotes = view.get("repostCount"), view.get("quoteCount")
        if type(reposts) is int and type(quotes) is int:
            self.counts[string(view, "uri")] = reposts, quotes

    async def ask(self, put: Put, post: Post) -> bool:
        reposts, quotes = self.counts.get(post.uid, UNKNOWN)
        views = {string(one, "did"): one for one in await self.appview.reposters(post.uid)} if reposts else {}
        if quotes and (quoters := await self.appview.quoters(post.uid)):
            views |= await self.appview.profiles(quoters)
        profiles = [parse_profile(view, did) for did, view in views.items() if DID.fullmatch(did)]
        await put([Amplified(post.uid, [one.author for one in profiles if one.public])])
        return bool(reposts or quotes)
