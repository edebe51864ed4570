from dataclasses import replace
from datetime import timedelta

import pytest

from tests.cast import ALICE, BOB, NOW, a_post
from tests.ledgers import Ledgers, Said, a_ledger
from wall.core.audit import Filter
from wall.core.moderation import Status, Verdict
from wall.core.mood import Word
from wall.core.post import SourceRef
from wall.core.spoken import spoken, words_hash
from wall.core.watch import Affiliation, Watch
from wall.store.posts import Submission

FORM = SourceRef(id="form", kind="form")


@pytest.fixture
async def desk(site, mia):
    return await site.browser_of(mia)


@pytest.fixture
def submit(store, event):
    async def submit(text, *, author=ALICE, minutes=0, status=Status.APPROVED, **fields):
        post = replace(a_post(text, author=author, **fields), created_at=NOW - timedelta(minutes=minutes))
        await store.posts.submit(event.slug, [Submission(post, Verdict(status=status))], now=NOW)
        return post

    return submit


@pytest.fixture
def first(desk, event):
    async def first():
        answer = await desk.get(f"/{event.slug}/moderate/first")
        assert answer.status_code == 200
        return answer.text

    return first


def act(desk, event, do, *, person=ALICE.uid, version=0):
    return desk.post(f"/{event.slug}/moderate/first", data={"do": do, "person": person, "version": version})


async def test_who_asks_us_is_listed_with_the_reasons(first, submit):
    await submit("Where is room 5? #PyConEx", source=FORM, minutes=52)

    page = await first()

    assert "Where is room 5?" in page
    assert "It asks us something" in page
    assert "Unanswered for 52 minutes" in page


async def test_what_the_organiser_says_somebody_is_stands_beside_their_name(first, submit, store, event):
    await submit("Where is room 5? #PyConEx", source=FORM)
    watch = Watch(affiliations=(Affiliation(ALICE.handle, "Speaker"),))
    await store.events.change(event.slug, lambda before: replace(before, watch=watch))

    assert "<bdi>Speaker</bdi>" in await first()


async def test_nobody_in_need_is_said_so(first, submit):
    await submit("What a lovely morning")

    assert "Nobody waits for an answer just now." in await first()


async def test_a_moderator_s_word_puts_a_post_on_the_list(first, submit, store, event):
    post = await submit("Thanks a lot, really")
    word = Word(says="unhappy", by="mia", by_name="Mia", at=NOW, words=words_hash(spoken(post.text)))
    await store.moods.say(event.slug, post.id, word)

    assert "Thanks a lot, really" in await first()


async def test_posts_of_several_statuses_are_there_and_refused_ones_are_not(first, submit):
    await submit("Smoke in hall 2", author=BOB, status=Status.WAITING)
    await submit("Fire fire fire", status=Status.REJECTED)

    page = await first()

    assert "Smoke in hall 2" in page
    assert "Fire fire fire" not in page


async def test_somebody_takes_a_case_and_the_other_who_is_slower_is_told(desk, event, first, submit, store):
    await submit("Where is room 5?", source=FORM)

    taken = await act(desk, event, "take")
    slower = await act(desk, event, "take")

    assert taken.status_code == 303
    assert (slower.status_code, "Mia was faster: they take it." in slower.text) == (409, True)
    assert "<bdi>Mia</bdi> takes it" in await first()
    entries, _place = await store.audit.page(event.slug, Filter(), limit=10)
    assert [(one.kind, one.by_name) for one in entries if one.kind == "case"] == [("case", "Mia")]


async def test_a_case_is_left_waits_is_closed_and_opened_again(desk, event, store, site, submit):
    await submit("Where is room 5?", source=FORM)

    for version, do in enumerate(("take", "leave", "wait", "close", "open")):
        assert (await act(desk, event, do, version=version)).status_code == 303

    held = (await store.cases.all(event.slug))[ALICE.uid]
    assert (held.owner, held.waiting, held.closed, held.version) == ("", None, None, 5)


async def test_what_was_closed_is_last_and_quiet(desk, event, first, submit):
    await submit("Where is room 5?", source=FORM)
    await act(desk, event, "close")

    page = await first()

    assert 'data-progress="closed"' in page
    assert "Nobody waits for an answer just now." in page


@pytest.mark.parametrize("data", [{"do": "shout"}, {"person": ""}, {"version": "x"}])
async def test_a_form_that_is_not_whole_changes_nothing(desk, event, store, data):
    form = {"do": "take", "person": ALICE.uid, "version": "0"} | data

    assert (await desk.post(f"/{event.slug}/moderate/first", data=form)).status_code == 422
    assert await store.cases.all(event.slug) == {}


async def test_an_author_who_leaves_leaves_no_case(desk, event, store, site, submit):
    await submit("Where is room 5?", source=FORM)
    await act(desk, event, "take")

    await site.services["leaving"].leave(event.slug, ALICE.uid, at=NOW, now=NOW)

    assert await store.cases.all(event.slug) == {}


async def test_the_list_alone_is_told_for_bringing_the_page_up_to_date(desk, event, submit):
    await submit("Where is room 5?", source=FORM)

    answer = await desk.get(f"/{event.slug}/moderate/first/list")

    assert answer.text.startswith('<div class="concerns">')


async def test_whom_many_listen_to_is_told_where_it_is_known(first, submit, site, event):
    asked = await submit("Where is room 5?", source=FORM)
    crowd = [Said(by=f"p{number}", ties=(("answers", asked.author.uid),)) for number in range(30)]
    site.services["ledgers"] = Ledgers(**{event.slug: a_ledger(Said(by=asked.author.uid), *crowd)})

    assert "Many people listen to them" in await first()
