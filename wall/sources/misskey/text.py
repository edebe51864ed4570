"""Misskey's markup (MFM) as HTML, from which words and links are read as from anybody's. Pure.

What moves, spins and blinks in it becomes the words alone.
"""

import re
from html import escape

DEEPEST = 8
FUNCTION = re.compile(r"\$\[[\w.,=-]{1,200} ([^\[\]]{0,5000})\]")
LINK = re.compile(r"\??\[([^\[\]\n]{1,500})\]\((https?://[^\s()]{1,2000})\)")
BARE_LINK = re.compile(r"&lt;(https?://(?:[^\s<>&]|&amp;){1,2000})&gt;")
BLOCK = re.compile(r"```[^\n`]{0,40}\n((?:(?!\n?```).){0,5000})\n?```", re.DOTALL)
EMPHASIS = (
    (re.compile(r"`([^`\n]{1,1000})`"), "code"),
    (re.compile(r"\*\*([^*\n]{1,3000})\*\*"), "b"),
    (re.compile(r"(?<![\w*])\*(?!\s)([^*\n]{1,3000})(?<!\s)\*(?![\w*])"), "i"),
)
STRUCK = re.compile(r"~~([^~\n]{1,3000})~~")
TAG = re.compile(r"&lt;/?(?:small|center|plain|b|i|s)&gt;")


def as_html(text: str) -> str:
    """Return a text with MFM as HTML."""
    html = BLOCK.sub(r"<code>\1</code>", escape(text))
    html = BARE_LINK.sub(r'<a href="\1">\1</a>', LINK.sub(r'<a href="\2">\1</a>', html))
    for _ in range(DEEPEST):
        html, found = FUNCTION.subn(r"\1", html)
        if not found:
            break
    for pattern, name in EMPHASIS:
        html = pattern.sub(rf"<{name}>\1</{name}>", html)
    return TAG.sub("", STRUCK.sub(r"\1", html)).replace("\n", "<br>")
