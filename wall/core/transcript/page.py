"""A transcript as one HTML page that needs nothing else: no network, no script, no other file.

Its feed and posts are marked up as h-feed and h-entry (microformats). In the place of a picture's bytes stands a mark
(`kept:…`), which whoever has the files fills in while the page is written, a picture at a time.
"""

import re
from collections.abc import Iterator
from html import escape

from wall.core.languages import direction
from wall.core.link import safe_href
from wall.core.post import Media, Picture
from wall.core.render import UNPRINTABLE, to_html
from wall.core.transcript import headings
from wall.core.transcript.line import Head, Line, called, handle_of
from wall.core.transcript.plan import Section
from wall.core.transcript.times import timestamp
from wall.core.words import _, ngettext

MOST_DEPTH = 4
MOST_CONTENTS = 400
POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:; form-action 'none'"
# No text of anybody can hold this: a quotation mark of theirs is escaped.
KEPT = re.compile(r'src="kept:([0-9a-f]{32})"')


class Page:
    """Writes HTML. What answers a post stands within it, as a list of its own."""

    def __init__(self, head: Head) -> None:
        self.head = head
        self.depth = -1
        self.opened = False

    def begin(self) -> str:
        head = self.head
        about = "".join(f"<p>{text(part)}</p>" for part in headings.days(head))
        tags = " ".join(f'<bdi class="p-category">#{text(one)}</bdi>' for one in head.hashtags)
        title = text(head.title)
        return (
            f'<!doctype html>\n<html lang="{head.language}" dir="{direction(head.language)}">\n<head>\n'
            f'<meta charset="utf-8">\n<meta http-equiv="Content-Security-Policy" content="{POLICY}">\n'
            '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
            '<meta name="referrer" content="no-referrer">\n<meta name="color-scheme" content="light dark">\n'
            f"<title>{title} · {text(head.say(_('Transcript')))}</title>\n"
            f"<style>{head.styles}\n:root {{ --accent: {head.accent}; }}\n"
            f"@page {{ @top-left {{ content: {quoted(head.title)}; }} }}</style>\n</head>\n<body>\n"
            f'<main class="transcript h-feed">\n<header class="front">\n'
            f'<p class="front__kind">{text(head.say(_("Transcript")))}</p>\n'
            f'<h1 class="front__title p-name"><bdi>{title}</bdi></h1>\n'
            f'<div class="front__about">{about}<p>{tags}</p></div>\n</header>\n{self.contents()}'
        )

    def contents(self) -> str:
        """Return the list of sections, where there are several."""
        head = self.head
        if not 1 < len(head.sections) <= MOST_CONTENTS:
            return ""
        rows = []
        for section in head.sections:
            day = f'<li class="contents__day">{text(head.day(section.day))}</li>' if section.opens_day else ""
            name = headings.title(section, head) or head.say(_("All day"))
            count = text(head.say(ngettext("%(num)s post", "%(num)s posts", len(section.rows))))
            begins = f"{head.local(section.rows[0].at):%H:%M}" if section.rows else ""
            rows.append(
                f'{day}<li><span class="contents__time">{begins}</span> <a href="#s{section.number}">'
                f'<bdi>{text(name)}</bdi></a> <span class="contents__count">{count}</span></li>'
            )
        label = text(head.say(_("Contents")))
        return f'<nav class="contents" aria-label="{label}"><ol>{"".join(rows)}</ol></nav>\n'

    def section(self, section: Section) -> str:
        head = self.head
        heading = headings.title(section, head)
        day = f'<h2 class="day">{text(head.day(section.day))}</h2>\n' if section.opens_day else ""
        title = ""
        if len(section.sessions) > 1:
            parts = "".join(
                f"<li><bdi>{text(one.title)}</bdi> <span>{text(headings.about(one, head))}</span></li>"
                for one in section.sessions
            )
            running = text(head.say(_("At the same time")))
            title = f'<h3 class="session session--many">{running}</h3><ul class="sessions">{parts}</ul>\n'
        elif heading:
            about = "".join(
                f'<p class="session__about">{text(headings.about(one, head))}</p>' for one in section.sessions
            )
            title = f'<h3 class="session"><bdi>{text(heading)}</bdi></h3>{about}\n'
        before, self.opened = self.close(), True
        return f'{before}<section class="part" id="s{section.number}">\n{day}{title}<ol class="posts">\n'

    def line(self, line: Line) -> str:
        depth = min(line.depth, MOST_DEPTH, self.depth + 1)
        if depth > self.depth:
            between = '<ol class="answers">\n' if self.depth >= 0 else ""
        else:
            between = "</li>\n" + "</ol></li>\n" * (self.depth - depth)
        self.depth = depth
        return f"{between}<li>{entry(line, self.head)}"

    def close(self) -> str:
        """Return the end of the section that is being written, if one is."""
        ends = "</li>\n" + "</ol></li>\n" * self.depth if self.depth >= 0 else ""
        opened, self.opened, self.depth = self.opened, False, -1
        return f"{ends}</ol>\n</section>\n" if opened else ""

    def end(self) -> str:
        head = self.head
        link = f'<a class="u-url" href="{escape(head.address)}">{text(head.address)}</a>' if head.address else ""
        return (
            f'{self.close()}</main>\n<footer class="colophon"><p>{text(headings.zone(head))} '
            f"{text(headings.colophon(head))}</p><p>{link}</p></footer>\n</body>\n</html>\n"
        )


