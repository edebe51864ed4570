"""Every kind of rule: which of a rule's settings it takes, and what it finds in a post."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Literal
from urllib.parse import urlsplit

from wall.core.language import covers
from wall.core.post import Author, Post
from wall.core.rules.rule import Facts, Place, Rule
from wall.core.rules.words import Found, links, without_addresses
from wall.core.words import _

Setting = Literal["entries", "exceptions", "places", "others", "whole_words", "limit"]
Check = Callable[[Rule, Post, Facts], str | None]
"""Returns what of a post a rule is about, in words for the moderator, or None when it is not about this post."""

PLACES: dict[Place, str] = {
    "text": _("the text"),
    "name": _("the name"),
    "handle": _("the handle"),
    "warning": _("the content warning"),
    "alt": _("a picture's description"),
    "links": _("a link"),
    "server": _("the author's server"),
}
CAPITALS_NEED = 12
"""Letters below which a text is too short to shout."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """A kind of rule, as a form needs it. `unit` and `range` are of the limit, `default` its first value."""

    title: str
    help: str
    check: Check
    settings: frozenset[Setting] = frozenset()
    places: tuple[Place, ...] = ()
    entry: str = ""
    unit: str = ""
    range: tuple[float, float] = (0.0, 0.0)
    default: float = 0.0


def holds_words(rule: Rule, post: Post, facts: Facts) -> str | None:
    raise NotImplementedError("Words are looked for by all rules at once; see judge.py.")


def described(found: Found) -> str:
    return f"“{found.entry}” in {PLACES[found.place]}"


def is_of_author(rule: Rule, post: Post, facts: Facts) -> str | None:
    return post.author.handle or post.author.name if is_named(rule, post.author) else None


def is_named(rule: Rule, author: Author) -> bool:
    handle = bare_handle(author.handle)
    return any(entry == author.uid or bare_handle(entry) == handle for entry in rule.entries)


def is_of_domain(rule: Rule, post: Post, facts: Facts) -> str | None:
    found: list[tuple[str, Place]] = []
    if "links" in rule.places:
        found += [(host, "links") for host in map(host_of, links(post)) if host]
    if "server" in rule.places and (server := server_of(post.author)):
        found.append((server, "server"))
    for host, place in found:
        if any(within(host, entry) for entry in rule.entries) is not rule.others:
            return f"{host} is where a link leads" if place == "links" else f"{host} is the author's server"
    return None


def came_through(rule: Rule, post: Post, facts: Facts) -> str | None:
    ways = [way for way in (post.source.id, post.source.kind, post.source.place) if way]
    if any(entry.casefold() in map(str.casefold, ways) for entry in rule.entries) is rule.others:
        return None
    return f"it came through {post.source.place or post.source.kind}"


def is_in_language(rule: Rule, post: Post, facts: Facts) -> str | None:
    if post.language is None:
        return None
    return None if covers(rule.entries, post.language) is rule.others else f"it is marked as {post.language}"


def is_sensitive(rule: Rule, post: Post, facts: Facts) -> str | None:
    return "its author marked it as sensitive" if post.sensitive else None


def is_by_bot(rule: Rule, post: Post, facts: Facts) -> str | None:
    return "its author is a bot" if post.author.bot else None


def is_reply(rule: Rule, post: Post, facts: Facts) -> str | None:
    return "it answers another post" if post.reply_to else None


def is_repost(rule: Rule, post: Post, facts: Facts) -> str | None:
    return "it repeats somebody else's post" if post.text.startswith(("RT @", "RT: ", "♻️", "🔁")) else None


def has_links(rule: Rule, post: Post, facts: Facts) -> str | None:
    number = len(links(post))
    return f"{number} links" if number > limit_of(rule) else None


def is_new(rule: Rule, post: Post, facts: Facts) -> str | None:
    if post.author.created_at is None:
        return None
    age = max(post.received_at - post.author.created_at, timedelta())
    return f"its author's account is {aged(age)} old" if age < timedelta(hours=limit_of(rule)) else None


def has_few_followers(rule: Rule, post: Post, facts: Facts) -> str | None:
    number = post.author.followers
    return (
        f"its author has {plural(number, 'follower')}" if number is not None and number < limit_of(rule) else None
    )


def is_hasty(rule: Rule, post: Post, facts: Facts) -> str | None:
    return f"{facts.pace} posts by its author in a minute" if facts.pace > limit_of(rule) else None


def is_copy(rule: Rule, post: Post, facts: Facts) -> str | None:
    if facts.copies < limit_of(rule):
        return None
    return f"nearly the same as {facts.copies} others" if facts.copies > 1 else "nearly the same as another"


def shouts(rule: Rule, post: Post, facts: Facts) -> str | None:
    spoken = without_addresses(post.text, post.spans)
    letters = [char for char in spoken if char.isupper() or char.islower()]
    if len(letters) < CAPITALS_NEED:
        return None
    share = 100 * sum(map(str.isupper, letters)) / len(letters)
    return f"{share:.0f} % of its letters are capitals" if share > limit_of(rule) else None


def limit_of(rule: Rule) -> float:
    return KINDS[rule.kind].default if rule.limit is None else rule.limit


def bare_handle(handle: str) -> str:
    return handle.strip().lstrip("@").casefold()


def server_of(author: Author) -> str:
    """Return the host that an author's account is on, from the handle or else the author's page."""
    __, at, server = bare_handle(author.handle).rpartition("@")
    return server if at else host_of(author.url or "")


def host_of(href: str) -> str:
    try:
        return (urlsplit(href).hostname or "").rstrip(".").removeprefix("www.")
    except ValueError:
        return ""


def linked_hosts(post: Post) -> list[str]:
    """Return the hosts that the links of a post lead to, each once."""
    return list(dict.fromkeys(host for host in map(host_of, links(post)) if host))


def within(host: str, domain: str) -> bool:
    domain = domain.casefold().strip().rstrip(".")
    return host == domain or host.endswith(f".{domain}")


def aged(age: timedelta) -> str:
    hours = int(age.total_seconds() // 3600)
    return plural(hours // 24, "day") if hours >= 48 else plural(hours, "hour")


def plural(number: int, word: str) -> str:
    return f"{number} {word}" if number == 1 else f"{number} {word}s"


def settings(*names: Setting) -> frozenset[Setting]:
    return frozenset(names)


KINDS: dict[str, Kind] = {
    "words": Kind(
        title=_("Word list"),
        help=_(
            "Words and phrases, however they are spelt: with lookalike letters, digits, gaps or accents. "
            "An asterisk at an end stands for any letters."
        ),
        check=holds_words,
        settings=settings("entries", "exceptions", "places", "whole_words"),
        places=("text", "name", "handle", "warning", "alt", "links"),
        entry=_("word or phrase"),
    ),
    "authors": Kind(
        title=_("Authors"),
        help=_("What these people write, by handle."),
        check=is_of_author,
        settings=settings("entries"),
        entry=_("handle"),
    ),
    "domains": Kind(
        title=_("Domains"),
        help=_("Links to these domains, and authors from these servers, subdomains included."),
        check=is_of_domain,
        settings=settings("entries", "places", "others"),
        places=("links", "server"),
        entry=_("domain"),
    ),
    "sources": Kind(
        title=_("Sources"),
        help=_("What comes through these sources, kinds of source, relays or servers."),
        check=came_through,
        settings=settings("entries", "others"),
        entry=_("source, kind, or relay"),
    ),
    "languages": Kind(
        title=_("Languages"),
        help=_(
            "What its author's program marked as written in these languages. What is not marked is not caught."
        ),
        check=is_in_language,
        settings=settings("entries", "others"),
        entry=_("language, such as en or pt-BR"),
    ),
    "sensitive": Kind(
        title=_("Sensitive"),
        help=_("What its author marked as sensitive or put behind a warning."),
        check=is_sensitive,
    ),
    "bots": Kind(title=_("Bots"), help=_("What accounts write that call themselves a bot."), check=is_by_bot),
    "replies": Kind(title=_("Replies"), help=_("What answers another post."), check=is_reply),
    "reposts": Kind(
        title=_("Reposts"),
        help=_("What begins with RT or the like. What networks know as a repost is never taken in."),
        check=is_repost,
    ),
    "links": Kind(
        title=_("Links"),
        help=_("Posts with more links than this."),
        check=has_links,
        settings=settings("limit"),
        unit=_("links"),
        range=(0, 50),
        default=2,
    ),
    "age": Kind(
        title=_("New accounts"),
        help=_("Authors whose account is younger than this, where the network tells."),
        check=is_new,
        settings=settings("limit"),
        unit=_("hours"),
        range=(1, 24 * 365),
        default=24,
    ),
    "followers": Kind(
        title=_("Few followers"),
        help=_("Authors with fewer followers than this, where the network tells."),
        check=has_few_followers,
        settings=settings("limit"),
        unit=_("followers"),
        range=(1, 1_000_000),
        default=1,
    ),
    "pace": Kind(
        title=_("Pace"),
        help=_("What an author writes beyond this many posts in a minute, by the time they come to us."),
        check=is_hasty,
        settings=settings("limit"),
        unit=_("posts in a minute"),
        range=(1, 1_000),
        default=5,
    ),
    "copies": Kind(
        title=_("Near-duplicates"),
        help=_("What is nearly the same as this many posts before it, whoever wrote them."),
        check=is_copy,
        settings=settings("limit"),
        unit=_("earlier posts"),
        range=(1, 100),
        default=2,
    ),
    "capitals": Kind(
        title=_("Capitals"),
        help=_("Posts with more capital letters among their letters than this."),
        check=shouts,
        settings=settings("limit"),
        unit=_("%% of the letters"),
        range=(10, 99),
        default=70,
    ),
}
