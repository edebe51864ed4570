"""The live-blog: what the team writes in the wall's own name. Nothing here listens; the desk's route does."""

from datetime import datetime

from wall.core import markup
from wall.core.event import Event
from wall.core.post import Author, Picture, Post, SourceRef
from wall.core.text import GRAPHEME, clean
from wall.core.words import _
from wall.errors import InvalidInput
from wall.sources.implied import implied

KIND = "blog"
LONGEST = 500  # graphemes
LONGEST_RAW = 20_000  # characters, before anything is looked at


def entry(
    text: str, event: Event, *, id: str, quoted: Post | None, now: datetime, logo: Picture | None = None
) -> Post:
    """Return an entry, `id` being drawn by the caller, with what it quotes below its own words.

    Raises InvalidInput when there is nothing to show, or too much.
    """
    words = own_words(text)
    marked = markup.from_text(f"{words}\n\n{quotation(quoted)}" if quoted else words)
    return Post(
        uid=f"{KIND}:{id}",
        source=SourceRef(id=KIND, kind=KIND),
        author=Author(uid=f"{KIND}:{event.slug}", handle="", name=event.title, avatar=logo),
        url=quoted.url if quoted else None,
        text=marked.text,
        spans=marked.spans,
        tags=implied(event, markup.tags(marked)),
        content_warning=quoted.content_warning if quoted else None,
        sensitive=quoted.sensitive if quoted else False,
        reply_to=quoted.uid if quoted else None,
        created_at=now,
        received_at=now,
        revision=int(now.timestamp() * 1000),
    )


def own_words(text: str) -> str:
    words = clean(text[:LONGEST_RAW])
    length = sum(1 for _ in GRAPHEME.finditer(words))
    if not words:
        raise InvalidInput(_("Write something first."), field="text")
    if len(text) > LONGEST_RAW or length > LONGEST:
        raise InvalidInput(
            _("This has %(length)s characters; %(longest)s fit.", length=length, longest=LONGEST), field="text"
        )
    return words


def quotation(post: Post) -> str:
    """Return what somebody wrote, as a quotation that says who did."""
    handle = f" ({post.author.handle})" if post.author.handle not in ("", post.author.name) else ""
    return f"“{post.text}”\n— {post.author.name}{handle}"