def entry(line: Line, head: Head) -> str:
    """Return one post."""
    post = line.post
    clock, at = head.local(post.created_at), timestamp(post.created_at)
    href = safe_href(post.url or "") or line.url
    time = f'<time class="dt-published" datetime="{at}">{clock:%H:%M}</time>'
    linked = (
        f'<a class="u-url" href="{escape(href)}" rel="noopener noreferrer nofollow">{time}</a>' if href else time
    )
    uid = f'<data class="u-uid" value="{escape(line.url)}"></data>' if line.url else ""
    body = "".join(content(line, head))
    if line.covered:
        why = text(headings.warning(line, head))
        body = f'<details class="covered"><summary dir="auto">{why}</summary>{body}</details>'
    return (
        f'<article class="post h-entry" id="p{escape(line.key)}"><p class="post__time">{linked}{uid}</p>'
        f'<div class="post__said"><p class="post__who">{"".join(who(line, head))}</p>{body}</div></article>'
    )


def who(line: Line, head: Head) -> Iterator[str]:
    """Yield who wrote a post, whom they answer, and where it was written."""
    author = line.post.author
    href = safe_href(author.url or "")
    name = f'<bdi class="p-name">{text(called(author))}</bdi>'
    named = (
        f'<a class="u-url" href="{escape(href)}" rel="noopener noreferrer nofollow">{name}</a>' if href else name
    )
    handle = handle_of(author)
    nick = f' <bdi class="post__handle p-nickname">{text(handle)}</bdi>' if handle else ""
    yield f'<span class="p-author h-card">{named}{nick}</span>'
    words = headings.answering(line, head)
    if line.answers and line.within:
        anchor = f"#p{escape(line.answers)}"
        linked = f' <a class="post__answers u-in-reply-to" href="{anchor}">{text(words)}</a>'
        yield linked if words else f'<data class="u-in-reply-to" value="{anchor}"></data>'
    elif words:
        yield f' <span class="post__answers">{text(words)}</span>'
    yield f' <span class="post__network">{text(head.network(line.post))}</span>'


def content(line: Line, head: Head) -> Iterator[str]:
    """Yield the text of a post and its pictures."""
    post = line.post
    if post.text:
        emojis = {
            code: f"kept:{media.picture.id}"
            for code, media in post.emojis.items()
            if media.picture and not media.picture.codes and media.picture.id in line.kept
        }
        language = f' lang="{escape(post.language)}"' if post.language else ""
        yield f'<div class="post__text e-content" dir="auto"{language}>{to_html(post.text, post.spans, emojis)}</div>'
    shown = [(media, media.picture) for media in post.media if media.picture and media.picture.id in line.kept]
    if shown:
        yield f'<div class="pictures">{"".join(figure(*one, head) for one in shown)}</div>'
    for media in post.media:
        if not media.picture or media.picture.id not in line.kept:
            words = media.heard or head.say(_("without words"))
            yield f'<p class="post__unseen" dir="auto">{text(head.say(_("Picture: %(words)s", words=words)))}</p>'


def figure(media: Media, picture: Picture, head: Head) -> str:
    """Return a picture, whose bytes are filled in later."""
    alt = text(media.heard or "")
    caption = head.say(_("Still of a recording") if media.kind == "audio" else _("Still of a video"))
    below = "" if media.kind == "image" else f"<figcaption>{text(caption)}</figcaption>"
    size = f'width="{picture.width}" height="{picture.height}"'
    return f'<figure><img class="u-photo" src="kept:{picture.id}" alt="{alt}" {size}>{below}</figure>'


def text(words: str) -> str:
    """Return words so that they can stand in a page."""
    return escape(UNPRINTABLE.sub("\ufffd", words))


def quoted(words: str) -> str:
    """Return words as a string of CSS, which ends neither itself nor the element that it stands in."""
    return '"' + "".join(one if one.isalnum() or one == " " else f"\\{ord(one):x} " for one in words) + '"'
