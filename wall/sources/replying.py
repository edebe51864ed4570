"""Answering at the network that a post is from: by an account of the event's where one may write, else by hand."""

import re
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from importlib import import_module
from typing import cast
from urllib.parse import urlencode

from wall.core.answering import Sent
from wall.core.link import safe_href
from wall.core.post import Post
from wall.core.source import SourceSettings
from wall.core.words import _
from wall.sources.base import Option
from wall.sources.fetch import Fetch

ANSWERS = "answers"
X_POST = re.compile(r"https://(?:x|twitter)\.com/[^/]+/status/(\d{1,25})")


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """An answer on its way to a network: to which post, its words, and since when they are so.

    `key` is the same whenever the same answer is tried again, so that it is posted once.
    """

    to: Post
    words: str
    key: str
    at: datetime
    by_name: str
    fetch: Fetch


@dataclass(frozen=True, slots=True)
class Prepared:
    """What somebody posts by hand: the words, and where they go."""

    words: str
    url: str | None
    label: str


def option(help: str) -> Option:
    """Return the option by which an organiser lets a source's account answer."""
    return Option(
        name=ANSWERS,
        label=_("Answer with this account"),
        help=help,
        directs=False,
        default="no",
    )


Send = Callable[[Mapping[str, str], Reply], Awaitable[Sent]]
SENDERS: Mapping[str, str] = {
    "mastodon": "wall.sources.mastodon.replying:send",
    "bluesky": "wall.sources.bluesky.replying:send",
}
SECRETS: Mapping[str, str] = {"mastodon": "token", "bluesky": "app_password"}


def able(post: Post, sources: Sequence[SourceSettings]) -> list[SourceSettings]:
    """Return the sources whose account may answer a post at its own network."""
    kind = post.source.kind
    return [
        one
        for one in sources
        if one.kind == kind
        and kind in SENDERS
        and one.options.get(ANSWERS) == "yes"
        and one.options.get(SECRETS[kind])
    ]


async def send(source: SourceSettings, reply: Reply) -> Sent:
    """Post an answer as the account of a source; raises SourceError in words."""
    module, name = SENDERS[source.kind].split(":")
    found = cast("Send", getattr(import_module(module), name))
    return await found(source.options, reply)


def prepared(post: Post, words: str) -> Prepared:
    """Return what to post by hand, and where: a page that has it written already, or the post's own page."""
    url = safe_href(post.url) if post.url else None
    if url and (found := X_POST.match(url)):
        query = urlencode({"in_reply_to": found[1], "text": words})
        return Prepared(words, f"https://x.com/intent/post?{query}", "Open the reply at X, written already")
    mention = mentioned(post)
    return Prepared(f"{mention} {words}" if mention else words, url, "Open the post where it was written")


def mentioned(post: Post) -> str:
    """Return how a reply names whom it answers, where networks tell its author by that alone."""
    return f"@{post.author.handle.lstrip('@')}" if post.source.kind in ("mastodon", "misskey") else ""
