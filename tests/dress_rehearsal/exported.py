"""The file of an event with some posts."""

from tests.cast import NOW
from wall.core.moderation import Status, Verdict
from wall.media.files import PictureFiles
from wall.portable import export_event
from wall.store.submission import Submission


async def export(store, event, posts, path):
    submissions = [Submission(post, Verdict(status=Status.APPROVED)) for post in posts]
    await store.posts.submit(event.slug, submissions, now=NOW)
    with path.open("w+b") as file:
        await export_event(store, PictureFiles(path.parent), event.slug, file, program="0")
