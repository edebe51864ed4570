"""Posts that change after a moderator has read them, and messages that are sent again.

Edits by the other roads are in tests/accept/test_acceptor.py and tests/core/test_moderation.py, what holds after a retraction in
tests/web/test_retraction.py, and the signature of a webhook in tests/sources/test_webhook.py.
"""

import pytest

from tests.cast import a_decision
from wall.core.moderation import Status
from wall.errors import AlreadyDecided
from wall.web.views import timestamp

GOOD, BAD = "Lovely talk #PyConEx", "Buy my coins #PyConEx"
PICTURE = "https://pictures.example/{}.png"
CHANGES = {
    "other words": {"text": BAD},
    "a picture more": {"media": [{"url": PICTURE.format(2), "alt": "coins"}]},
    "another description": {"media": [{"url": PICTURE.format(1), "alt": "Buy my coins"}]},
    "a link that leads elsewhere": {"text": "", "html": 'Lovely <a href="https://evil.example">talk</a> #PyConEx'},
    "a warning": {"warning": "Buy my coins"},
    "no hashtag any more": {"text": "Buy my coins"},
}


@pytest.fixture
def edited(sender):
    """Return a function that sends the post once more, as its author edited it."""

    async def edited(**changed):
        sender.site.later(minutes=1)
        fields = {"media": [{"url": PICTURE.format(1), "alt": "a hall"}], "edited_at": timestamp(sender.site.time)}
        return await sender.post(**{"text": GOOD, "external_id": "1", **fields, **changed})

    return edited


async def approve(sender, standing):
    return await sender.site.store.posts.decide(sender.slug, a_decision("approve", standing), now=sender.site.time)


async def wall(sender):
    return (await sender.site.browser().get(f"/{sender.slug}")).text


@pytest.mark.parametrize("changed", CHANGES.values(), ids=CHANGES)
async def test_a_post_that_its_author_edits_is_off_the_wall_until_somebody_reads_it(sender, edited, changed):
    await approve(sender, await edited())

    after = await edited(**changed)

    assert after.status is Status.WAITING
    for door in ("", "/feed", "/feed?view=html", f"/post/{after.post.id}"):
        page = (await sender.site.browser().get(f"/{sender.slug}{door}")).text
        assert ("coins" in page, "evil.example" in page, "Lovely" in page) == (False, False, False), door


async def test_a_post_that_is_sent_again_unchanged_stays_on_the_wall(sender, edited):
    """The control: it is the change that takes it off."""
    await approve(sender, await edited())

    after = await edited()

    assert after.status is Status.APPROVED
    assert "Lovely talk" in await wall(sender)


async def test_nobody_approves_what_was_changed_under_their_hands(sender, edited):
    seen = await edited()
    changed = await edited(text=BAD)

    with pytest.raises(AlreadyDecided, match="changed since you saw it"):
        await approve(sender, seen)

    assert "coins" not in await wall(sender)
    assert (await approve(sender, changed)).status is Status.APPROVED


async def test_a_delivery_that_is_sent_again_brings_nothing_back(sender):
    first = {"external_id": "1", "text": BAD, "author": {"name": "Ana"}}
    standing = await sender.site.store.posts.get(
        sender.slug, (await sender.send(first, id="msg_first")).json()["ids"][0]
    )
    await sender.send({"external_id": "1", "op": "delete"})

    replayed = [await sender.send(first, id="msg_first") for _ in range(3)]

    assert {answer.status_code for answer in replayed} == {202}
    assert (await sender.site.store.posts.get(sender.slug, standing.post.id)).status is Status.WITHDRAWN
    assert (await sender.site.store.posts.counts(sender.slug))[Status.WAITING] == 0


@pytest.mark.parametrize(("age", "status"), [(6, 403), (4, 202)])
async def test_a_recorded_delivery_is_worth_nothing_after_five_minutes(sender, age, status):
    signed_at = sender.site.time
    sender.site.later(minutes=age)

    answer = await sender.send({"external_id": "1", "text": GOOD}, at=signed_at)

    assert answer.status_code == status
