"""Posts and stories as entries of Atom and JSON Feed: what a reader elsewhere is given, with whole addresses."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from html import escape

from wall.core import markup
from wall.core.event import Event
from wall.core.link import safe_href
from wall.core.moderation import Standing
from wall.core.post import Post
from wall.core.render import to_html
from wall.core.story import Story
from wall.core.syndication import Enclosure, Entry
from wall.core.text import cut
from wall.core.words import _
from wall.web.language import say
from wall.web.views import face_url, html, picture_url

TITLE_GRAPHEMES = 80
WEBP = "image/webp"


def post_entry(event: Event, standing: Standing, base: str, told: datetime | None) -> Entry:
    """Return a post on the wall as an entry; `told` is when it changed last, as far as the feed still knows.

    Of one with a warning, readers are given the warning alone: not all of them can fold the rest away.
    """
    post, slug = standing.post, event.slug
    warning = warning_of(post)
    name = author_name(post)
    face = None if warning else face_url(slug, post)
    words = warning or " ".join(post.text.split())
    published = standing.approved_at or post.created_at
    return Entry(
        url=f"{base}/{slug}/post/{post.id}",
        title=cut(f"{name}: {words}" if words else name, limit=TITLE_GRAPHEMES, lines=1),
        html=warned_html(event, post, base, warning) if warning else post_html(event, standing, base),
        text=warning or post.text,
        published=post.created_at,
        updated=max(at for at in (post.created_at, published, edited_at(post), told) if at),
        author=name,
        author_url=safe_href(post.author.url or ""),
        author_picture=base + face if face else None,
        original=safe_href(post.url or ""),
        summary=warning,
        language=post.language,
        categories=tuple(dict.fromkeys(tag.raw for tag in post.tags)),
        enclosures=() if warning else enclosures(slug, post, base),
    )


def warning_of(post: Post) -> str:
    """Return the warning before a post in words, "" where there is none."""
    if post.content_warning:
        return post.content_warning
    return say(_("Marked as sensitive by its author")) if post.sensitive else ""


def author_name(post: Post) -> str:
    return post.author.name or post.author.handle or "?"


def edited_at(post: Post) -> datetime | None:
    """Return when its author edited a post, as its network tells, None where that makes no sense."""
    try:
        edited = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(milliseconds=post.revision)
    except OverflowError:
        return None
    # What was numbered otherwise, or dated by a clock that runs ahead, is no time of an edit.
    return edited if post.created_at <= edited <= post.received_at + timedelta(days=365) else None


def post_html(event: Event, standing: Standing, base: str) -> str:
    """Return what a post says and shows, and what the wall answered to it."""
    post, answer = standing.post, standing.answer
    parts = [html(event.slug, post, base=base)]
    shown = pictures(event.slug, post, base)
    parts += [f'<p><img src="{escape(one.url)}" alt="{escape(one.alt)}"></p>' for one in shown]
    if answer is not None:
        by = escape(author_name(answer))
        parts.append(f"<blockquote>{html(event.slug, answer, base=base)}<p>{by}</p></blockquote>")
    return "".join(parts)


def warned_html(event: Event, post: Post, base: str, warning: str) -> str:
    address = escape(f"{base}/{event.slug}/post/{post.id}")
    return f'<p>{escape(warning)}</p><p><a href="{address}">{escape(address)}</a></p>'


def enclosures(slug: str, post: Post, base: str) -> tuple[Enclosure, ...]:
    return tuple(pictures(slug, post, base))


def pictures(slug: str, post: Post, base: str) -> Sequence[Enclosure]:
    """Return what is attached, in our own copies."""
    shown = ((media, picture_url(slug, post, media.picture, "screen")) for media in post.media)
    return [Enclosure(url=base + url, media_type=WEBP, alt=media.heard or "") for media, url in shown if url]


def story_entry(event: Event, story: Story, there: dict[str, Standing], base: str) -> Entry:
    """Return a story as an entry, each post in it as it stands now, or not at all."""
    published = story.published_at or story.changed_at or datetime(1970, 1, 1, tzinfo=UTC)
    parts = [part_html(event, one.words, there.get(one.post), base) for one in story.parts]
    words = [one.words or text_of(there.get(one.post)) for one in story.parts]
    return Entry(
        url=f"{base}/{event.slug}/stories/{story.name}",
        title=story.title,
        titled=True,
        html="".join(parts),
        text="\n\n".join(filter(None, words)),
        published=published,
        updated=max(published, story.changed_at or published),
        author=event.title,
        author_url=f"{base}/{event.slug}",
        language=event.language,
    )


def part_html(event: Event, words: str, standing: Standing | None, base: str) -> str:
    if words:
        marked = markup.from_text(words)
        return to_html(marked.text, marked.spans, {})
    if standing is None:
        return ""
    post = standing.post
    address = escape(f"{base}/{event.slug}/post/{post.id}")
    warning = warning_of(post)
    said = f"<p>{escape(warning)}</p>" if warning else post_html(event, standing, base)
    return f'<blockquote cite="{address}">{said}<p><a href="{address}">{escape(author_name(post))}</a></p></blockquote>'


def text_of(standing: Standing | None) -> str:
    if standing is None:
        return ""
    post = standing.post
    return f"{author_name(post)}: {warning_of(post) or post.text}"
