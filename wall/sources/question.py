"""Posts that were asked as questions on the wall's own page. Nothing here listens; the page's route does."""

from dataclasses import replace
from datetime import datetime

from wall.core.event import Event
from wall.core.participant import Participant
from wall.core.post import Post, SourceRef
from wall.core.question import KIND
from wall.sources import form


def parse(text: str, name: str, participant: Participant, event: Event, now: datetime, *, nonce: str) -> Post:
    """Return what a participant asks, who is the same author as on the page for posts; one nonce is one question.

    Raises InvalidInput when there is nothing to show, or too much.
    """
    post = form.parse(name, text, participant.id, event, now, f"{participant.id}-{nonce}")
    return replace(post, uid=f"{KIND}:{participant.id}-{nonce}", source=SourceRef(id=KIND, kind=KIND))
