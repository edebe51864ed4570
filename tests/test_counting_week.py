"""Every figure of a week of #trumanchester, from posts taken in to the card, is what a recount says."""

from dataclasses import replace

import pytest

from tests.recount import recount
from tests.trumanchester import BEGINS, DAY, ENDS, SESSIONS, TAG, the_week
from wall.core.event_figures import event_figures
from wall.core.ledger import Scope
from wall.core.moderation import Status, Verdict
from wall.counting import Counter
from wall.insight.ledgers import Ledgers
from wall.store.submission import Submission

SHOWN = ENDS
NOON = int(DAY.replace(hour=12).timestamp())
SCOPES = (
    Scope(),
    Scope(begins=NOON - 43_200, ends=NOON + 43_200),
    Scope(begins=NOON),
    Scope(ends=NOON, where="room"),
    Scope(session="tracks"),
    Scope(session="pub", network="bluesky"),
    Scope(language="de"),
)


async def test_the_card_of_a_week_is_exact_for_every_part_of_it(store, event):
    week = the_week()
    facts = [replace(fact, shown=int(SHOWN.timestamp())) for _, fact in week]
    await store.programmes.change(event.slug, lambda before: before.with_sessions(SESSIONS), now=SHOWN)
    for start in range(0, len(week), 240):
        some = [Submission(post, Verdict(status=Status.APPROVED)) for post, _ in week[start : start + 240]]
        await store.posts.submit(event.slug, some, now=SHOWN)
    await Counter(store).count(event.slug)
    ledger = await Ledgers(store).get(event.slug)
    place = {one: number for number, one in enumerate(row.decode() for row in ledger.rows["id"])}
    in_order = sorted(facts, key=lambda one: place[one.id])

    found = [event_figures(ledger, scope, own=(TAG,)) for scope in SCOPES]
    expected = [recount(in_order, scope, own=(TAG,), order=ledger.place) for scope in SCOPES]

    card = found[0]
    assert (card.posts, card.people, card.days, len(card.top)) == (2_160, 296, 7, 10)
    assert card.top_posts > 1_000
    assert (card.first, card.last) == (int(BEGINS.timestamp()), int(ENDS.timestamp()) - 1)
    assert [replace(one, gini=0) for one in found] == [replace(one, gini=0) for one in expected]
    assert [one.gini for one in found] == pytest.approx([one.gini for one in expected])
