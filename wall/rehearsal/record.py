"""The record of the whole event: some 2,160 posts in the order they arrive."""

import re
from collections.abc import Iterator
from random import Random
from typing import NotRequired, TypedDict

from wall.rehearsal.arrivals import spread
from wall.rehearsal.assembly import Assembly
from wall.rehearsal.draft import Draft

HASHTAG = "commonground26"
PASS_ON = ("mastodon", "bluesky", "nostr")
PASSED_ON = 0.3
"""Share of posts that others pass on."""


class Picture(TypedDict):
    url: str
    alt: str | None


class Author(TypedDict):
    id: str
    name: str
    handle: str
    avatar: str | None


class Line(TypedDict):
    """One line of a recording. `at` is seconds from its start; a delete has no text."""

    at: float
    op: str
    kind: str
    id: str
    author: Author
    text: NotRequired[str]
    language: NotRequired[str]
    reply_to: NotRequired[str | None]
    media: NotRequired[list[Picture]]
    sensitive: NotRequired[bool]
    warning: NotRequired[str | None]
    reposts: NotRequired[int]


def record(*, seed: int = 1, hashtag: str = HASHTAG) -> Iterator[Line]:
    """Yield the event line by line; the same seed gives the same lines."""
    random = Random(seed)
    drafts = Assembly(random).drafts()
    index = {id(draft): number for number, draft in enumerate(drafts)}
    after = [index[id(draft.answers)] if draft.answers else None for draft in drafts]
    times = spread([draft.time for draft in drafts], after)

    order = sorted(range(len(drafts)), key=lambda number: times[number])
    ids = {number: f"demo-{place:04d}" for place, number in enumerate(order, 1)}
    written: list[Line] = []
    for number in order:
        draft, answered = drafts[number], after[number]
        post = _post(draft, times[number], ids[number], hashtag)
        post["reply_to"] = None if answered is None else ids[answered]
        written.append(post)
        written += _changes(draft, post, hashtag, random)
        written += _reposts(post)
    yield from sorted(written, key=lambda line: line["at"])


def _post(draft: Draft, at: float, id: str, hashtag: str) -> Line:
    person, remark = draft.person, draft.remark
    return Line(
        at=round(float(at), 2),
        op="post",
        kind=draft.network,
        id=id,
        author=Author(
            id=f"{person.network}:{person.key}", name=person.name, handle=person.handle, avatar=person.avatar
        ),
        text=_tagged(remark.text, draft, hashtag),
        language=remark.language,
        reply_to=None,
        media=[Picture(url=f"rehearsal:{name}", alt=alt or None) for name, alt in remark.pictures],
        sensitive=remark.warning is not None,
        warning=remark.warning,
    )


def _changes(draft: Draft, post: Line, hashtag: str, random: Random) -> Iterator[Line]:
    if draft.remark.edit is not None:
        later = round(post["at"] + random.uniform(90, 600), 2)
        yield Line(**{**post, "at": later, "op": "edit", "text": _tagged(draft.remark.edit, draft, hashtag)})
    if draft.remark.deleted:
        later = round(post["at"] + random.uniform(60, 900), 2)
        yield Line(at=later, op="delete", kind=post["kind"], id=post["id"], author=post["author"])


def _reposts(post: Line) -> Iterator[Line]:
    """Yield how others pass a post on, where its network knows of that: few posts much, and most not at all."""
    random = Random(f"reposts of {post['id']}")
    if post["kind"] not in PASS_ON or random.random() > PASSED_ON:
        return
    at, reposts = post["at"], 0
    for _ in range(random.randint(1, 3)):
        at += random.uniform(20, 240)
        reposts += random.choice((1, 2, 2, 3, 5, 9))
        yield Line(**{**post, "at": round(at, 2), "op": "reposts", "reposts": reposts})


def _tagged(text: str, draft: Draft, hashtag: str) -> str:
    """Return the text with the hashtag, as that author writes it; on the form nobody has to."""
    tag = "#" + hashtag
    if len(draft.person.key) % 7 == 0:
        tag = re.sub(r"[a-z]+", lambda match: match[0].capitalize(), tag, count=1)
    if "##" in text:
        return text.replace("##", tag)
    if draft.network == "form":
        return text
    return f"{text}{chr(10) * 2 if chr(10) in text else ' '}{tag}"
