"""What the pictures of a post mean for where it goes. The rules have spoken before; this only ever holds it back."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from wall.core.event import Event
from wall.core.likeness import first_alike
from wall.core.moderation import Standing, Status, Verdict
from wall.core.post import Post

# From here on a classifier's label is told to the moderators.
SUSPECT = 0.5
NOBODY_KNOWN = "a moderator"


@dataclass(frozen=True, slots=True, kw_only=True)
class Findings:
    """What was found out about a post's pictures.

    `refused_by` names who refused a picture that one is like. `labels` are the classifier's, each with how sure it
    is (0 to 1); `problem` says in words why it has none.
    """

    refused_by: str | None = None
    labels: Mapping[str, float] = field(default_factory=dict)
    problem: str | None = None


def judge(event: Event, post: Post, verdict: Verdict, findings: Findings) -> Verdict:
    """Return the verdict with what the pictures add to it; what was refused without them stays so."""
    if verdict.status is Status.REJECTED:
        return verdict
    if findings.refused_by is not None:
        return Verdict(status=Status.REJECTED, reason=alike(findings.refused_by), hints=verdict.hints)
    reasons = suspicions(findings)
    if verdict.status is Status.APPROVED or verdict.delay is not None:
        reasons += obstacles(event, post)
        return Verdict(reason=" ".join(reasons), hints=verdict.hints) if reasons else verdict
    reasons = [verdict.reason, *reasons] if verdict.reason else reasons
    return replace(verdict, reason=" ".join(reasons) or None)


def reject_alike(standing: Standing, refused: Standing) -> Standing | None:
    """Return how a waiting post stands once another was refused for its picture, None when none of its is alike."""
    pairs = [(likeness, refused.post.id) for likeness in refused.refused]
    if standing.status is not Status.WAITING or standing.post.id == refused.post.id:
        return None
    if first_alike((picture.likeness for picture in standing.post.shown), pairs) is None:
        return None
    return replace(
        standing,
        status=Status.REJECTED,
        version=standing.version + 1,
        reason=alike(refused.decided_by_name or NOBODY_KNOWN),
        rule=None,
        rule_name=None,
        decided_by=None,
        decided_by_name=None,
        decided_at=None,
        approval=None,
        due=None,
        before=None,
    )


def alike(refused_by: str) -> str:
    return f"Like a picture that {refused_by} refused."


def suspicions(findings: Findings) -> list[str]:
    """Return, in words, what the classifier holds against a post; that it failed is reason enough to wait."""
    named = sorted(((score, label) for label, score in findings.labels.items() if score >= SUSPECT), reverse=True)
    reasons = [findings.problem] if findings.problem else []
    if named:
        reasons.append(f"The classifier says: {', '.join(f'{label} {score:.0%}' for score, label in named)}.")
    return reasons


def obstacles(event: Event, post: Post) -> list[str]:
    """Return, in words, why a post whose author is trusted waits all the same."""
    reasons = []
    if event.two_eyes:
        reasons.append("A post with a picture needs two moderators.")
    if any(picture.codes for picture in post.shown):
        reasons.append("There is a code in a picture.")
    return reasons
