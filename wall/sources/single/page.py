"""Any page of the web as a post, by what it says of itself (Open Graph, else its title and description)."""

import asyncio
import re
from collections.abc import Mapping
from urllib.parse import urljoin, urlsplit

from selectolax.lexbor import LexborHTMLParser

from wall.core import markup
from wall.core.language import language
from wall.core.link import safe_href
from wall.core.post import Author, Media, Post
from wall.core.text import clean, clean_name
from wall.core.words import _
from wall.errors import InvalidPost
from wall.sources.fetch import MIB
from wall.sources.payload import moment
from wall.sources.response import Response
from wall.sources.single.base import Sought

LARGEST_PAGE = 2 * MIB
LONGEST_READ = 512 * 1024  # bytes; what a page says of itself stands at its top
LONGEST_VALUE = 10_000  # characters
MOST_TAGS = 500
HTML = ("text/html", "application/xhtml+xml")
NAMED_CHARSET = re.compile(rb"<meta[^>]{0,200}charset=[\"']?([\w-]{2,40})", re.IGNORECASE)


async def read(sought: Sought) -> Post | None:
    """Return the page as a post; None for what is no address of the web."""
    if urlsplit(sought.address).scheme not in ("http", "https"):
        return None
    answer = await sought.fetch.get(sought.address, limit=LARGEST_PAGE, accept=HTML)
    # A page may be made so that reading it takes long; others are served meanwhile.
    return await asyncio.to_thread(parse_page, answer, sought)


def parse_page(answer: Response, sought: Sought) -> Post:
    """Return what a page says of itself; raises InvalidPost when that is nothing."""
    said, others = described(decoded(answer))
    host = urlsplit(answer.url).hostname or answer.url
    url = own_address(said, answer.url)
    title = clean(first(said, "og:title", "twitter:title", "title"))
    words = clean(first(said, "og:description", "twitter:description", "description"))
    text = words if title and title in words else "\n\n".join(filter(None, (title, words)))
    marked = markup.from_text(text)
    if not marked.text:
        raise InvalidPost(
            _(
                "The page at %(host)s says nothing of itself that could be shown: no title, no description.",
                host=host,
            )
        )
    name = clean_name(first(said, "author", "og:site_name", "application-name")) or host
    picture = safe_href(first(said, "og:image:secure_url", "og:image", "twitter:image"), base=answer.url)
    alt = clean(first(said, "og:image:alt", "twitter:image:alt")) or None
    written = moment(first(said, "article:published_time", "og:article:published_time", "date"))
    return Post(
        uid=canonical(others, answer.url) or f"page:{url}",
        source=sought.source("page", host),
        author=Author(
            uid=f"page:{host}/{name.lower()}", handle=host, name=name, url=safe_href(f"https://{host}/")
        ),
        url=safe_href(url),
        text=marked.text,
        spans=marked.spans,
        tags=markup.tags(marked),
        media=(Media(kind="image", url=picture, alt=alt),) if picture else (),
        language=language(first(said, "lang", "og:locale").replace("_", "-")),
        created_at=min(written or sought.now, sought.now),
        received_at=sought.now,
    )


def described(html: str) -> tuple[dict[str, str], dict[str, str]]:
    """Return what the page says of itself by name, the first of each, and its other forms by media type."""
    page = LexborHTMLParser(html)
    said: dict[str, str] = {}
    others: dict[str, str] = {}
    for node in page.css("meta")[:MOST_TAGS]:
        given = node.attributes
        name = (given.get("property") or given.get("name") or "").strip().lower()
        if name and (value := (given.get("content") or "").strip()):
            said.setdefault(name, value[:LONGEST_VALUE])
    for node in page.css("link[rel]")[:MOST_TAGS]:
        given, rel = node.attributes, (node.attributes.get("rel") or "").lower().split()
        href = (given.get("href") or "").strip()
        if "canonical" in rel and href:
            said.setdefault("canonical", href)
        if "alternate" in rel and href:
            others.setdefault((given.get("type") or "").partition(";")[0].strip().lower(), href)
    if title := page.css_first("title"):
        said.setdefault("title", " ".join(title.text()[:LONGEST_VALUE].split()))
    if root := page.css_first("html"):
        said.setdefault("lang", (root.attributes.get("lang") or "")[:50])
    return said, others


def first(said: Mapping[str, str], *names: str) -> str:
    return next((said[name] for name in names if said.get(name)), "")


def own_address(said: Mapping[str, str], address: str) -> str:
    """Return what the page calls its own address, believed only where it is on the same host."""
    named = safe_href(first(said, "canonical", "og:url"), base=address)
    same = named and urlsplit(named).hostname == urlsplit(address).hostname
    return (named if same and named else address).partition("#")[0]


def canonical(others: Mapping[str, str], address: str) -> str | None:
    """Return the uid of a post of the fediverse that this is the page of, if it says so, and is on the same host."""
    if not (named := others.get("application/activity+json")):
        return None
    uri = urljoin(address, named)
    return f"ap:{uri}" if urlsplit(uri).hostname == urlsplit(address).hostname and safe_href(uri) else None


def decoded(answer: Response) -> str:
    body = answer.body[:LONGEST_READ]
    named = NAMED_CHARSET.search(body[:4096])
    charset = (
        answer.charset if "charset" in answer.headers.get("content-type", "") or not named else named[1].decode()
    )
    try:
        return body.decode(charset, "replace")
    except (LookupError, UnicodeError):
        return body.decode("utf-8", "replace")
