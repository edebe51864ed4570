"""What a moderator is told who decided on a post that is no longer as they saw it."""

from wall.core.moderation import Standing, Status
from wall.core.words import _
from wall.errors import AlreadyDecided


def already_decided(standing: Standing) -> AlreadyDecided:
    """Return the error that tells a moderator who was faster, or that the author changed the post."""
    if standing.status is Status.WITHDRAWN:
        return moved(standing, _("Its author deleted this post."))
    if standing.approval and not standing.visible:
        by = standing.approval.by_name
        return moved(
            standing, _("%(by)s approved this already; it needs one more. Look again, then decide.", by=by)
        )
    if standing.decided_by_name and standing.status is not Status.WAITING:
        return moved(standing, faster(standing.decided_by_name, standing.status))
    return moved(standing, _("This post changed since you saw it. Look again, then decide."))


def faster(by: str, status: Status) -> str:
    match status:
        case Status.APPROVED:
            return _("%(by)s was faster: this post is approved already.", by=by)
        case Status.REJECTED:
            return _("%(by)s was faster: this post is rejected already.", by=by)
        case Status.REMOVED:
            return _("%(by)s was faster: this post is removed already.", by=by)
        case Status.STASHED:
            return _("%(by)s was faster: this post is stashed already.", by=by)
    return _("%(by)s was faster. Look again, then decide.", by=by)


def moved(standing: Standing, message: str) -> AlreadyDecided:
    """Return an error in these words that tells how a post stands by now."""
    return AlreadyDecided(
        message,
        by=standing.decided_by_name,
        at=standing.decided_at.timestamp() if standing.decided_at else None,
        status=standing.status,
        version=standing.version,
    )
