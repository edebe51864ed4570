from dataclasses import replace

import pytest

from tests.cast import NOW, a_decision
from wall.core.audit import Filter
from wall.core.moderation import Status
from wall.sources.base import Delete

NONCE = "a" * 32


@pytest.fixture
def write(browser, event):
    async def write(text="Coffee is served", nonce=NONCE, **values):
        return await browser.post(f"/{event.slug}/moderate/blog", data={"text": text, "nonce": nonce, **values})

    return write


@pytest.fixture
def change(browser, event):
    async def change(standing, **values):
        form = {"version": str(standing.version), "text": "Tea, too", **values}
        return await browser.post(f"/{event.slug}/moderate/blog/{standing.post.id}", data=form)

    return change


@pytest.fixture
def the_entry(store, event):
    async def the_entry():
        (written,) = await store.blog.all(event.slug)
        return await store.posts.get(event.slug, written.post_id)

    return the_entry


async def test_an_entry_is_on_the_wall_at_once_in_the_walls_own_name(event, write, the_entry):
    answer = await write()

    standing = await the_entry()
    assert answer.status_code == 303
    assert (standing.status, standing.post.text) == (Status.APPROVED, "Coffee is served")
    assert (standing.post.author.name, standing.decided_by_name) == (event.title, "Mia")


async def test_a_form_sent_twice_is_one_entry(store, event, write):
    await write()
    await write()

    assert len(await store.posts.page(event.slug, Status.APPROVED, limit=9)) == 1


async def test_the_audit_log_says_who_wrote(store, event, write, change, the_entry):
    await write()
    await change(await the_entry())

    entries, _ = await store.audit.page(event.slug, Filter(), limit=9)
    assert [(one.kind, one.by_name) for one in reversed(entries)] == [
        ("written", "Mia"),
        ("approve", "Mia"),
        ("rewritten", "Mia"),
    ]


async def test_a_post_that_waits_is_quoted_with_words_of_ones_own(browser, event, waiting, write, the_entry):
    page = await browser.get(f"/{event.slug}/moderate/blog?quote={waiting.post.id}")
    await write("Note:", quote=waiting.post.id)

    assert "Hello from the hall" in page.text
    assert (await the_entry()).post.text.startswith("Note:\n\n“Hello from the hall #PyConEx”\n— Alice")


async def test_an_entry_goes_with_the_post_that_it_quotes(store, event, approved, write, the_entry):
    await write("Note:", quote=approved.post.id)

    await store.posts.decide(event.slug, a_decision("remove", approved), now=NOW)

    assert (await the_entry()).status is Status.REMOVED


async def test_no_word_is_kept_of_what_its_author_deleted(site, store, event, approved, write, the_entry):
    await write("Note:", quote=approved.post.id)

    await site.services["acceptor"].withdraw(event.slug, Delete(approved.post.uid))

    standing = await the_entry()
    assert (standing.status, standing.post.text) == (Status.WITHDRAWN, "")


async def test_an_entry_goes_when_what_it_quotes_is_edited(site, event, approved, write, the_entry):
    await write("Note:", quote=approved.post.id)

    edited = replace(approved.post, text="I never said that #PyConEx", revision=approved.post.revision + 1)
    await site.services["acceptor"].accept(event.slug, [edited])

    assert (await the_entry()).status is Status.REMOVED


async def test_what_was_rejected_is_not_quoted(store, event, waiting, write):
    await store.posts.decide(event.slug, a_decision("reject", waiting), now=NOW)

    answer = await write("Note:", quote=waiting.post.id)

    assert answer.status_code == 422
    assert "is gone, or was taken down" in answer.text
    assert await store.blog.all(event.slug) == []


async def test_an_entry_is_written_anew_where_it_is(write, change, the_entry):
    await write()
    before = await the_entry()

    await change(before)

    after = await the_entry()
    assert (after.status, after.post.text) == (Status.APPROVED, "Tea, too")
    assert after.post.created_at == before.post.created_at


async def test_a_quotation_stays_when_the_words_above_it_change(approved, write, change, the_entry):
    await write("Note:", quote=approved.post.id)

    await change(await the_entry())

    assert (await the_entry()).post.text.startswith("Tea, too\n\n“Hello")


async def test_an_entry_that_somebody_else_changed_is_not_written_over(write, change, the_entry):
    await write()
    before = await the_entry()
    await change(before)

    answer = await change(before, text="Cake")

    assert answer.status_code == 422
    assert "Somebody changed this entry" in answer.text
    assert "Cake" in answer.text
    assert (await the_entry()).post.text == "Tea, too"


async def test_an_entry_is_taken_down(write, change, the_entry):
    await write()

    await change(await the_entry(), do="remove")

    assert (await the_entry()).status is Status.REMOVED


async def test_nothing_and_too_much_are_refused_and_nothing_typed_is_lost(store, event, write):
    answer = await write("a" * 501)

    assert answer.status_code == 422
    assert "a" * 501 in answer.text
    assert "501 characters" in answer.text
    assert await store.blog.all(event.slug) == []


async def test_an_entry_quotes_no_other_entry(write, the_entry):
    await write()

    answer = await write("Again", nonce="b" * 32, quote=(await the_entry()).post.id)

    assert answer.status_code == 422


async def test_the_desk_offers_to_quote_posts_and_no_entries(browser, event, waiting, write):
    await write()

    waits = await browser.get(f"/{event.slug}/moderate")
    decided = await browser.get(f"/{event.slug}/moderate/approved")

    assert f"/moderate/blog?quote={waiting.post.id}" in waits.text
    assert "data-quote" not in decided.text


async def test_two_eyes_are_asked_for_pictures_as_for_any_post(store, event, write, the_entry):
    await store.events.change(event.slug, lambda event: replace(event, two_eyes=True))

    await write()

    assert (await the_entry()).status is Status.APPROVED


async def test_a_post_of_another_kind_is_no_entry(browser, event, waiting):
    answer = await browser.post(
        f"/{event.slug}/moderate/blog/{waiting.post.id}", data={"version": "1", "text": "x"}
    )

    assert answer.status_code == 404
