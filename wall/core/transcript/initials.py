"""Posts in which nobody is named: authors are initials, and so is whom they mention."""

import re
from dataclasses import replace

from wall.core.answering import is_answer
from wall.core.moderation import Standing
from wall.core.post import Author, Post, Span

MOST_INITIALS = 3
NOBODY = "?"
# A handle in a text: @ana, @ana@social.example, @ana.bsky.social.
HANDLE = re.compile(r"(?<![\w@./])@\w[\w.-]*(?:@[\w-]+(?:\.[\w-]+)+)?", re.UNICODE)


def initials(name: str) -> str:
    """Return a name as initials: “A. B.” of “Ana Bell”, “A.” of “@ana@social.example”."""
    parts = name.split("@")[1:2] if name.startswith("@") else name.split()
    letters = [next((letter for letter in part if letter.isalnum()), "") for part in parts]
    return " ".join(f"{letter.upper()}." for letter in letters if letter)[: MOST_INITIALS * 3 - 1] or NOBODY


def unnamed(standing: Standing) -> Standing:
    """Return a standing with nothing left by which its author, or whom they mention, is named.

    The wall's own answers are in its name, and keep it. Who is named in plain words in a text stays named.
    """
    answered = standing.answers
    return replace(
        standing,
        post=unnamed_post(standing.post),
        answers=replace(answered, name=initials(answered.name)) if answered else None,
    )


def unnamed_post(post: Post) -> Post:
    short = Author(uid="", handle="", name=initials(post.author.name or post.author.handle))
    author = replace(post.author, url=None) if is_answer(post) else short
    text, spans = without_handles(post)
    return replace(post, author=author, url=None, text=text, spans=spans, reply_to=None)


def without_handles(post: Post) -> tuple[str, tuple[Span, ...]]:
    """Return the text of a post with handles as initials, and the spans that are left, where they are then."""
    text = post.text
    found = {(span.start, span.end) for span in post.spans if span.kind == "mention"}
    links = [(span.start, span.end) for span in post.spans if span.kind == "link"]
    for match in HANDLE.finditer(text):
        if not any(start < match.end() and match.start() < end for start, end in (*links, *found)):
            found.add(match.span())
    said, at, moved = "", 0, []
    for start, end in sorted(found):
        if start < at or not start < end <= len(text):
            continue
        short = f"@{initials(text[start:end].lstrip('@'))}"
        said += text[at:start] + short
        at = end
        moved.append((start, end, len(said)))
    said += text[at:]

    def place(old: int) -> int:
        shift = 0
        for start, end, after in moved:
            if old <= start:
                break
            if old < end:
                return after
            shift = after - end
        return old + shift

    kept = (replace(span, start=place(span.start), end=place(span.end)) for span in post.spans)
    return said, tuple(span for span in kept if span.kind != "mention" and span.start < span.end)
