"""Pictures looked at before a moderator does: is one like a refused one, and what does the classifier say?"""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import replace

from wall.classifier import NO_ANSWER, Classifier
from wall.core.event import Event
from wall.core.likeness import first_alike
from wall.core.pictures import NOBODY_KNOWN, Findings, judge
from wall.core.post import Picture
from wall.errors import ClassifierError
from wall.media import Pictures
from wall.store import Store
from wall.store.submission import Submission

POST_SECONDS = 20.0


class Inspector:
    """Looks at the pictures of posts on their way in."""

    def __init__(self, store: Store, pictures: Pictures, classifier: Classifier | None = None) -> None:
        self.store = store
        self.pictures = pictures
        self.classifier = classifier

    async def look(
        self, event: Event, submissions: Sequence[Submission], classified: dict[str, Findings]
    ) -> list[Submission]:
        """Return submissions with what their pictures, which are ours already, add to the verdicts.

        What the classifier says is kept in `classified`, by post, and is not asked for again.
        """
        if not any(one.post.shown for one in submissions):
            return list(submissions)
        refused = await self.store.refused.all(event.slug)
        return list(
            await asyncio.gather(*(self._looked_at(event, one, refused, classified) for one in submissions))
        )

    async def _looked_at(
        self,
        event: Event,
        submission: Submission,
        refused: Sequence[tuple[str, str]],
        classified: dict[str, Findings],
    ) -> Submission:
        post = submission.post
        if not post.shown:
            return submission
        owner = first_alike((picture.likeness for picture in post.shown), refused)
        if owner is not None:
            findings = Findings(refused_by=await self._refuser(event.slug, owner))
        elif post.id in classified:
            findings = classified[post.id]
        else:
            findings = classified[post.id] = await self._classified(post.shown)
        return replace(submission, verdict=judge(event, post, submission.verdict, findings))

    async def _refuser(self, slug: str, post_id: str) -> str:
        standing = (await self.store.posts.get_all(slug, [post_id]))[0]
        return (standing.decided_by_name if standing else None) or NOBODY_KNOWN

    async def _classified(self, pictures: Sequence[Picture]) -> Findings:
        """Return the classifier's labels, each as sure as of the picture that it fits best."""
        if self.classifier is None:
            return Findings()
        labels: dict[str, float] = {}
        try:
            async with asyncio.timeout(POST_SECONDS):
                for picture in pictures:
                    answer = await self._labels(self.classifier, picture)
                    labels |= {label: max(score, labels.get(label, 0.0)) for label, score in answer.items()}
        except TimeoutError:
            return Findings(problem=NO_ANSWER)
        except ClassifierError as error:
            return Findings(problem=error.message)
        return Findings(labels=labels)

    async def _labels(self, classifier: Classifier, picture: Picture) -> Mapping[str, float]:
        path = self.pictures.open(picture.id, "screen")
        if path is None:
            raise ClassifierError("A picture was gone before the classifier saw it.")
        return await classifier.labels(path)
