"""A post as the desk shows it: what audiences see of it, and what only staff may know."""

import hashlib
from collections.abc import Sequence
from typing import Any

from markupsafe import Markup

from wall.core import finding
from wall.core.answering import ANSWERABLE, is_answer
from wall.core.moderation import Bond, Copy, Standing, Status, answered_id
from wall.core.post import Remark
from wall.core.quoting import QUOTABLE
from wall.core.rules.kinds import linked_hosts, server_of
from wall.core.words import _, all_of
from wall.sources.blog import KIND as BLOG
from wall.web.language import say
from wall.web.pages import Pages
from wall.web.views import also, timestamp

MOST_HOSTS = 3
DECIDED: dict[Status, str] = {
    Status.WAITING: _("Waiting"),
    Status.APPROVED: _("Approved"),
    Status.REJECTED: _("Rejected"),
    Status.REMOVED: _("Removed"),
    Status.STASHED: _("Stashed"),
    Status.WITHDRAWN: _("Withdrawn"),
    Status.GROUPED: _("Grouped"),
}
FOR_PICTURE: dict[Status, str] = {
    Status.REJECTED: _("Rejected for its picture"),
    Status.REMOVED: _("Removed for its picture"),
}
ANSWERED: dict[Status, str] = {
    Status.WAITING: _("waiting"),
    Status.APPROVED: _("approved"),
    Status.REJECTED: _("rejected"),
    Status.REMOVED: _("removed"),
    Status.STASHED: _("stashed"),
    Status.GROUPED: _("grouped"),
}
"""How a post stands that is answered and not on the wall, in brackets behind its author."""
WHY: dict[Bond, str] = {
    "copy": _("copied by a bridge"),
    "original": _("what it was copied from"),
    "same": _("the same author and words, as far as they tell"),
}


def desk_card(pages: Pages, slug: str, standing: Standing) -> Markup:
    """Return the one fragment of a post at the desk: the post as audiences see it, and what only staff may know."""
    return pages.fragment("moderate/_card.html", slug, standing, standing=standing_view)


def standing_view(slug: str, standing: Standing) -> dict[str, Any]:
    return {
        "id": standing.post.id,
        "version": standing.version,
        "hash": standing.post.content_hash,
        "status": standing.status,
        "stands": stands(standing),
        "reason": standing.reason,
        "told": standing.explanation,
        "pinned": standing.pinned,
        "decided_by": standing.decided_by_name,
        "decided_at": timestamp(standing.decided_at) if standing.decided_at else None,
        "arrived": standing.arrived,
        "received_at": timestamp(standing.post.received_at),
        "author_uid": standing.post.author.uid,
        "trusted": standing.trusted,
        "note": remark_view(standing.note),
        "described": [
            remark_view(media.description) for media in standing.post.media if media.description and media.picture
        ],
        **marks_view(standing),
        "trust": standing.trust,
        "hints": standing.hints,
        "reposted_by": boosters(standing.post.reposted_by),
        "answers": answered_view(slug, standing),
        "due": timestamp(standing.due) if standing.due else None,
        "problems": [media.problem for media in standing.post.media if media.problem],
        "codes": [code for picture in standing.post.shown for code in picture.codes],
        "approved_by": standing.approval.by_name if standing.approval else None,
        "approver": standing.approval.by if standing.approval and not standing.visible else None,
        "refused_for_picture": bool(standing.refused),
        "rule_url": f"/organise/{slug}/rules/{standing.rule}" if standing.rule and standing.rule_name else None,
        "rule_name": standing.rule_name,
        "hosts": linked_hosts(standing.post)[:MOST_HOSTS],
        "server": server_of(standing.post.author),
        "brought_by": standing.post.source.brought_by,
        "quotable": standing.status in QUOTABLE
        and standing.post.source.kind != BLOG
        and not is_answer(standing.post),
        "quote_url": f"/{slug}/moderate/blog?quote={standing.post.id}",
        "talk_url": f"/{slug}/moderate/back-channels?post={standing.post.id}#talk",
        "answer_url": f"/{slug}/moderate/answers/{standing.post.id}"
        if standing.status in ANSWERABLE and not is_answer(standing.post)
        else None,
        "story_url": f"/{slug}/moderate/stories?post={standing.post.id}"
        if standing.status in ANSWERABLE and not is_answer(standing.post)
        else None,
        "mood_url": f"/{slug}/moderate/mood/{standing.post.id}",
        "spoken": bool(standing.spoken),
        "copies": [copy_view(copy) for copy in standing.copies],
        "networks": 1 + len(also(standing)),
        "parted": standing.parted is not None and standing.status == Status.WAITING,
        "recognisable": any(picture.likeness for picture in standing.post.shown),
    }


def stands(standing: Standing) -> str:
    """Return what was decided about a post, in words."""
    if standing.pinned:
        return _("Approved and pinned")
    return (FOR_PICTURE if standing.refused else DECIDED).get(standing.status, DECIDED[standing.status])


def boosters(handles: Sequence[str]) -> Markup:
    """Return the accounts of the team that boosted a post, in the language of the page."""
    names = [str(Markup("<bdi>@{}</bdi>").format(handle)) for handle in handles]
    return Markup(say(all_of(names)))  # noqa: S704 - escaped above


def copy_view(copy: Copy) -> dict[str, Any]:
    """Return a post that is grouped behind another: where it is, by whom, why, and what taking it out is bound to."""
    return {
        "id": copy.id,
        "version": copy.version,
        "hash": copy.content_hash,
        "source": copy.source,
        "author": copy.author,
        "handle": copy.handle,
        "why": WHY[copy.bond],
    }


def answered_view(slug: str, standing: Standing) -> dict[str, str] | None:
    """Return the post that one answers, as the team may know it: nothing of one that its author took back."""
    answered = standing.answers
    if answered is None or answered.status is Status.WITHDRAWN:
        return None
    page = f"/{slug}/post/{answered.id}" if answered.visible else ""
    shown = {"name": answered.name, "words": answered.words, "status": answered.status, "url": page}
    told = shown | {"stands": ANSWERED[answered.status]}
    return {**told, "tie": hashlib.sha256("\x1f".join(shown.values()).encode()).hexdigest()[:8]}


def marks_view(standing: Standing) -> dict[str, Any]:
    """Return what a filter of the page asks of a post; core/finding.py says what each is."""
    post = standing.post
    return {
        "source_id": post.source.id,
        "source_kind": post.source.kind,
        "language": finding.spoken(post),
        "pictures": finding.pictures_of(post),
        "first_time": standing.first_time,
        "question": finding.asks(post),
        "thread": answered_id(post) or post.id,
        "reply": post.reply_to is not None,
        "alike": finding.alikeness(post),
        "searched": finding.searched(post),
    }


def remark_view(remark: Remark | None) -> dict[str, str] | None:
    return {"text": remark.text, "by": remark.by_name, "at": timestamp(remark.at)} if remark else None
