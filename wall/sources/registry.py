"""The kinds of sources there are. A new one is a file and its line here; nothing else may name a kind."""

from collections.abc import Mapping
from functools import cache
from importlib import import_module
from typing import cast

from wall.core.words import _
from wall.errors import InvalidInput
from wall.sources.base import PushedSource, ReceivingSource, Source

KINDS: Mapping[str, str] = {
    "mastodon": "wall.sources.mastodon.source:Mastodon",
    "misskey": "wall.sources.misskey.source:Misskey",
    "bluesky": "wall.sources.bluesky.source:Bluesky",
    "matrix": "wall.sources.matrix.source:Matrix",
    "nostr": "wall.sources.nostr.source:Nostr",
    "irc": "wall.sources.irc.source:Irc",
    "feed": "wall.sources.feed.source:Feed",
    "telegram": "wall.sources.telegram.source:Telegram",
    "discord": "wall.sources.discord.source:Discord",
    "mail": "wall.sources.mail.source:Mail",
    "webhook": "wall.sources.webhook:Webhook",
    "slack": "wall.sources.slack.source:Slack",
    "sms": "wall.sources.sms:Sms",
    "form": "wall.sources.form:Form",
    "x": "wall.sources.x.source:X",
    "threads": "wall.sources.threads_search.source:Threads",
    "replay": "wall.sources.replay:Replay",
}


def source_class(kind: str) -> type[Source] | type[PushedSource]:
    """Return the class of a kind, imported on first use; its `pushed` tells which sort. Raises InvalidInput."""
    try:
        module, name = KINDS[kind].split(":")
    except KeyError as error:
        raise InvalidInput(_("There is no kind of source called “%(kind)s”.", kind=kind), field="kind") from error
    return cast("type[Source] | type[PushedSource]", getattr(import_module(module), name))


def title(kind: str) -> str:
    """Return what a kind is called; one that only another version of this program knows goes by its bare name."""
    return source_class(kind).title if kind in KINDS else kind


@cache
def several(kinds: frozenset[str]) -> bool:
    """Tell whether one person's posts may come from several networks, to an event that has sources of these kinds.

    It may be so, too, where none is known of.
    """
    return (
        len({kind for kind in kinds if kind not in KINDS or not getattr(source_class(kind), "nameless", False)})
        != 1
    )


def is_polled(kind: str) -> bool:
    """Tell whether we read a kind ourselves; not so where only another version of this program knows it."""
    return kind in KINDS and not source_class(kind).pushed


def polled(kind: str) -> type[Source]:
    """Return the class of a kind that we read ourselves. Raises InvalidInput when there is none such."""
    found = source_class(kind)
    if found.pushed:
        raise InvalidInput(_("A %(kind)s source is not read; its posts are sent to us.", kind=kind), field="kind")
    return cast("type[Source]", found)


@cache
def receiving(door: str) -> Mapping[str, type[ReceivingSource]]:
    """Return the kinds whose deliveries come to a door, which is `posts` or begins with `posts/`."""
    pushed = {kind: source_class(kind) for kind in KINDS if source_class(kind).pushed}
    return {
        kind: cast("type[ReceivingSource]", found)
        for kind, found in pushed.items()
        if getattr(found, "door", None) == door
    }
