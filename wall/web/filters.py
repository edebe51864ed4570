"""The filters of the desk as its pages have them: what is chosen, and what there is to choose from."""

from collections.abc import Iterable, Sequence
from typing import Any
from urllib.parse import urlencode

from starlette.requests import Request

from wall.core.finding import NOT_SAID, Filter, spoken
from wall.core.moderation import Standing
from wall.core.source import SourceSettings
from wall.core.words import _
from wall.sources.registry import title

NETWORKS = {
    "mastodon": "Mastodon",
    "bluesky": "Bluesky",
    "nostr": "Nostr",
    "feed": _("Web feed"),
    "form": _("Written here"),
    "webhook": "Webhook",
    "irc": "IRC",
    "matrix": "Matrix",
    "misskey": "Misskey",
    "telegram": "Telegram",
    "slack": "Slack",
    "sms": _("By text"),
    "mail": _("E-mail"),
    "announcement": _("Announcement"),
    "question": _("Asked here"),
}


def chosen(request: Request) -> Filter:
    """Return the filter that the address of a request says."""
    return Filter.parse(request.query_params)


def address(path: str, chosen: Filter, **more: object) -> str:
    """Return the address of a page with a filter."""
    query = urlencode({**chosen.query(), **more})
    return f"{path}?{query}" if query else path


def filters_view(
    chosen: Filter, standings: Sequence[Standing], sources: Iterable[SourceSettings]
) -> dict[str, Any]:
    """Return what the form of the filters wants; its choices are those of the posts that are shown, and the sources."""
    writer = next((one.post.author for one in standings if one.post.author.uid == chosen.by), None)
    languages = {spoken(one.post) for one in standings} | {chosen.language} - {""}
    return {
        **{
            name: getattr(chosen, name)
            for name in ("words", "source", "language", "pictures", "question", "reply")
        },
        **{name: getattr(chosen, name) for name in ("writer", "by", "like", "thread", "place")},
        "any": bool(chosen),
        "by_name": (writer.name or writer.handle) if writer else _("one author"),
        "sources": source_choices(chosen, standings, sources),
        "languages": sorted(languages - {NOT_SAID}),
    }


def source_choices(
    chosen: Filter, standings: Sequence[Standing], sources: Iterable[SourceSettings]
) -> list[dict[str, str]]:
    """Return the kinds of sources there are, and each source of a kind that there are several of."""
    sources = list(sources)
    of_kind = [settings.kind for settings in sources]
    kinds = dict.fromkeys([*of_kind, *(one.post.source.kind for one in standings)])
    choices = {kind: network(kind) for kind in sorted(kinds, key=network)}
    for settings in sources:
        if of_kind.count(settings.kind) > 1:
            choices[settings.id] = _("%(network)s: %(source)s", network=network(settings.kind), source=settings.id)
    if chosen.source:
        choices.setdefault(chosen.source, network(chosen.source))
    return [{"value": value, "title": words} for value, words in choices.items()]


def network(kind: str) -> str:
    """Return the name of a kind of source in words."""
    return NETWORKS[kind] if kind in NETWORKS else title(kind)
