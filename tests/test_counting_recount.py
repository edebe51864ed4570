"""Whatever is done to posts, in whatever order, the ledger says of each what it is, and names nothing else."""

from dataclasses import replace

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.cast import ALICE, BOB, NOW, a_decision, a_post
from tests.chats import THROUGH, show
from tests.conftest import slugs
from wall.core.entry import row
from wall.core.event import Event
from wall.core.ledger import NAMES_OF, STATUSES, TIE_KINDS, VOID
from wall.core.moderation import Status, answered_id
from wall.core.post import Span, Tag
from wall.counting import Counter
from wall.insight.ledgers import Ledgers
from wall.store.ledger_step import COUNTED
from wall.store.submission import Submission

CAROL = replace(ALICE, uid="ap:carol", handle="@carol@x.example", name="Carol")
PEOPLE = (ALICE, BOB, CAROL)
KINDS = ("show", "edit", "remove", "approve", "withdraw", "forget", "restore", "recount", "count", "step")
ACTS = st.lists(st.tuples(st.sampled_from(KINDS), st.integers(0, 6), st.integers(0, 2)), max_size=25)


def the_post(number, turn):
    """Return a post of the cast in one of its wordings; those after the first answer the one before them."""
    tags = tuple(Tag(key, key) for key in ("one", "two", "three")[: turn + 1])
    spans = (Span(0, 4, "mention", "dan", "https://social.example/@dan"),) if turn == 1 else ()
    uid = f"ap:https://social.example/notes/{number}"
    reply_to = f"ap:https://social.example/notes/{number - 1}" if number % 3 else None
    return replace(
        a_post(f"@dan says {turn}", author=PEOPLE[number % 3], tags=tags, spans=spans, uid=uid, reply_to=reply_to),
        revision=turn + 1,
        reposts=turn,
    )


async def act(store, slug, counter, kind, post):
    (stands,) = await store.posts.get_all(slug, [post.id])
    if kind == "show":
        await show(store, Event(slug=slug, title="", hashtags=(), keys=()), post)
    elif kind == "count":
        await counter.count(slug)
    elif kind == "step":
        await counter.step(slug)
    elif kind == "forget":
        await store.posts.forget(slug, post.author.uid, now=NOW)
    elif stands is None:
        return
    elif kind == "edit":
        await store.posts.edit(slug, Submission(post, THROUGH), now=NOW)
    elif kind == "recount":
        await store.posts.recount(slug, post, now=NOW)
    elif kind == "withdraw":
        await store.posts.withdraw(slug, post.uid, now=NOW)
    elif kind == "restore":
        await store.posts.restore(slug, post, now=NOW)
    elif (kind, stands.status) in (("remove", Status.APPROVED), ("approve", Status.REMOVED)):
        await store.posts.decide(slug, a_decision(kind, stands), now=NOW)


def kept(ledger):
    """Return what a ledger says of each post: its author, status, replies and reposts, and its ties."""
    found = {}
    for number in range(ledger.rows.size):
        if ledger.rows["status"][number] == VOID:
            continue
        mine = ledger.ties["row"] == number
        ties = [
            (TIE_KINDS[kind], ledger.name(NAMES_OF[TIE_KINDS[kind]], to))
            for kind, to in zip(ledger.ties["kind"][mine], ledger.ties["to"][mine], strict=True)
            if kind != VOID
        ]
        values = [int(ledger.rows[name][number]) for name in ("status", "replies", "reposts", "flags")]
        author = ledger.name("author", ledger.rows["author"][number])
        id = ledger.rows["id"][number].decode()
        assert id not in found
        found[id] = (author, values, ties)
    return found


async def expected(store, slug, ids):
    standings = dict(zip(ids, await store.posts.get_all(slug, ids), strict=True))
    found = {}
    for id, stands in standings.items():
        if stands is None or stands.status is Status.WITHDRAWN:
            continue
        parent = standings.get(answered_id(stands.post))
        answered = parent.post.author.uid if parent and parent.status is not Status.WITHDRAWN else ""
        entry = row(stands, answered=answered)
        values = [entry.status, entry.replies, entry.reposts, entry.flags]
        found[id] = (entry.author, values, list(entry.ties))
    return found


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(acts=ACTS)
async def test_whatever_happens_the_ledger_says_what_a_recount_says(redis_server, acts, store):
    event = Event(slug=next(slugs), title="x", hashtags=("PyConEx",), keys=("pyconex",))
    await store.events.create(event)
    counter = Counter(store)
    for kind, number, turn in acts:
        await act(store, event.slug, counter, kind, the_post(number, turn))
    await counter.count(event.slug)
    ledger = await Ledgers(store).get(event.slug)

    found = kept(ledger)

    assert found == await expected(store, event.slug, [the_post(number, 0).id for number in range(7)])
    named = {(NAMES_OF[kind], name) for _, _, ties in found.values() for kind, name in ties if name}
    named |= {("author", author) for author, _, _ in found.values()}
    assert {(kind, name) for kind in COUNTED for name in ledger.names[kind] if name} == named
    assert len(STATUSES) < VOID
