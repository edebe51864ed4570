"""What its author does to a post: edits it, deletes it, or leaves the wall."""

from dataclasses import replace
from datetime import datetime

from wall.core.moderation import Standing, Status, Verdict, approval_time, arrive
from wall.core.post import LEFT, Author, Post

NOBODY = Author(uid="left", handle="", name="Somebody who left")


def is_edit(standing: Standing, post: Post) -> bool:
    """Tell whether a post that came again is an edit of what we have, rather than a copy or an older version.

    A copy at the same revision is never an edit, for it may be another server's: they differ in small things, and
    a post must not swing between them. Without revisions, only what its own source says again can be one.
    """
    if standing.status is Status.WITHDRAWN:
        return False
    if described_again(standing.post, post).content_hash == standing.post.content_hash:
        return False
    if post.revision != standing.post.revision:
        return post.revision > standing.post.revision
    return post.revision == 0 and post.source.id == standing.post.source.id


def edit(standing: Standing, post: Post, verdict: Verdict, now: datetime) -> Standing:
    """Return how a post stands once its author changed it.

    An approved post goes back to the queue unless the rules let the new words through. What the rules alone rejected
    goes where they say now. What a moderator rejected, removed or stashed stays so. What the team said of its pictures
    stays where the author says nothing new.
    """
    post = described_again(standing.post, post)
    edited = replace(
        standing,
        post=replace(
            post,
            received_at=standing.post.received_at,
            reposts=max(post.reposts, standing.post.reposts),
            reposted_by=together(standing.post.reposted_by, post.reposted_by),
            reply_to=standing.post.reply_to or post.reply_to,
        ),
        version=standing.version + 1,
        before=None,
        approval=None,
        due=None,
    )
    acquitted = standing.status is Status.REJECTED and (standing.by_rule or standing.approval is not None)
    if not acquitted and standing.status not in (Status.APPROVED, Status.WAITING):
        return replace(edited, pinned=False, cleared=False)
    judged = arrive(post, verdict, now, trusted=standing.trusted, trust=standing.trust)
    anew = acquitted or judged.decided_by is not None
    return replace(
        edited,
        status=judged.status,
        due=judged.due,
        hints=judged.hints,
        reason=judged.reason or ("Edited by its author after it was approved." if standing.visible else None),
        rule=judged.rule,
        rule_name=judged.rule_name,
        pinned=standing.pinned and judged.visible,
        approved_at=approval_time(standing, judged.status, now),
        decided_by=judged.decided_by if anew else standing.decided_by,
        decided_by_name=judged.decided_by_name if anew else standing.decided_by_name,
        decided_at=judged.decided_at if anew else standing.decided_at,
    )


def recounted(standing: Standing, post: Post) -> Standing | None:
    """Return how a post stands that came again and was passed on more often, or by more of the team's accounts.

    Which post it answers may be learnt so, too. None when that is no news. It is no edit, and its version stays: who is
    about to decide about it sees the same post. A count never falls, for each server has heard of other reposts.
    """
    if standing.status is Status.WITHDRAWN or is_edit(standing, post):
        return None
    before = standing.post
    by = together(before.reposted_by, post.reposted_by)
    answered = before.reply_to or post.reply_to
    if post.reposts <= before.reposts and by == before.reposted_by and answered == before.reply_to:
        return None
    again = replace(before, reposts=max(before.reposts, post.reposts), reposted_by=by, reply_to=answered)
    return replace(standing, post=again)


def together(before: tuple[str, ...], now: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(before + now))


def described_again(before: Post, post: Post) -> Post:
    """Return a post that came again with what the team said of those pictures of which its author says nothing new."""
    said = {(media.kind, media.url, media.alt): media.description for media in before.media if media.description}
    if not said:
        return post
    media = tuple(replace(one, description=said.get((one.kind, one.url, one.alt))) for one in post.media)
    return replace(post, media=media)


def withdraw(standing: Standing, now: datetime) -> Standing:
    """Return how a post stands once its author deleted it: its words and pictures are gone, here too."""
    emptied = replace(
        standing.post,
        author=replace(standing.post.author, avatar=None, avatar_url=None),
        text="",
        spans=(),
        tags=(),
        media=(),
        emojis={},
        content_warning=None,
        url=None,
    )
    return replace(
        standing,
        post=emptied,
        status=Status.WITHDRAWN,
        note=None,
        hints=(),
        pinned=False,
        version=standing.version + 1,
        approved_at=None,
        decided_at=now,
        due=None,
        before=None,
        approval=None,
    )


def restore(standing: Standing, post: Post) -> Standing | None:
    """Return how a withdrawn post stands that its network shows again: waiting; None for any other.

    It is another's word that it is there again, so nothing that was decided before holds.
    """
    if standing.status is not Status.WITHDRAWN or standing.post.author.uid != post.author.uid:
        return None
    return replace(
        standing,
        post=replace(post, received_at=standing.post.received_at),
        status=Status.WAITING,
        version=standing.version + 1,
        reason="It was gone from its network for a while.",
        card=None,
        bond=None,
        decided_by=None,
        decided_by_name=None,
        decided_at=None,
    )


def forget(standing: Standing, now: datetime) -> Standing:
    """Return how a post stands once its author left the wall: withdrawn, and of nobody."""
    withdrawn = withdraw(standing, now)
    return replace(withdrawn, post=replace(withdrawn.post, author=NOBODY))


def unnamed(standing: Standing) -> Standing | None:
    """Return how a post of nobody stands once its address at its network is gone, too; None where it is."""
    post = standing.post
    if post.author != NOBODY or post.uid.startswith(LEFT):
        return None
    return replace(
        standing,
        post=replace(
            post,
            uid=f"{LEFT}{post.id}",
            source=replace(post.source, place=None),
            aliases=(),
            reposted_by=(),
            reply_to=None,
            bridged_from=None,
        ),
        version=standing.version + 1,
        reason=None,
    )
