"""Mastodon statuses as a server sends them: those recorded for the tests, each time with other words and another id."""

import json
import random
from collections.abc import Iterator
from pathlib import Path

RECORDED = Path(__file__).resolve().parent.parent / "tests" / "fixtures" / "mastodon"
AUTHORS = 200
TALK = (
    "the talk about slow databases was worth the early train and now everybody wants the slides because nobody "
    "wrote down which index it was that made the query wait for coffee & cake in the hall next to the stairs"
)
LINK = (
    '<a href="https://example.org/programme/{number}" target="_blank" rel="nofollow noopener">'
    '<span class="invisible">https://</span><span class="ellipsis">example.org/programme</span>'
    '<span class="invisible">/{number}</span></a>'
)
MENTION = '<a href="https://social.example/@speaker" class="u-url mention">@<span>speaker</span></a>'


def statuses(seed: int) -> Iterator[bytes]:
    """Yield statuses without end, each as JSON: 8 to 40 words, every third with a link, every fifth with a mention."""
    dice = random.Random(seed)
    words = TALK.split()
    recorded = [
        status
        for name in ("gotosocial_tag_timeline.json", "snac_tag_timeline.json")
        for status in json.loads((RECORDED / name).read_text(encoding="utf-8"))
        if status["visibility"] == "public" and not status["media_attachments"]
    ]
    number = 0
    while True:
        number += 1
        status = dict(dice.choice(recorded))
        said = " ".join(dice.choices(words, k=dice.randint(8, 40))).replace("&", "&amp;")
        parts = [said]
        if number % 3 == 0:
            parts.append(LINK.format(number=number))
        if number % 5 == 0:
            parts.append(MENTION)
        author = dice.randrange(AUTHORS)
        status["id"] = f"{seed}{number:09}"
        status["uri"] = f"https://social.example/users/{author}/statuses/{seed}-{number}"
        status["url"] = f"https://social.example/@{author}/{seed}-{number}"
        status["content"] = f"<p>{' '.join(parts)}</p>{status['content']}"
        status["account"] = status["account"] | {
            "acct": f"author{author}@social.example",
            "display_name": f"Author {author}",
            "avatar": avatar(author),
            "avatar_static": avatar(author),
        }
        yield json.dumps(status).encode()


def avatar(author: int) -> str:
    return f"https://social.example/avatars/{author}.png"
